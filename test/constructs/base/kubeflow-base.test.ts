import { App, Testing } from 'cdk8s';
import { aggregateTo, KubeflowBase, type KubeflowBaseProps } from '../../../constructs/base';
import { InvalidInputError, synthesize } from '../../../constructs/core';

function synth(props?: KubeflowBaseProps) {
  const base = new KubeflowBase(new App(), 'base', props);
  const all = Testing.synth(base);
  const one = (kind: string, name: string, namespace?: string) => {
    const found = all.filter((object) => object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace);
    if (found.length !== 1) throw new Error(`${found.length} objects ${kind}/${name}`);
    return found[0];
  };
  return { base, all, one };
}

/** Rules a user of a role has once the controller has aggregated them. */
function rulesOf(role: string): { readonly apiGroups: string[]; readonly resources: string[]; readonly verbs: string[] }[] {
  const { all, one } = synth();
  const { aggregationRule, rules } = one('ClusterRole', role);
  if (!aggregationRule) return rules;
  const [{ matchLabels }] = aggregationRule.clusterRoleSelectors;
  const [[label]] = Object.entries(matchLabels) as [[string, string]];
  return all.filter(({ kind, metadata }) => kind === 'ClusterRole' && metadata.labels?.[label] === 'true').flatMap(({ metadata }) => rulesOf(metadata.name));
}

const may = (role: string, verb: string, resource: string) => rulesOf(role).some(({ resources, verbs }) => resources.includes(resource) && verbs.includes(verb));

test('installs namespaces, roles and a priority class', () => {
  expect(synth().all.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].filter(Boolean).join('/'))).toMatchSnapshot();
});

test('two syntheses are byte-identical', () => {
  expect(JSON.stringify(synth().all)).toBe(JSON.stringify(synth().all));
});

describe('namespaces', () => {
  test.each(['kubeflow', 'kubeflow-system'])('%s is restricted, default-deny, and left alone by the platform\'s own webhooks', (namespace) => {
    const { one } = synth();
    expect(one('Namespace', namespace).metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted', 'control-plane': 'kubeflow' });
    expect(one('NetworkPolicy', 'default-deny', namespace).spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('are known to those that build on them', () => {
    const { base } = synth();
    expect([base.kubeflow.name, base.system.name]).toEqual(['kubeflow', 'kubeflow-system']);
  });

  test.each([[undefined, undefined], [true, 'enabled']])('sidecarByDefault %s labels them %s', (sidecarByDefault, label) => {
    const { one } = synth({ sidecarByDefault });
    for (const namespace of ['kubeflow', 'kubeflow-system']) expect(one('Namespace', namespace).metadata.labels['istio-injection']).toBe(label);
  });
});

describe('user roles', () => {
  test('those that aggregate state no rules, which the controller would fight over', () => {
    const { all } = synth();
    const aggregated = all.filter(({ aggregationRule }) => aggregationRule);
    expect(aggregated.map(({ metadata }) => metadata.name)).toEqual(['kubeflow-admin', 'kubeflow-edit', 'kubeflow-view', 'kubeflow-istio-admin']);
    for (const role of aggregated) expect(role).not.toHaveProperty('rules');
  });

  test('an admin may all that an editor may, an editor all that a viewer may', () => {
    expect(rulesOf('kubeflow-admin')).toEqual(expect.arrayContaining(rulesOf('kubeflow-edit')));
    expect(rulesOf('kubeflow-edit')).toEqual(expect.arrayContaining(rulesOf('kubeflow-view')));
    expect(rulesOf('kubeflow-view').length).toBeGreaterThan(0);
  });

  test.each<[string, Record<string, boolean>]>([
    ['list pods', { 'kubeflow-view': true, 'kubeflow-edit': true, 'kubeflow-admin': true }],
    ['get secrets', { 'kubeflow-view': false, 'kubeflow-edit': true, 'kubeflow-admin': true }],
    ['create pods/exec', { 'kubeflow-view': false, 'kubeflow-edit': true, 'kubeflow-admin': true }],
    ['delete pods', { 'kubeflow-view': false, 'kubeflow-edit': true, 'kubeflow-admin': true }],
    ['create rolebindings', { 'kubeflow-view': false, 'kubeflow-edit': false, 'kubeflow-admin': true }],
    ['list virtualservices', { 'kubeflow-view': true, 'kubeflow-edit': true, 'kubeflow-admin': true }],
    ['update virtualservices', { 'kubeflow-view': false, 'kubeflow-edit': false, 'kubeflow-admin': false }],
    ['delete namespaces', { 'kubeflow-view': false, 'kubeflow-edit': false, 'kubeflow-admin': false }],
  ])('%s', (what, expected) => {
    const [verb = '', resource = ''] = what.split(' ');
    expect(Object.fromEntries(Object.keys(expected).map((role) => [role, may(role, verb, resource)]))).toEqual(expected);
  });

  test('no rule has a wildcard', () => {
    for (const role of ['kubeflow-admin', 'kubeflow-edit', 'kubeflow-view', 'kubeflow-istio-admin']) {
      for (const { apiGroups, resources, verbs } of rulesOf(role)) expect([...apiGroups, ...resources, ...verbs]).not.toContain('*');
    }
  });

  test('a component joins by label', () => {
    expect(synth().one('ClusterRole', 'kubeflow-edit').aggregationRule.clusterRoleSelectors).toEqual([{ matchLabels: aggregateTo('edit') }]);
  });
});

describe('priority class', () => {
  test('is above users\' workloads and not the default', () => {
    const { base, one } = synth();
    expect(one('PriorityClass', base.priorityClassName)).toMatchObject({ metadata: { name: 'kubeflow-platform' }, value: 1_000_000, globalDefault: false });
  });

  test('takes a name and a value', () => {
    const { base, one } = synth({ priorityClass: { name: 'ml-platform', value: 5 } });
    expect(base.priorityClassName).toBe('ml-platform');
    expect(one('PriorityClass', 'ml-platform').value).toBe(5);
  });

  test.each([
    [{ value: 1_000_000_001 }, 'priorityClass.value'],
    [{ value: 0.5 }, 'priorityClass.value'],
    [{ name: 'system-kubeflow' }, 'priorityClass.name'],
    [{ name: 'Kubeflow' }, 'metadata.name'],
  ])('refuses %j', (priorityClass, property) => {
    expect(() => synth({ priorityClass })).toThrow(InvalidInputError);
    expect(() => synth({ priorityClass })).toThrow(`base: ${property} is`);
  });
});

test('every object belongs to the component', () => {
  const app = new App();
  new KubeflowBase(app, 'base');
  expect(new Set(synthesize(app).map(({ component }) => component))).toEqual(new Set(['base']));
});
