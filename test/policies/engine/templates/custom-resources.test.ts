import { evaluate, type KubernetesObject, POLICIES } from '../../../../policies';
import { CONTAINERS, EMBEDDED, objectOf, OVERRIDES, POD_SETTINGS, podSettings, TEMPLATES } from './fixtures';

const CHECKED = new Set(['privileged', 'run-as-non-root', 'privilege-escalation', 'capabilities', 'host-path', 'host-network', 'cpu-limits']);
const policies = POLICIES.filter(({ id }) => CHECKED.has(id));
const findings = (object: KubernetesObject) => [...new Set(evaluate([object], { policies }).findings.map(({ policy, path }) => `${policy} ${path}`))];

const ROOT = { securityContext: { runAsUser: 0, privileged: true } };
const CLEAN = {
  securityContext: { runAsNonRoot: true, runAsUser: 1000, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  resources: { limits: { cpu: '1' } },
  // What Spark and the training jobs say instead.
  coreLimit: '1',
  resourcesPerNode: { limits: { cpu: '1' } },
};
const named = (fixtures: typeof TEMPLATES) => fixtures.map((fixture) => [`${fixture.apiVersion} ${fixture.kind} ${fixture.path}`, fixture] as const);

const FIXTURES = [...TEMPLATES, ...CONTAINERS, ...EMBEDDED, ...OVERRIDES];

describe.each(named(FIXTURES))('%s', (_name, fixture) => {
  it('is caught when it runs as root, once', () => {
    const found = findings(objectOf(fixture, ROOT));
    expect(found.filter((each) => each.startsWith('privileged'))).toEqual([`privileged ${fixture.path}.securityContext.privileged`]);
    expect(found.filter((each) => each.startsWith('run-as-non-root'))).toEqual([`run-as-non-root ${fixture.path}.securityContext.runAsUser`]);
  });

  it('passes when it is clean', () => {
    expect(findings(objectOf(fixture, CLEAN))).toEqual([]);
  });
});

it.each(named(FIXTURES.filter(({ completes }) => completes)))('%s is undecided where it says nothing', (_name, fixture) => {
  expect(findings(objectOf(fixture, {}))).toEqual([]);
});

it.each(named(FIXTURES.filter(({ completes }) => !completes)))('%s fails where it says nothing', (_name, fixture) => {
  const found = findings(objectOf(fixture, {}));
  expect(found).toContain(`privilege-escalation ${fixture.path}.securityContext.allowPrivilegeEscalation`);
  expect(found).toContainEqual(expect.stringContaining(`cpu-limits ${fixture.path}`));
});

describe.each(POD_SETTINGS.map((each) => [each.join(' '), each] as const))('%s, without a container', (_name, place) => {
  it('is caught when it makes the pod run as root', () => {
    expect(findings(podSettings(place, { securityContext: { runAsUser: 0 } }))).toEqual([expect.stringMatching(/^run-as-non-root spec.*\.securityContext\.runAsUser$/)]);
  });

  it('passes when it does not', () => {
    expect(findings(podSettings(place, { securityContext: { runAsNonRoot: true } }))).toEqual([]);
    expect(findings(podSettings(place, { nodeSelector: {} }))).toEqual([]);
  });
});

it.each<[string, string, object]>([
  ['kyverno.io/v1', 'ClusterPolicy', { rules: [{ validate: { pattern: { spec: { containers: [{ name: '*', image: '*:*' }] } } } }] }],
  ['policies.kyverno.io/v1alpha1', 'MutatingPolicy', { mutations: [{ podTemplate: { spec: { hostNetwork: true } } }] }],
  ['mutations.gatekeeper.sh/v1', 'Assign', { parameters: { assign: { value: { containers: [{ name: 'a', image: 'x' }] } } } }],
  ['autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', { resourcePolicy: { containerPolicies: [{ containerName: '*', mode: 'Off' }] } }],
  ['install.istio.io/v1alpha1', 'IstioOperator', { components: { pilot: { k8s: { overlays: [{ kind: 'Deployment', patches: [{ value: { containers: [{ name: 'a', image: 'x' }] } }] }] } } } }],
  ['networking.istio.io/v1alpha3', 'EnvoyFilter', { configPatches: [{ patch: { value: { container: { image: 'x', name: 'y' } } } }] }],
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', { values: { extraContainers: [{ name: 'a', image: 'x' }], podSpec: {} } }],
  ['argoproj.io/v1alpha1', 'Application', { source: { helm: { valuesObject: { sidecars: [{ name: 'a', image: 'x' }] } } } }],
  ['policy.open-cluster-management.io/v1', 'ConfigurationPolicy', { 'object-templates': [{ complianceType: 'mustnothave', objectDefinition: { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'x' }] } } }] }],
  ['apps.kruise.io/v1alpha1', 'ContainerRecreateRequest', { podName: 'x', containers: [{ name: 'a' }] }],
  ['example.com/v1', 'Thing', { containers: ['a', 'b'], container: 'main', sidecars: [{ name: 'proxy' }], podTemplate: 'default', image: 'x' }],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { podTemplate: { spec: {} } }],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', { podSpec: { containers: [{ name: 'a', image: 'x' }] } }],
  ['v1', 'ConfigMap', { containers: [{ name: 'a', image: 'x' }] }],
  ['argoproj.io/v1alpha1', 'Rollout', { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }],
  ['keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }],
  ['example.com/v1', 'Holder', { manifest: { apiVersion: 'v1', kind: 'ConfigMap', data: { containers: [{ name: 'a', image: 'x' }] } } }],
])('sees no pod in a %s %s', (apiVersion, kind, spec) => {
  const { coverage } = evaluate([{ apiVersion, kind, metadata: { name: 'x' }, spec }], { policies });
  expect(coverage).toMatchObject({ podTemplates: 0, containers: 0, unevaluated: [] });
});

describe('what holds in a custom resource', () => {
  const custom = (apiVersion: string, kind: string, spec: object): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'n' }, spec });
  const about = (policy: string, object: KubernetesObject) => findings(object).filter((each) => each.startsWith(policy));

  it('is what the step template of a Tekton task says, unless a step says otherwise', () => {
    const task = (stepTemplate: object, ...steps: object[]) => custom('tekton.dev/v1', 'Task', { stepTemplate, steps: steps.map((step, index) => ({ name: `s${index}`, image: 'x', ...step })) });
    expect(findings(task(CLEAN, {}))).toEqual([]);
    expect(findings(task({ ...CLEAN, resources: null, computeResources: CLEAN.resources }, {}))).toEqual([]);
    expect(about('run-as', task({ securityContext: { runAsUser: 0 } }, {}, { securityContext: { runAsUser: 5, runAsNonRoot: true } }))).toEqual(['run-as-non-root spec.steps[0].securityContext.runAsUser']);
    expect(about('privileged', task({ securityContext: { privileged: true } }, { securityContext: null }, { securityContext: { privileged: false } }))).toEqual(['privileged spec.steps[0].securityContext.privileged']);
  });

  it('is what a Tekton run says of its pods', () => {
    const run = (podTemplate: object) => custom('tekton.dev/v1beta1', 'TaskRun', { podTemplate, taskSpec: { steps: [{ image: 'x' }] } });
    expect(about('run-as', run({ securityContext: { runAsNonRoot: true } }))).toEqual([]);
    expect(about('run-as', run({ securityContext: { runAsUser: 0 } }))).toEqual(['run-as-non-root spec.podTemplate.securityContext.runAsUser']);
    expect(about('host-network', run({ hostNetwork: true }))).toEqual(['host-network spec.podTemplate.hostNetwork']);
  });

  it('is what the template defaults of a workflow say', () => {
    const workflow = (templateDefaults: object, ...templates: object[]) => custom('argoproj.io/v1alpha1', 'Workflow', { templateDefaults, templates });
    const defaults = { securityContext: { runAsNonRoot: true }, container: { ...CLEAN, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } } };
    expect(findings(workflow(defaults, { name: 'a', container: { image: 'x' } }, { name: 'b', dag: {} }))).toEqual([]);
    expect(about('privileged', workflow({ container: { image: 'x', securityContext: { privileged: true } } }, { name: 'a', container: { image: 'x' } }))).toEqual(['privileged spec.templates[0].container.securityContext.privileged']);
    expect(about('run-as', workflow(defaults, { name: 'a', container: { image: 'x' }, securityContext: { runAsNonRoot: false } }))).toEqual(['run-as-non-root spec.templates[0].securityContext.runAsNonRoot']);
  });

  it('is that only templates with containers are pods', () => {
    const { coverage } = evaluate([custom('argoproj.io/v1alpha1', 'Workflow', { templates: [{ name: 'a', dag: {} }, { name: 'b', suspend: {} }, { name: 'c', script: { image: 'x' } }] })], { policies });
    expect(coverage).toMatchObject({ podTemplates: 2, containers: 1 });
  });

  it('is the pod security context under the name that the kind gives it', () => {
    const kafka = { kafka: { template: { pod: { securityContext: { runAsUser: 0 } }, kafkaContainer: { env: [] } } } };
    expect(about('run-as', custom('kafka.strimzi.io/v1beta2', 'Kafka', kafka))).toEqual(['run-as-non-root spec.kafka.template.pod.securityContext.runAsUser']);
    const ray = { autoscalerOptions: { image: 'x' }, headGroupSpec: { template: { spec: { securityContext: { runAsUser: 0 }, containers: [] } } } };
    expect(about('run-as', custom('ray.io/v1', 'RayCluster', ray))).toEqual(['run-as-non-root spec.headGroupSpec.template.spec.securityContext.runAsUser']);
    const workspaces = { podTemplate: { securityContext: { runAsNonRoot: true }, containerSecurityContext: { runAsUser: 1000, privileged: true } } };
    expect(findings(custom('kubeflow.org/v1beta1', 'WorkspaceKind', workspaces))).toEqual([expect.stringMatching(/^privileged spec\.podTemplate/)]);
  });

  it('does not give sidecars the resources of the container that an operator makes', () => {
    const sidecar = { name: 'proxy', image: 'x' };
    const prometheus = custom('monitoring.coreos.com/v1', 'Prometheus', { resources: { limits: { cpu: '1' } }, containers: [sidecar] });
    expect(about('cpu-limits', prometheus)).toEqual(['cpu-limits spec.containers[0].resources.limits.cpu']);
  });

  it('includes volumes that an application declares for all of its pods', () => {
    const volumes = [{ name: 'run', hostPath: { path: '/run' } }];
    expect(about('host-path', custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { volumes, driver: {} }))).toEqual(['host-path spec.volumes[0].hostPath']);
    expect(about('host-path', custom('kubeflow.org/v1alpha1', 'PodDefault', { volumes }))).toEqual(['host-path spec.volumes[0].hostPath']);
  });

  it('asks a container without an image for everything where something else fills the image in', () => {
    const config = custom('apps.openshift.io/v1', 'DeploymentConfig', { template: { spec: { containers: [{ name: 'web' }] } } });
    expect(about('cpu-limits', config)).toHaveLength(1);
  });

  it('is undecided where a placeholder stands for it', () => {
    const graph = custom('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ template: { apiVersion: 'v1', kind: 'Pod', spec: { containers: '${schema.spec.containers}' } } }] });
    const { findings: found, coverage } = evaluate([graph], { policies });
    expect(found).toEqual([]);
    expect(coverage.unevaluated).toEqual([]);
    expect(coverage.undecided).toContainEqual(expect.objectContaining({ path: 'spec.resources[0].template.spec.containers', reason: 'a placeholder stands for it' }));
  });

  it('reads the amounts of a compiled pipeline', () => {
    const pipeline = (resources: object) => custom('pipelines.kubeflow.org/v2beta1', 'PipelineVersion', { pipelineSpec: { deploymentSpec: { executors: { 'exec-a': { container: { image: 'x', resources } } } } } });
    expect(findings(pipeline({ cpuLimit: 2 }))).toEqual([]);
    expect(findings(pipeline({ resourceCpuLimit: '0' }))).toEqual(['cpu-limits spec.pipelineSpec.deploymentSpec.executors.exec-a.container.resources.resourceCpuLimit']);
  });
});
