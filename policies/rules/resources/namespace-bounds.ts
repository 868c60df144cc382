import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import { isFields, type KubernetesObject } from '../../engine/object';
import type { ObjectPolicy, Report } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { nameOf } from '../namespaces/declared';
import { isNamespace, isOfTheCluster, namespaceOf, type Placed, placedBy } from '../namespaces/placement';

const COMPUTE: readonly (readonly [resource: string, shorthand?: string])[] = [
  ['requests.cpu', 'cpu'],
  ['requests.memory', 'memory'],
  ['limits.cpu'],
  ['limits.memory'],
];

function namespaced(kind: string, spec: Readonly<Record<string, unknown>>): readonly KubernetesObject[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a' } },
    { apiVersion: 'v1', kind, metadata: { name: 'compute', namespace: 'team-a' }, spec },
  ];
}

/** Namespaces have a quota that bounds what all of their pods together may ask for. */
export const namespaceQuota: ObjectPolicy = {
  id: 'namespace-quota',
  title: 'Namespaces have a ResourceQuota for CPU and memory',
  severity: 'low',
  enforcement: 'advisory',
  controls: ['resource-limits:namespace-quota'],
  rationale:
    'Limits bound one container; only a quota bounds how many there are. Without one a namespace can take the whole cluster, ' +
    'by mistake or by intent. Quotas with a scope hold for some pods only and do not count.',
  remediation: 'Add a ResourceQuota to the namespace with requests.cpu, requests.memory, limits.cpu and limits.memory in spec.hard.',
  reach: 'stack',
  examples: {
    fails: namespaced('ResourceQuota', { hard: { pods: '10' } }),
    passes: namespaced('ResourceQuota', { hard: { 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.cpu': '8', 'limits.memory': '16Gi' } }),
  },
  appliesTo: (object) => isNamespace(object) || isCore(object, 'ResourceQuota'),
  check(object, report, context) {
    const quotas = context.derive(quotasByNamespace);
    if (isNamespace(object)) return requireOne(object, quotas, 'ResourceQuota', report);
    const same = quotas.in(namespaceOf(object));
    if (same[0] !== object) return;
    const missing = COMPUTE.filter((names) => !same.some((quota) => names.some((name) => name !== undefined && read(quota, 'spec', 'hard', name) !== undefined)));
    if (missing.length === 0) return;
    const names = missing.map(([name]) => name).join(', ');
    report.finding({ path: ['spec', 'hard'], found: read(object, 'spec', 'hard'), message: `no quota of namespace '${namespaceOf(object)}' bounds ${names}` });
  },
};

/** Namespaces have limits for containers that state none. */
export const namespaceLimitRange: ObjectPolicy = {
  id: 'namespace-limit-range',
  title: 'Namespaces have a LimitRange for containers',
  severity: 'low',
  enforcement: 'advisory',
  controls: ['resource-limits:namespace-limit-range'],
  rationale:
    'A LimitRange gives a limit to every container that states none, and refuses those that ask for too much. It is what holds ' +
    'for pods that nobody checked beforehand.',
  remediation: 'Add a LimitRange to the namespace whose item of type Container has default and defaultRequest, or max, for cpu and memory.',
  reach: 'stack',
  examples: {
    fails: namespaced('LimitRange', { limits: [{ type: 'PersistentVolumeClaim', max: { storage: '50Gi' } }] }),
    passes: namespaced('LimitRange', { limits: [{ type: 'Container', default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '100m', memory: '128Mi' } }] }),
  },
  appliesTo: (object) => isNamespace(object) || isCore(object, 'LimitRange'),
  check(object, report, context) {
    const ranges = context.derive(rangesByNamespace);
    if (isNamespace(object)) return requireOne(object, ranges, 'LimitRange', report);
    const same = ranges.in(namespaceOf(object));
    if (same[0] !== object || same.some(limitsContainers)) return;
    const message = `no LimitRange of namespace '${namespaceOf(object)}' gives or sets a limit for containers`;
    report.finding({ path: ['spec', 'limits'], found: read(object, 'spec', 'limits'), message });
  },
};

function quotasByNamespace(inventory: Inventory): Placed {
  return placedBy(inventory.ofKind('ResourceQuota', '').filter((quota) => !readOr(false, () => isScoped(quota))));
}

function rangesByNamespace(inventory: Inventory): Placed {
  return placedBy(inventory.ofKind('LimitRange', ''));
}

function requireOne(namespace: KubernetesObject, placed: Placed, kind: string, report: Report): void {
  const name = nameOf(namespace);
  if (isOfTheCluster(name) || placed.in(name).length > 0) return;
  const path = ['metadata', 'name'];
  if (placed.somewhere) report.undecided({ path, reason: `a ${kind} may be in it: its namespace is not known yet` });
  else report.finding({ path, found: read(namespace, ...path), message: `namespace '${name}' has no ${kind}` });
}

function isCore(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>, kind: string): boolean {
  return object.kind === kind && object.apiVersion === 'v1';
}

/** A quota with a scope holds for some pods only. */
function isScoped(quota: KubernetesObject): boolean {
  const scopes = read(quota, 'spec', 'scopes');
  return (Array.isArray(scopes) && scopes.length > 0) || read(quota, 'spec', 'scopeSelector') !== undefined;
}

/** Containers get `default`, and without one `max`; a `max` of pods refuses those whose containers have no limit. */
function limitsContainers(range: KubernetesObject): boolean {
  const items = read(range, 'spec', 'limits');
  return (
    Array.isArray(items) &&
    items.some((item: unknown) => {
      const type = read(item, 'type');
      const [standard, most] = [read(item, 'default'), read(item, 'max')];
      return (type === 'Container' && isStated(standard)) || ((type === 'Container' || type === 'Pod') && isStated(most));
    })
  );
}

function isStated(amounts: unknown): boolean {
  return isFields(amounts) && (read(amounts, 'cpu') !== undefined || read(amounts, 'memory') !== undefined);
}
