import { evaluate, type KubernetesObject, UnknownValueError } from '../../../../policies';
import { podSecurityEnforced } from '../../../../policies/rules/namespaces/pod-security-enforced';

const LEVEL = 'pod-security.kubernetes.io/enforce';
const run = (...objects: KubernetesObject[]) => evaluate(objects, { policies: [podSecurityEnforced] });
const namespace = (labels: unknown = {}, name = 'team-a'): KubernetesObject => JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
const object = (apiVersion: string, kind: string, spec: unknown, metadata: object = {}): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'x', ...metadata }, spec });
/** Whether what is given satisfies a namespace without a label. */
const satisfies = (...objects: KubernetesObject[]): boolean => run(namespace({ team: 'a' }), ...objects).findings.length === 0;

describe('the label', () => {
  it.each([
    [{ [LEVEL]: 'baseline' }, 0],
    [{ [LEVEL]: 'restricted' }, 0],
    [{ [LEVEL]: 'privileged' }, 1],
    [{ [LEVEL]: true }, 1],
    [{ 'pod-security.kubernetes.io/warn': 'restricted' }, 1],
    [null, 1],
    ['x', 1],
  ])('%j: %d findings', (labels, count) => {
    expect(run(namespace(labels)).findings).toHaveLength(count);
  });

  it('is not asked of namespaces of the cluster', () => {
    expect(run(namespace({}, 'kube-system'), namespace({}, 'kube-public')).findings).toEqual([]);
  });
});

const POD_RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] };

describe('a ValidatingAdmissionPolicy', () => {
  const policy = (matchConstraints: object): KubernetesObject => object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', { matchConstraints, validations: [] }, { name: 'no-root' });
  const binding = (spec: object = {}): KubernetesObject => object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', { policyName: 'no-root', validationActions: ['Deny'], ...spec });
  const pods = policy({ resourceRules: [POD_RULE] });

  it('counts where a binding has it refuse', () => {
    expect(satisfies(pods, binding())).toBe(true);
    expect(satisfies(pods)).toBe(false);
    expect(satisfies(binding())).toBe(false);
    expect(satisfies(pods, binding({ validationActions: ['Warn', 'Audit'] }))).toBe(false);
    expect(satisfies(pods, binding({ policyName: 'other' }))).toBe(false);
  });

  it.each<[string, object, boolean]>([
    ['anything', { resourceRules: [{ ...POD_RULE, apiGroups: ['*'], resources: ['*'], operations: ['*'] }] }, true],
    ['deployments', { resourceRules: [{ ...POD_RULE, apiGroups: ['apps'], resources: ['deployments'] }] }, false],
    ['deletion', { resourceRules: [{ ...POD_RULE, operations: ['DELETE'] }] }, false],
    ['pods of some names', { resourceRules: [{ ...POD_RULE, resourceNames: ['web'] }] }, false],
    ['pods with some labels', { resourceRules: [POD_RULE], objectSelector: { matchLabels: { app: 'x' } } }, false],
    ['all but pods', { resourceRules: [{ ...POD_RULE, resources: ['*'] }], excludeResourceRules: [POD_RULE] }, false],
    ['cluster-scoped objects', { resourceRules: [{ ...POD_RULE, resources: ['*'], scope: 'Cluster' }] }, false],
    ['its namespaces', { resourceRules: [POD_RULE], namespaceSelector: { matchLabels: { team: 'a' } } }, true],
    ['other namespaces', { resourceRules: [POD_RULE], namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } }, false],
    ['a namespace by its name', { resourceRules: [POD_RULE], namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['team-a'] }] } }, true],
    ['an unknown operator', { resourceRules: [POD_RULE], namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Like' }] } }, false],
  ])('over %s', (_what, constraints, expected) => {
    expect(satisfies(policy(constraints), binding())).toBe(expected);
  });

  it('holds where its binding does', () => {
    expect(satisfies(pods, binding({ matchResources: { namespaceSelector: { matchLabels: { team: 'b' } } } }))).toBe(false);
    expect(satisfies(pods, binding({ matchResources: { resourceRules: [{ ...POD_RULE, resources: ['services'] }] } }))).toBe(false);
    expect(satisfies(pods, binding({ matchResources: { resourceRules: [POD_RULE], namespaceSelector: {} } }))).toBe(true);
  });

  it('leaves it undecided while not everything is known', () => {
    const unknown = binding();
    Object.defineProperty(unknown, 'spec', { get: () => { throw new UnknownValueError('not known yet'); } });
    expect(run(namespace(), pods, unknown)).toMatchObject({ findings: [], coverage: { undecided: [{ policy: 'pod-security-enforced' }] } });
  });
});

describe('Kyverno', () => {
  const rule = (rest: object = {}) => ({ name: 'a', match: { any: [{ resources: { kinds: ['Pod'] } }] }, validate: { podSecurity: { level: 'baseline' } }, ...rest });
  const policy = (rules: unknown, spec: object = {}, kind = 'ClusterPolicy', metadata = {}) => object('kyverno.io/v1', kind, { validationFailureAction: 'Enforce', rules, ...spec }, metadata);
  const matching = (resources: object) => policy([rule({ match: { all: [{ resources: { kinds: ['Pod'], ...resources } }] } })]);

  it.each<[string, KubernetesObject, boolean]>([
    ['of a pod security standard', policy([rule()]), true],
    ['in the old form', policy([rule({ match: { resources: { kinds: ['v1/Pod', 'Service'] } } })]), true],
    ['of a pattern over the security context', policy([rule({ validate: { message: 'x', pattern: { spec: { '=(securityContext)': { '=(runAsNonRoot)': true } } } } })]), true],
    ['of an expression', policy([rule({ validate: { cel: { expressions: [{ expression: '!object.spec.?hostNetwork.orValue(false)' }] } } })]), true],
    ['of something else', policy([rule({ validate: { message: 'set a securityContext', pattern: { metadata: { labels: { app: '?*' } } } } })]), false],
    ['that only audits, as it does unless told otherwise', policy([rule()], { validationFailureAction: undefined }), false],
    ['that only audits', policy([rule()], { validationFailureAction: 'audit' }), false],
    ['that enforces by itself', policy([rule({ validate: { failureAction: 'Enforce', podSecurity: {} } })], { validationFailureAction: 'Audit' }), true],
    ['that does not enforce here', policy([rule()], { validationFailureActionOverrides: [{ action: 'Audit', namespaces: ['team-*'] }] }), false],
    ['that enforces only here', policy([rule()], { validationFailureAction: 'Audit', validationFailureActionOverrides: [{ action: 'enforce', namespaces: ['team-?'] }] }), true],
    ['over other kinds', policy([rule({ match: { any: [{ resources: { kinds: ['Deployment'] } }] } })]), false],
    ['over its namespaces', matching({ namespaces: ['team-*'] }), true],
    ['over other namespaces', matching({ namespaces: ['prod'] }), false],
    ['over namespaces by label', matching({ namespaceSelector: { matchLabels: { team: 'b' } } }), false],
    ['over pods by label', matching({ selector: { matchLabels: { app: 'x' } } }), false],
    ['that excludes the namespace', policy([rule({ exclude: { any: [{ resources: { namespaces: ['team-a'] } }] } })]), false],
    ['that excludes another namespace', policy([rule({ exclude: { any: [{ resources: { namespaces: ['kube-system'] } }] } })]), true],
    ['that excludes some pods', policy([rule({ exclude: { any: [{ resources: { names: ['x'], namespaces: ['team-a'] } }] } })]), true],
    ['that mutates', policy([{ ...rule(), validate: undefined, mutate: { patchStrategicMerge: { spec: { securityContext: {} } } } }]), false],
    ['without rules', policy(undefined), false],
    ['with odd rules', policy([null, 'x', { validate: 'x' }, { validate: { podSecurity: {} }, match: 'x', exclude: [1] }]), false],
    ['of the namespace', policy([rule()], {}, 'Policy', { namespace: 'team-a' }), true],
    ['of another namespace', policy([rule()], {}, 'Policy', { namespace: 'team-b' }), false],
    ['that cleans up', policy([rule()], {}, 'ClusterCleanupPolicy'), false],
  ])('with a policy %s', (_what, given, expected) => {
    expect(satisfies(given)).toBe(expected);
  });

  it('with a ValidatingPolicy, which refuses unless it says otherwise', () => {
    const validating = (spec: object, kind = 'ValidatingPolicy', metadata = {}) => object('policies.kyverno.io/v1', kind, { matchConstraints: { resourceRules: [POD_RULE] }, ...spec }, metadata);
    expect(satisfies(validating({}))).toBe(true);
    expect(satisfies(validating({ validationActions: ['Audit'] }))).toBe(false);
    expect(satisfies(validating({ matchConstraints: {} }))).toBe(false);
    expect(satisfies(validating({}, 'NamespacedValidatingPolicy', { namespace: 'team-a' }))).toBe(true);
    expect(satisfies(validating({}, 'NamespacedValidatingPolicy', { namespace: 'team-b' }))).toBe(false);
    expect(satisfies(validating({}, 'MutatingPolicy'))).toBe(false);
  });
});

describe('Gatekeeper', () => {
  const constraint = (spec: unknown, kind = 'K8sPSPPrivilegedContainer') => object('constraints.gatekeeper.sh/v1beta1', kind, spec);

  it.each<[string, unknown, boolean]>([
    ['over everything', {}, true],
    ['over pods', { match: { kinds: [{ apiGroups: [''], kinds: ['Pod'] }] } }, true],
    ['over services', { match: { kinds: [{ apiGroups: [''], kinds: ['Service'] }] } }, false],
    ['that denies', { enforcementAction: 'deny' }, true],
    ['that warns', { enforcementAction: 'warn' }, false],
    ['that is a dry run', { enforcementAction: 'dryrun' }, false],
    ['that denies at admission', { enforcementAction: 'scoped', scopedEnforcementActions: [{ action: 'deny' }] }, true],
    ['over its namespaces', { match: { namespaces: ['team-*'] } }, true],
    ['over other namespaces', { match: { namespaces: ['prod'] } }, false],
    ['that excludes it', { match: { excludedNamespaces: ['kube-*', '*-a'] } }, false],
    ['over namespaces by label', { match: { namespaceSelector: { matchLabels: { team: 'a' } } } }, true],
    ['over pods by label', { match: { labelSelector: { matchLabels: { app: 'x' } } } }, false],
    ['without a spec', null, true],
  ])('with a constraint %s', (_what, spec, expected) => {
    expect(satisfies(constraint(spec))).toBe(expected);
  });

  it('with a constraint of another kind', () => {
    expect(satisfies(constraint({}, 'K8sRequiredLabels'))).toBe(false);
  });
});

describe('Kubewarden', () => {
  const policy = (kind: string, spec: object = {}, metadata: object = {}) => object('policies.kubewarden.io/v1', kind, { rules: [POD_RULE], ...spec }, metadata);

  it.each<[string, KubernetesObject, boolean]>([
    ['of the cluster', policy('ClusterAdmissionPolicy'), true],
    ['of a group', policy('ClusterAdmissionPolicyGroup'), true],
    ['that protects', policy('ClusterAdmissionPolicy', { mode: 'protect' }), true],
    ['that monitors', policy('ClusterAdmissionPolicy', { mode: 'monitor' }), false],
    ['over services', policy('ClusterAdmissionPolicy', { rules: [{ ...POD_RULE, resources: ['services'] }] }), false],
    ['over other namespaces', policy('ClusterAdmissionPolicy', { namespaceSelector: { matchLabels: { team: 'b' } } }), false],
    ['over some pods', policy('ClusterAdmissionPolicy', { objectSelector: { matchLabels: { app: 'x' } } }), false],
    ['of the namespace', policy('AdmissionPolicy', {}, { namespace: 'team-a' }), true],
    ['of another namespace', policy('AdmissionPolicy', {}, { namespace: 'team-b' }), false],
    ['server', policy('PolicyServer'), false],
  ])('with a policy %s', (_what, given, expected) => {
    expect(satisfies(given)).toBe(expected);
  });
});

it('is not satisfied by anything else', () => {
  expect(satisfies(object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', undefined))).toBe(false);
});
