import { type FieldPath, formatPath } from '../../engine/field-path';
import { type Fields, type KubernetesObject, referenceTo } from '../../engine/object';
import type { Example, ObjectPolicy, PolicyContext, PolicyDescription, Report } from '../../engine/policy';
import { UnknownValueError } from '../../engine/unknown-value';
import { aggregatedFrom, clusterRoles, selectorsOf } from './aggregation';
import { isAggregated, isRole, type Rule, ruleAt, rulePaths, type Violation } from './rule';

/** A concern about the rules of roles: everything but where the rules come from. */
export type RoleConcern = Omit<PolicyDescription, 'reach' | 'examples'> & {
  /** What is wrong with one rule. */
  violations(rule: Rule): readonly Violation[];
  /** A rule that fails, and one that passes. */
  readonly examples: { readonly fails: Fields; readonly passes: Fields };
};

/**
 * Makes the two policies of a concern: one over the rules that a role states, and one over those that a ClusterRole has
 * from others by aggregation, which only those who see the others can judge.
 */
export function rolePolicies({ violations, examples, ...about }: RoleConcern): readonly ObjectPolicy[] {
  return [
    {
      ...about,
      examples: { fails: exampleRole(examples.fails), passes: exampleRole(examples.passes) },
      appliesTo: isRole,
      check: (role, report) => checkStated(role, report, violations),
    },
    {
      ...about,
      id: `${about.id}-aggregated`,
      title: `${about.title}, also by aggregation`,
      rationale: `${about.rationale} An aggregated ClusterRole has the rules of all ClusterRoles that its selectors choose, whatever rules it states itself.`,
      remediation: `${about.remediation} Here the rule is in a ClusterRole that is aggregated: change it there, or remove the label by which it is chosen.`,
      reach: 'stack',
      examples: { fails: exampleAggregate(examples.fails), passes: exampleAggregate(examples.passes) },
      appliesTo: (kind) => kind.kind === 'ClusterRole' && isRole(kind),
      check: (role, report, context) => checkAggregated(role, report, context, violations),
    },
  ];
}

type Violations = RoleConcern['violations'];

function checkStated(role: KubernetesObject, report: Report, violations: Violations): void {
  const aggregated = isAggregated(role);
  const tell = ({ path, found, what }: Violation): void => {
    if (aggregated) report.undecided({ path, reason: 'the rules stated here are replaced by those of the ClusterRoles that the aggregation rule selects' });
    else report.finding({ path, found, message: `${nameOf(role)} ${what}` });
  };
  eachViolation(role, violations, tell, (path, reason) => report.undecided({ path, reason }));
}

function checkAggregated(role: KubernetesObject, report: Report, context: PolicyContext, violations: Violations): void {
  if (!isAggregated(role)) return;
  const roles = context.derive(clusterRoles);
  const sources = aggregatedFrom(role, roles);
  const path: FieldPath = ['aggregationRule', 'clusterRoleSelectors'];
  for (const [source, selector] of sources) {
    const found: Violation[] = [];
    eachViolation(source, violations, (violation) => found.push(violation), (at, reason) => report.undecided({ path: [...path, selector], reason: `${nameOf(source)}, ${formatPath(at)}: ${reason}` }));
    const [first, ...more] = found;
    if (!first) continue;
    // One for each ClusterRole: where all of it is wrong is told of that one.
    const message = `${nameOf(role)} ${first.what}, through ${nameOf(source)} (${formatPath(first.path)}${more.length > 0 ? ` and ${more.length} more` : ''})`;
    report.finding({ path: [...path, selector], found: selectorsOf(role)[selector], message });
  }
  const [unknown] = roles.unknown;
  if (unknown) report.undecided({ path, reason: `the labels of ${nameOf(unknown)} are not known yet` });
  else if (sources.size === 0) report.undecided({ path, reason: 'none of the ClusterRoles that it selects is given' });
}

/** One rule that is not known yet leaves the others to be judged. */
function eachViolation(role: KubernetesObject, violations: Violations, tell: (violation: Violation) => void, leaveOpen: (path: FieldPath, reason: string) => void): void {
  for (const path of rulePaths(role)) {
    try {
      const rule = ruleAt(role, path);
      if (rule) violations(rule).forEach(tell);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      leaveOpen(path, error.message);
    }
  }
}

/** `ClusterRole 'reader'`. */
function nameOf(role: KubernetesObject): string {
  return `${role.kind} '${referenceTo(role).name}'`;
}

const LABEL = 'rbac.example.com/aggregate-to-team';

function exampleRole(rule: Fields, metadata: Fields = {}): KubernetesObject {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'example', ...metadata }, rules: [rule] };
}

function exampleAggregate(rule: Fields): Example {
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'team' },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [LABEL]: 'true' } }] },
    },
    exampleRole(rule, { labels: { [LABEL]: 'true' } }),
  ];
}
