import { type Policies, PolicyPack, type ResourceValidationArgs, type ResourceValidationPolicy } from '@pulumi/policy';
import { evaluateEach } from '../engine/evaluate';
import type { Finding, Undecided, Unevaluated } from '../engine/finding';
import type { Policy } from '../engine/policy';
import { policyIds } from '../evaluate';
import { ADVICE_SCHEMA, readConfig, VIOLATIONS_SCHEMA } from './pack-config';
import { pulumiKind, pulumiObject } from './pulumi-object';

/** Name of the Pulumi policy that blocks an update. */
const VIOLATIONS = 'violations';
/** Name of the Pulumi policy that only tells. */
const ADVICE = 'advice';

const NONE: ReadonlySet<string> = new Set();

/** Starts a Pulumi policy pack with some of the policies; it serves until its process ends. */
export function startPack(name: string, policies: readonly Policy[]): PolicyPack {
  return new PolicyPack(name, { policies: packPolicies(policies, () => new Date()), enforcementLevel: 'mandatory' });
}

/**
 * The two Pulumi policies of a pack, one for each enforcement level. They are not one for each of ours, because the SDK
 * deserialises a resource anew for every Pulumi policy, and the engine waits for it. They keep nothing between
 * resources, nor between a preview and its update.
 *
 * @param now the day on which waivers are judged
 */
export function packPolicies(policies: readonly Policy[], now: () => Date): Policies {
  return [violations(policies, now), advice(policies, now)];
}

/** What must be put right: mandatory findings, what is wrong with waivers, and what no policy could look through. */
function violations(policies: readonly Policy[], now: () => Date): ResourceValidationPolicy {
  return {
    name: VIOLATIONS,
    displayName: 'Mandatory policies',
    description: 'Mandatory policies, and waivers that are needed, valid and in date',
    enforcementLevel: 'mandatory',
    configSchema: VIOLATIONS_SCHEMA,
    tags: policies.map(({ id }) => id),
    validateResource: (args, reportViolation) => {
      const disabled = readConfig(args, VIOLATIONS, VIOLATIONS_SCHEMA, policies).get('disabled') ?? NONE;
      const { findings, unevaluated } = judge(args, without(policies, disabled), now);
      for (const { reason } of unevaluated) reportViolation(`not-evaluated: ${reason}`);
      for (const finding of findings) if (finding.enforcement === 'mandatory' && !finding.waived) reportViolation(showFinding(finding));
    },
  };
}

/** What blocks nothing, but is never hidden: advisory findings, exceptions, and what a preview cannot decide yet. */
function advice(policies: readonly Policy[], now: () => Date): ResourceValidationPolicy {
  return {
    name: ADVICE,
    displayName: 'Advisory policies, and exceptions',
    description: 'Advice, and exceptions with their reasons',
    enforcementLevel: 'advisory',
    configSchema: ADVICE_SCHEMA,
    tags: policies.map(({ id }) => id),
    validateResource: (args, reportViolation) => {
      const config = readConfig(args, ADVICE, ADVICE_SCHEMA, policies);
      const wanted = without(policies, config.get('disabled') ?? NONE);
      // Decided by the type alone, for most resources: what no policy looks at has no finding to tell of.
      const kind = pulumiKind(args.type);
      if (!kind || !wanted.some((policy) => policy.appliesTo(kind))) return;
      const advisory = config.get('advisory') ?? NONE;
      const { findings, undecided, sawUnknown } = judge(args, wanted, now);
      const told = [
        ...findings.flatMap((finding) => {
          if (finding.waived) return [`${showProblem(finding)}, waived: ${finding.waived.reason}`];
          return finding.enforcement === 'advisory' || advisory.has(finding.policy) ? [showFinding(finding)] : [];
        }),
        ...(sawUnknown ? undecided.map(showUndecided) : []),
      ];
      for (const message of told) reportViolation(message);
      // What another object decides is open in every run, and judged there: no news for the person who deploys.
      if (undecided.length > 0 && told.length === 0) args.notApplicable(undecided.map(showUndecided).join('; '));
    },
  };
}

function without(policies: readonly Policy[], disabled: ReadonlySet<string>): readonly Policy[] {
  return disabled.size === 0 ? policies : policies.filter(({ id }) => !disabled.has(id));
}

interface Verdict {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
  readonly unevaluated: readonly Unevaluated[];
  /** Whether a policy asked for a value that is not known yet. */
  readonly sawUnknown: boolean;
}

function judge(args: ResourceValidationArgs, policies: readonly Policy[], now: () => Date): Verdict {
  const found = pulumiObject(args.type, args.props);
  if (!found) return { findings: [], undecided: [], unevaluated: [], sawUnknown: false };
  const { byObject, coverage } = evaluateEach([found.object], { policies, knownPolicies: policyIds(), now: now(), partial: found.partial });
  return { findings: byObject.flat(), undecided: coverage.undecided, unevaluated: coverage.unevaluated, sawUnknown: found.sawUnknown() };
}

/** A violation as Pulumi prints it, below the Pulumi policy's description and the resource. */
function showFinding(finding: Finding): string {
  return `${showProblem(finding)}. ${finding.remediation}${finding.controls[0] === undefined ? '' : ` [${finding.controls[0]}]`}`;
}

function showProblem({ policy, title, severity, message, path, found }: Finding): string {
  const where = path === '' ? '' : ` (${path}: ${found === null ? 'not set' : JSON.stringify(found)})`;
  return `${policy} (${severity}), ${title}: ${message}${where}`;
}

function showUndecided({ policy, container, path, reason }: Undecided): string {
  const at = container === undefined ? '' : `container '${container}', `;
  return `${policy}, undecided: ${at}${path}: ${reason}`;
}
