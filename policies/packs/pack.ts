import { type Policies, PolicyPack, type ResourceValidationArgs, type ResourceValidationPolicy } from '@pulumi/policy';
import { type EngineResult, evaluateEach } from '../engine/evaluate';
import type { Finding } from '../engine/finding';
import type { Policy } from '../engine/policy';
import { WAIVER_RULES } from '../engine/waivers/waiver-policies';
import { policyIds } from '../evaluate';
import { pulumiKind, pulumiObject } from './pulumi-object';

/** Name of the pack's policy that reports what no policy could look through. */
const UNEVALUATED = 'not-evaluated';
/** Name of the pack's policy that reports what is wrong with waivers. */
const WAIVERS = 'waivers';
/** Name of the pack's policy that lists what is waived. */
const WAIVED = 'waived-findings';

const WAIVER_RULE_IDS = new Set(WAIVER_RULES.map(({ id }) => id));

/** Starts a Pulumi policy pack with some of the policies; it serves until its process ends. */
export function startPack(name: string, policies: readonly Policy[]): PolicyPack {
  return new PolicyPack(name, { policies: packPolicies(policies, () => new Date()), enforcementLevel: 'mandatory' });
}

/**
 * Policies for Pulumi: each under its own name, so that it can be listed, configured and switched off by itself, and
 * two about waivers. They keep nothing between resources, nor between a preview and its update.
 *
 * @param now the day on which waivers are judged
 */
export function packPolicies(policies: readonly Policy[], now: () => Date): Policies {
  return [
    ...policies.map((policy) => checkPolicy(policy, now)),
    unevaluatedPolicy(now),
    waiverPolicy(policies, now),
    waivedPolicy(policies, now),
  ];
}

function checkPolicy(policy: Policy, now: () => Date): ResourceValidationPolicy {
  return {
    name: policy.id,
    displayName: policy.title,
    description: policy.title,
    enforcementLevel: policy.enforcement,
    severity: policy.severity,
    remediationSteps: policy.remediation,
    tags: [...policy.controls],
    validateResource: (args, reportViolation) => {
      // Decided by the type alone, for most: a CRD is large, and no policy over pods needs a copy of it.
      const kind = pulumiKind(args.type);
      if (!kind || !policy.appliesTo(kind)) return;
      const { findings, undecided } = judge(args, [policy], now);
      const reported = findings.filter((finding) => finding.policy === policy.id && !finding.waived);
      for (const finding of reported) reportViolation(describe(finding));
      const [open] = undecided;
      if (open && reported.length === 0) args.notApplicable(`${open.path}: ${open.reason}`);
    },
  };
}

/** A workload without a readable pod template passes no policy, and fails none: that must be seen. */
function unevaluatedPolicy(now: () => Date): ResourceValidationPolicy {
  return {
    name: UNEVALUATED,
    displayName: 'Objects can be evaluated',
    description: 'Objects can be evaluated',
    enforcementLevel: 'mandatory',
    severity: 'medium',
    validateResource: (args, reportViolation) => {
      for (const { reason } of judge(args, [], now).unevaluated) reportViolation(`not evaluated: ${reason}`);
    },
  };
}

/** Unused, expired and malformed waivers: only all policies together tell. */
function waiverPolicy(policies: readonly Policy[], now: () => Date): ResourceValidationPolicy {
  return {
    name: WAIVERS,
    displayName: 'Waivers are needed, valid and in date',
    description: 'Waivers are needed, valid and in date',
    enforcementLevel: 'mandatory',
    severity: 'medium',
    remediationSteps: WAIVER_RULES.map(({ remediation }) => remediation).join(' '),
    validateResource: (args, reportViolation) => {
      for (const finding of judge(args, policies, now).findings) if (WAIVER_RULE_IDS.has(finding.policy)) reportViolation(describe(finding));
    },
  };
}

/** Waived findings block nothing, but are never hidden. */
function waivedPolicy(policies: readonly Policy[], now: () => Date): ResourceValidationPolicy {
  return {
    name: WAIVED,
    displayName: 'Findings that stand under a waiver',
    description: 'Findings that stand under a waiver, with its reason',
    enforcementLevel: 'advisory',
    severity: 'low',
    validateResource: (args, reportViolation) => {
      for (const { waived, policy, message } of judge(args, policies, now).findings) {
        if (waived) reportViolation(`${message} (${policy}), waived: ${waived.reason}`);
      }
    },
  };
}

interface Verdict extends Pick<EngineResult['coverage'], 'undecided' | 'unevaluated'> {
  readonly findings: readonly Finding[];
}

function judge(args: ResourceValidationArgs, policies: readonly Policy[], now: () => Date): Verdict {
  const found = pulumiObject(args.type, args.props);
  if (!found) return { findings: [], undecided: [], unevaluated: [] };
  const { byObject, coverage } = evaluateEach([found.object], { policies, knownPolicies: policyIds(), now: now(), partial: found.partial });
  return { findings: byObject.flat(), undecided: coverage.undecided, unevaluated: coverage.unevaluated };
}

/** A violation as Pulumi prints it, below the policy's name and the resource. */
function describe({ message, path, found, remediation, controls }: Finding): string {
  const where = path === '' ? '' : ` (${path}: ${found === null ? 'not set' : JSON.stringify(found)})`;
  const reference = controls[0] === undefined ? '' : ` [${controls[0]}]`;
  return `${message}${where}. ${remediation}${reference}`;
}
