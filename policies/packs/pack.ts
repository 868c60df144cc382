import { type Policies, PolicyPack, type ResourceValidationPolicy, type StackValidationArgs, type StackValidationPolicy } from '@pulumi/policy';
import type { CheckOptions } from '../check';
import type { Finding } from '../engine/finding';
import { isResourcePolicy, type Policy } from '../engine/policy';
import { WAIVER_EXPIRED, WAIVER_MALFORMED } from '../engine/waivers/waiver-policies';
import { type Pack, packNamed, policiesOf } from '../pack-list';
import { POLICIES } from '../rules';
import { ADVICE_SCHEMA, type PackConfig, readConfig, VIOLATIONS_SCHEMA } from './pack-config';
import { pulumiKind } from '../sources/pulumi/kinds';
import { cloudType, type PackResource, pulumiSubject } from './pulumi-object';
import { showFinding, showProblem, showUndecided } from './show';
import { teamConfig } from './team-config';
import { judge, type JudgeOptions, type Verdict } from './verdict';

/** The Pulumi policies of a pack, by what they see and whether they block. */
const NAMES = { violations: 'violations', advice: 'advice', stackViolations: 'stack-violations', stackAdvice: 'stack-advice' } as const;

const NONE: ReadonlySet<string> = new Set();

/** What a pack is made of. */
export interface PackOptions {
  readonly policies: readonly Policy[];
  /** Whose findings count. @default all */
  readonly pack?: Pack;
  /** What the team has configured. @default nothing */
  readonly team?: CheckOptions;
  /** The day on which waivers are judged. */
  now(): Date;
}

/**
 * Starts a Pulumi policy pack with the policies of one of ours, or with all; it serves until its process ends.
 *
 * @throws PolicyConfigError, WaiverFileError if the team's configuration cannot be used
 */
export async function startPack(name?: string): Promise<PolicyPack> {
  // The engine holds our standard input open as long as it lives; one that is killed tells nobody.
  process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
  const pack = name === undefined ? undefined : packNamed(name);
  const team = await teamConfig(process.env);
  const of = pack ? policiesOf(pack) : POLICIES;
  const wanted = new Set((team?.policies ?? of).map(({ id }) => id));
  const policies = packPolicies({ policies: of.filter(({ id }) => wanted.has(id)), pack, team, now: () => new Date() });
  return new PolicyPack(pack ? `kubeflow-cdk-${pack.name}` : 'kubeflow-cdk', { policies, enforcementLevel: 'mandatory' });
}

/**
 * The four Pulumi policies of a pack: over one resource and over the stack, blocking and telling. They are not one for
 * each of ours, because the SDK deserialises every resource anew for each Pulumi policy, and the engine waits for it.
 *
 * Between resources they keep what was asked for, and nothing they made of it: a provider whose cluster does not exist yet tells nothing of
 * what it was given, and the stack would be judged by empty objects.
 */
export function packPolicies(options: PackOptions): Policies {
  const alone = options.policies.filter(({ reach }) => reach !== 'stack');
  const together = options.policies.filter(({ reach }) => reach === 'stack');
  const asked: Asked = new Map();
  return [violations(options, alone, asked), advice(options, alone), stackViolations(options, together, asked), stackAdvice(options, together, asked)];
}

/** Inputs of Kubernetes objects, by URN. */
type Asked = Map<string, PackResource['props']>;

/** What must be put right: mandatory findings, what is wrong with waivers, and what no policy could look through. */
function violations(options: PackOptions, policies: readonly Policy[], asked: Asked): ResourceValidationPolicy {
  const name = NAMES.violations;
  return {
    name,
    displayName: 'Mandatory policies',
    description: 'Mandatory policies, and waivers that are needed, valid and in date',
    enforcementLevel: 'mandatory',
    configSchema: VIOLATIONS_SCHEMA,
    tags: policies.map(({ id }) => id),
    validateResource: (args, reportViolation) => {
      if (pulumiKind(args.type)) asked.set(args.urn, args.props);
      const disabled = readConfig(args, name, VIOLATIONS_SCHEMA, policies).get('disabled') ?? NONE;
      const subject = pulumiSubject(args);
      if (!subject) return;
      const { findings, unevaluated } = judge([subject], judgeOptions(options, without(policies, disabled)));
      for (const { reason } of unevaluated) reportViolation(`not-evaluated: ${reason}`);
      for (const finding of findings) if (finding.enforcement === 'mandatory' && !finding.waived) reportViolation(showFinding(finding));
    },
  };
}

/** What blocks nothing, but is never hidden: advisory findings, exceptions, and what a preview cannot decide yet. */
function advice(options: PackOptions, policies: readonly Policy[]): ResourceValidationPolicy {
  const name = NAMES.advice;
  return {
    name,
    displayName: 'Advisory policies, and exceptions',
    description: 'Advice, and exceptions with their reasons',
    enforcementLevel: 'advisory',
    configSchema: ADVICE_SCHEMA,
    tags: policies.map(({ id }) => id),
    validateResource: (args, reportViolation) => {
      const config = readConfig(args, name, ADVICE_SCHEMA, policies);
      const wanted = without(policies, config.get('disabled') ?? NONE);
      // Decided by the type alone, for most resources: what no policy looks at has no finding to tell of.
      if (!mayConcern(args.type, wanted)) return;
      const subject = pulumiSubject(args);
      if (!subject) return;
      const verdict = judge([subject], judgeOptions(options, wanted));
      const told = tellings(verdict, config);
      for (const message of told) reportViolation(message);
      const { undecided } = verdict;
      // What another object decides is open in every run, and judged there: no news for the person who deploys.
      if (undecided.length > 0 && told.length === 0) args.notApplicable(undecided.map(showUndecided).join('; '));
    },
  };
}

/** What must be put right that only shows when everything is seen together. */
function stackViolations(options: PackOptions, policies: readonly Policy[], asked: Asked): StackValidationPolicy {
  const name = NAMES.stackViolations;
  return {
    name,
    displayName: 'Mandatory policies over the stack',
    description: 'Mandatory policies that need more than one resource for their verdict',
    enforcementLevel: 'mandatory',
    configSchema: VIOLATIONS_SCHEMA,
    tags: policies.map(({ id }) => id),
    validateStack: (args, reportViolation) => {
      const disabled = readConfig(args, name, VIOLATIONS_SCHEMA, policies).get('disabled') ?? NONE;
      const { findings, urns } = judgeStack(told(args.resources, asked), options, without(policies, disabled));
      for (const finding of findings) if (finding.enforcement === 'mandatory' && !finding.waived) reportViolation(showFinding(finding), urns.get(finding));
    },
  };
}

/** The same for advice and exceptions. */
function stackAdvice(options: PackOptions, policies: readonly Policy[], asked: Asked): StackValidationPolicy {
  const name = NAMES.stackAdvice;
  return {
    name,
    displayName: 'Advisory policies over the stack, and exceptions',
    description: 'Advice that needs more than one resource, and exceptions with their reasons',
    enforcementLevel: 'advisory',
    configSchema: ADVICE_SCHEMA,
    tags: policies.map(({ id }) => id),
    validateStack: (args, reportViolation) => {
      const config = readConfig(args, name, ADVICE_SCHEMA, policies);
      const verdict = judgeStack(told(args.resources, asked), options, without(policies, config.get('disabled') ?? NONE));
      for (const message of tellings(verdict, config)) reportViolation(message);
    },
  };
}

/** A verdict over all resources, with the resource of each finding. */
interface StackVerdict extends Verdict {
  readonly urns: ReadonlyMap<Finding, string>;
}

/** Resources as they were asked for, where their provider tells nothing of them yet. */
function told(resources: StackValidationArgs['resources'], asked: Asked): readonly PackResource[] {
  return resources.map((resource) => {
    const inputs = Object.keys(resource.props).length === 0 ? asked.get(resource.urn) : undefined;
    const { type, urn, name, props, propertyDependencies } = resource;
    return { type, urn, name, props: inputs ?? props, propertyDependencies };
  });
}

function judgeStack(resources: readonly PackResource[], options: PackOptions, policies: readonly Policy[]): StackVerdict {
  const subjects = resources.flatMap((resource) => {
    const subject = pulumiSubject(resource);
    return subject ? [{ ...subject, urn: resource.urn }] : [];
  });
  const verdict = judge(subjects, judgeOptions(options, policies));
  const urns = new Map(verdict.bySubject.flatMap((findings, index) => findings.map((finding): [Finding, string] => [finding, subjects[index]?.urn ?? ''])));
  // Waivers that are wrong in themselves were reported with their resource.
  const findings = verdict.findings.filter(({ policy }) => policy !== WAIVER_MALFORMED.id && policy !== WAIVER_EXPIRED.id);
  return { ...verdict, findings, urns };
}

/** Advisory findings, exceptions, and what a preview cannot decide yet, as sentences. */
function tellings({ findings, undecided, sawUnknown }: Verdict, config: PackConfig): readonly string[] {
  const advisory = config.get('advisory') ?? NONE;
  return [
    ...findings.flatMap((finding) => {
      if (finding.waived) return [`${showProblem(finding)}, waived: ${finding.waived.reason}`];
      return finding.enforcement === 'advisory' || advisory.has(finding.policy) ? [showFinding(finding)] : [];
    }),
    ...(sawUnknown ? undecided.map(showUndecided) : []),
  ];
}

function mayConcern(type: string, policies: readonly Policy[]): boolean {
  const kind = pulumiKind(type);
  const cloud = kind ? undefined : cloudType(type);
  return policies.some((policy) => (isResourcePolicy(policy) ? cloud !== undefined && policy.resourceTypes.includes(cloud) : kind !== undefined && policy.appliesTo(kind)));
}

function judgeOptions({ pack, team, now }: PackOptions, policies: readonly Policy[]): JudgeOptions {
  const { enforcement, notWaivable, parameters, waivers } = team ?? {};
  return { policies, pack, now: now(), enforcement, notWaivable, parameters, waivers };
}

function without(policies: readonly Policy[], disabled: ReadonlySet<string>): readonly Policy[] {
  return disabled.size === 0 ? policies : policies.filter(({ id }) => !disabled.has(id));
}
