import { isResourcePolicy, type Policy, type PolicyDescription } from '../engine/policy';
import type { WaiverRule } from '../engine/waivers/waiver-policies';
import { PACKS } from '../pack-list';
import type { Described } from './catalogue';
import { shortControls } from './controls';
import { packsOf } from './explain';

/** What is said of a policy, as data. */
export interface PolicyFacts extends Required<PolicyDescription> {
  /** Names of the packs in which its findings count. */
  readonly packs: readonly string[];
  /** Pulumi types it is about. @default it is about Kubernetes objects */
  readonly resourceTypes?: readonly string[];
}

/** A table of policies, and the packs they are in; without a newline at the end. */
export function listPolicies(policies: readonly Policy[]): string {
  const rows = policies.map(({ id, severity, enforcement, title, controls }) => [id, severity, enforcement, title, shortControls(controls)]);
  const packs = PACKS.map((pack) => [pack.name, String(policies.filter((policy) => packsOf(policy).includes(pack)).length), pack.title]);
  return [aligned([['POLICY', 'SEVERITY', 'ENFORCEMENT', 'TITLE', 'CONTROLS'], ...rows]), aligned([['PACK', 'POLICIES', 'TITLE'], ...packs])].join('\n\n');
}

/** What is said of a policy, for scripts; less of what the engine itself reports about waivers, which no object shows. */
export function describePolicy(policy: Described): PolicyFacts | WaiverRule {
  if (!('examples' in policy)) return policy;
  const { id, title, severity, enforcement, controls, rationale, remediation, reach = 'object', examples } = policy;
  const packs = packsOf(policy).map(({ name }) => name);
  return { id, title, severity, enforcement, packs, controls, ...(isResourcePolicy(policy) && { resourceTypes: policy.resourceTypes }), reach, rationale, remediation, examples };
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
