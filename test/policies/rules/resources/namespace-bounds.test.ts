import { evaluate, type KubernetesObject, UnknownValueError } from '../../../../policies';
import { RESOURCES } from '../../../../policies/rules/resources';

const policies = RESOURCES.filter(({ id }) => id.startsWith('namespace-'));
const check = (...objects: KubernetesObject[]) => evaluate(objects, { policies }).findings.map(({ controls, enforcement, object, path, message }) => `${enforcement} ${controls.join()} ${object.kind} ${path} | ${message}`);
const namespace = (name: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const inside = (kind: string, spec: unknown, name = 'team-a'): KubernetesObject => ({ apiVersion: 'v1', kind, metadata: { name: 'x', namespace: name }, spec });
const HARD = { 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.cpu': '8', 'limits.memory': '16Gi' };
const DEFAULTS = { type: 'Container', default: { cpu: '1', memory: '1Gi' }, defaultRequest: { cpu: '100m', memory: '64Mi' } };
const QUOTA = inside('ResourceQuota', { hard: HARD });
const RANGE = inside('LimitRange', { limits: [DEFAULTS] });

it('asks each namespace for a quota and a limit range, as advice', () => {
  expect(check(namespace('team-a'))).toEqual([
    "advisory resource-limits:namespace-quota Namespace metadata.name | namespace 'team-a' has no ResourceQuota",
    "advisory resource-limits:namespace-limit-range Namespace metadata.name | namespace 'team-a' has no LimitRange",
  ]);
  expect(check(namespace('team-a'), QUOTA, RANGE)).toEqual([]);
  expect(check(namespace('team-b'), QUOTA, RANGE)).toHaveLength(2);
  expect(check(namespace('kube-system'))).toEqual([]);
});

it.each<[string, unknown, string[]]>([
  ['all four', { hard: HARD }, []],
  ['the short names', { hard: { cpu: '4', memory: '8Gi', 'limits.cpu': '8', 'limits.memory': '16Gi' } }, []],
  ['requests only', { hard: { cpu: '4', memory: '8Gi' } }, ["no quota of namespace 'team-a' bounds limits.cpu, limits.memory"]],
  ['no CPU request', { hard: { ...HARD, 'requests.cpu': null } }, ["no quota of namespace 'team-a' bounds requests.cpu"]],
  ['counts', { hard: { pods: '10' } }, ["no quota of namespace 'team-a' bounds requests.cpu, requests.memory, limits.cpu, limits.memory"]],
  ['nothing', undefined, ["no quota of namespace 'team-a' bounds requests.cpu, requests.memory, limits.cpu, limits.memory"]],
  ['some pods', { hard: { pods: '1' }, scopeSelector: { matchExpressions: [] } }, []],
  ['pods of a scope', { hard: { pods: '1' }, scopes: ['BestEffort'] }, []],
])('judges a quota over %s', (_what, spec, expected) => {
  expect(check(inside('ResourceQuota', spec)).map((each) => each.replace(/^.* \| /, ''))).toEqual(expected);
});

it('adds up the quotas of a namespace, and does not count those with a scope', () => {
  const [requests, limits] = [inside('ResourceQuota', { hard: { cpu: 1, memory: 1 } }), inside('ResourceQuota', { hard: { 'limits.cpu': 1, 'limits.memory': 1 } })];
  expect(check(requests, limits)).toEqual([]);
  expect(check(requests, { ...limits, metadata: { name: 'y' } })).toHaveLength(2);
  expect(check(namespace('team-a'), RANGE, inside('ResourceQuota', { hard: HARD, scopes: ['Terminating'] }))).toHaveLength(1);
});

it.each<[string, unknown, number]>([
  ['defaults for containers', [DEFAULTS], 0],
  ['a maximum for containers, which is also the default', [{ type: 'Container', max: { memory: '1Gi' } }], 0],
  ['a maximum for pods', [{ type: 'Pod', max: { cpu: '4' } }], 0],
  ['a minimum', [{ type: 'Container', min: { cpu: '1m' } }], 1],
  ['requests', [{ type: 'Container', defaultRequest: { cpu: '1m' } }], 1],
  ['volumes', [{ type: 'PersistentVolumeClaim', max: { storage: '1Gi' } }], 1],
  ['nothing', null, 1],
  ['a wrong type', 'all', 1],
  ['an odd list', [null, 'x', { type: 'Container', default: 'all' }], 1],
])('judges a limit range over %s', (_what, limits, count) => {
  const found = check(inside('LimitRange', { limits }));
  expect(found).toHaveLength(count);
  expect(found.every((each) => each.endsWith("LimitRange spec.limits | no LimitRange of namespace 'team-a' gives or sets a limit for containers"))).toBe(true);
});

it('is undecided if a quota is in a namespace that is not known yet', () => {
  const unknown = inside('ResourceQuota', { hard: HARD });
  Object.defineProperty(unknown.metadata, 'namespace', { enumerable: true, get: () => { throw new UnknownValueError('not known yet'); } });
  const { findings, coverage } = evaluate([namespace('team-a'), RANGE, unknown], { policies });
  expect(findings).toEqual([]);
  expect(coverage.undecided.map(({ policy, object, path }) => `${policy} ${object.kind} ${path}`)).toEqual(['namespace-quota Namespace metadata.name', 'namespace-quota ResourceQuota ']);
});
