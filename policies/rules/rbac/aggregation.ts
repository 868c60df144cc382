import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import { isFields, type KubernetesObject } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';
import { isAggregated, isRole } from './rule';

/** The ClusterRoles of an evaluation, to be found by label. */
export interface ClusterRoles {
  readonly all: readonly KubernetesObject[];
  /** By `key=value`. */
  readonly byLabel: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** Those whose labels are not known yet. */
  readonly unknown: ReadonlySet<KubernetesObject>;
}

/** Indexes the ClusterRoles of an evaluation. */
export function clusterRoles(inventory: Inventory): ClusterRoles {
  const all = inventory.ofKind('ClusterRole').filter(isRole);
  const byLabel = new Map<string, KubernetesObject[]>();
  const unknown = new Set<KubernetesObject>();
  for (const role of all) {
    const labels = readOr(undefined, () => Object.entries(labelsOf(role)));
    if (!labels) unknown.add(role);
    for (const [key, value] of labels ?? []) {
      const label = `${key}=${String(value)}`;
      const same = byLabel.get(label);
      if (same) same.push(role);
      else byLabel.set(label, [role]);
    }
  }
  return { all, byLabel, unknown };
}

/** The ClusterRoles whose own rules an aggregated one has, also through others that are aggregated, and by which selector. */
export function aggregatedFrom(role: KubernetesObject, roles: ClusterRoles): ReadonlyMap<KubernetesObject, number> {
  const sources = new Map<KubernetesObject, number>();
  const seen = new Set<KubernetesObject>([role]);
  const visit = (aggregated: KubernetesObject, by: number | undefined): void => {
    for (const [index, selector] of selectorsOf(aggregated).entries()) {
      for (const selected of select(selector, roles)) {
        if (seen.has(selected)) continue;
        seen.add(selected);
        if (isAggregated(selected)) visit(selected, by ?? index);
        else sources.set(selected, by ?? index);
      }
    }
  };
  visit(role, undefined);
  return sources;
}

/** The selectors of an aggregated ClusterRole. */
export function selectorsOf(role: KubernetesObject): readonly unknown[] {
  const selectors = read(role, 'aggregationRule', 'clusterRoleSelectors');
  return Array.isArray(selectors) ? selectors : [];
}

function select(selector: unknown, roles: ClusterRoles): readonly KubernetesObject[] {
  const requirements = requirementsOf(selector);
  if (!requirements) return [];
  const narrow = requirements.find(({ operator }) => operator === 'In');
  const candidates = narrow ? new Set(narrow.values.flatMap((value) => roles.byLabel.get(`${narrow.key}=${value}`) ?? [])) : roles.all;
  return [...candidates].filter((role) => {
    if (roles.unknown.has(role)) return false;
    const labels = labelsOf(role);
    return requirements.every((requirement) => meets(labels, requirement));
  });
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

const OPERATORS: ReadonlySet<unknown> = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** What a label selector asks; `undefined` if the API server would refuse it. */
function requirementsOf(selector: unknown): readonly Requirement[] | undefined {
  if (!isFields(selector)) return undefined;
  const labels = read(selector, 'matchLabels') ?? {};
  const expressions = read(selector, 'matchExpressions') ?? [];
  if (!isFields(labels) || !Array.isArray(expressions)) return undefined;
  const stated = Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [String(value)] }));
  const requirements: Requirement[] = [];
  for (const expression of expressions) {
    const [key, operator, values] = [read(expression, 'key'), read(expression, 'operator'), read(expression, 'values') ?? []];
    if (typeof key !== 'string' || !OPERATORS.has(operator) || !Array.isArray(values)) return undefined;
    requirements.push({ key, operator: String(operator), values: values.map(String) });
  }
  return [...stated, ...requirements];
}

function meets(labels: Readonly<Record<string, unknown>>, { key, operator, values }: Requirement): boolean {
  const value = Object.hasOwn(labels, key) ? String(labels[key]) : undefined;
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  return value === undefined ? operator === 'NotIn' : values.includes(value) === (operator === 'In');
}

function labelsOf(role: KubernetesObject): Readonly<Record<string, unknown>> {
  const labels = read(role, 'metadata', 'labels');
  return isFields(labels) ? labels : {};
}
