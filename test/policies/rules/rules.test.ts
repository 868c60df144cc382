import { CIS_KUBERNETES, evaluate, POLICIES, type KubernetesObject, type Policy } from '../../../policies';
import { CLEAN_CONTAINER, deployment, withContainer } from '../objects';

const policy = (id: string): Policy => {
  const found = POLICIES.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no policy ${id}`);
  return found;
};
/** `path | found | message` of each finding of one policy. */
const check = (id: string, object: KubernetesObject): string[] =>
  evaluate([object], { policies: [policy(id)] }).findings.map(({ path, found, message }) => `${path} | ${JSON.stringify(found)} | ${message}`);

const POD = 'spec.template.spec';
const MAIN = `${POD}.containers[0]`;
const security = (securityContext: object, podSpec: object = {}) => withContainer({ securityContext }, { ...podSpec });
const namespace = (name: string, labels: Record<string, string>): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const windows = { os: { name: 'windows' } };
const LEVEL = 'pod-security.kubernetes.io/enforce';

describe('every policy', () => {
  it.each(POLICIES.map((each) => [each.id, each] as const))('%s fails its failing example and passes its passing one', (_id, each) => {
    expect(evaluate([each.examples.fails], { policies: [each] }).findings).not.toHaveLength(0);
    expect(evaluate([each.examples.passes], { policies: [each] }).findings).toEqual([]);
  });

  it('has an id that fits in an annotation key, once', () => {
    const ids = POLICIES.map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('explains itself', () => {
    for (const { title, rationale, remediation } of POLICIES) {
      expect(title.length).toBeGreaterThan(10);
      expect(rationale).toMatch(/\.$/);
      expect(remediation).toMatch(/\.$/);
    }
  });

  it('passes a clean workload', () => {
    expect(evaluate([deployment({ containers: [CLEAN_CONTAINER] })]).findings).toEqual([]);
  });
});

describe('controls', () => {
  it('covers CIS Kubernetes 5.2.1 to 5.2.12 of 2.0.1, one policy each, in order', () => {
    const ids = CIS_KUBERNETES.map(({ controls }) => controls[0]);
    expect(ids).toEqual(Array.from({ length: 12 }, (_, index) => `cis-kubernetes-2.0.1:5.2.${index + 1}`));
  });

  it('follows the numbering of older benchmarks, which had added capabilities as 5.2.9', () => {
    const old = (id: string) => policy(id).controls.filter((control) => control.startsWith('cis-kubernetes-1.11:'));
    expect(old('capabilities')).toEqual(['cis-kubernetes-1.11:5.2.9', 'cis-kubernetes-1.11:5.2.10']);
    expect(old('host-port')).toEqual(['cis-kubernetes-1.11:5.2.13']);
    expect(policy('privileged').controls).toEqual(expect.arrayContaining(['cis-eks-1.8:4.2.1', 'cis-gke-1.9:4.2.1', 'cis-aks-1.8:4.2.1', 'cis-kubernetes-1.8:5.2.2']));
  });

  it('names resource limits', () => {
    expect(policy('memory-limits').controls).toEqual(['resource-limits:memory-limits']);
    expect(policy('cpu-requests').controls).toEqual(['resource-limits:cpu-requests']);
  });
});

it.each<[string, KubernetesObject, string[]]>([
  ['pod-security-enforced', namespace('team-a', {}), [`metadata.labels["${LEVEL}"] | null | namespace 'team-a' enforces no Pod Security Standard`]],
  ['pod-security-enforced', namespace('team-a', { [LEVEL]: 'privileged' }), [`metadata.labels["${LEVEL}"] | "privileged" | namespace 'team-a' enforces the privileged standard, which allows everything`]],
  ['pod-security-enforced', namespace('team-a', { [LEVEL]: 'restrict' }), [`metadata.labels["${LEVEL}"] | "restrict" | namespace 'team-a' enforces 'restrict', which is no Pod Security Standard`]],
  ['pod-security-enforced', namespace('team-a', { [LEVEL]: 'baseline' }), []],
  ['pod-security-enforced', namespace('kube-system', {}), []],
  ['pod-security-enforced', { ...namespace('team-a', {}), apiVersion: 'example.com/v1' }, []],

  ['privileged', security({ privileged: true }), [`${MAIN}.securityContext.privileged | true | container 'main' is privileged`]],
  ['privileged', security({ privileged: null }), []],
  ['privileged', security({ privileged: 'true' }), [`${MAIN}.securityContext.privileged | "true" | container 'main' is privileged`]],

  ['host-pid', withContainer({}, { hostPID: true }), [`${POD}.hostPID | true | the pod shares the node's process namespace`]],
  ['host-pid', withContainer({}, { hostPID: false, hostIPC: true }), []],
  ['host-ipc', withContainer({}, { hostIPC: true }), [`${POD}.hostIPC | true | the pod shares the node's IPC namespace`]],
  ['host-ipc', withContainer({}, {}), []],
  ['host-network', withContainer({}, { hostNetwork: true }), [`${POD}.hostNetwork | true | the pod shares the node's network`]],
  ['host-network', withContainer({}, { hostNetwork: null }), []],

  ['privilege-escalation', security({}), [`${MAIN}.securityContext.allowPrivilegeEscalation | null | container 'main' does not refuse privilege escalation`]],
  ['privilege-escalation', security({ allowPrivilegeEscalation: true }), [`${MAIN}.securityContext.allowPrivilegeEscalation | true | container 'main' allows privilege escalation`]],
  ['privilege-escalation', security({ allowPrivilegeEscalation: false }), []],
  ['privilege-escalation', security({}, windows), []],
  ['privilege-escalation', security({}, { nodeSelector: { 'kubernetes.io/os': 'windows' } }), []],

  ['run-as-non-root', security({}), [`${MAIN}.securityContext.runAsNonRoot | null | container 'main' may run as root`]],
  ['run-as-non-root', security({ runAsNonRoot: false }), [`${MAIN}.securityContext.runAsNonRoot | false | container 'main' is allowed to run as root`]],
  ['run-as-non-root', security({ runAsNonRoot: true, runAsUser: 0 }), [`${MAIN}.securityContext.runAsUser | 0 | container 'main' runs as user 0 (root)`]],
  ['run-as-non-root', security({}, { securityContext: { runAsUser: 0, runAsNonRoot: true } }), [`${POD}.securityContext.runAsUser | 0 | container 'main' runs as user 0 (root)`]],
  ['run-as-non-root', security({}, { securityContext: { runAsNonRoot: false } }), [`${POD}.securityContext.runAsNonRoot | false | container 'main' is allowed to run as root`]],
  ['run-as-non-root', security({}, { securityContext: { runAsNonRoot: true } }), []],
  ['run-as-non-root', security({ runAsNonRoot: false }, { securityContext: { runAsNonRoot: true } }), [`${MAIN}.securityContext.runAsNonRoot | false | container 'main' is allowed to run as root`]],
  ['run-as-non-root', security({ runAsUser: 1000 }, { securityContext: { runAsUser: 0 } }), []],
  ['run-as-non-root', security({ runAsUser: 1000, runAsNonRoot: false }), []],
  ['run-as-non-root', security({ windowsOptions: { runAsUserName: 'ContainerAdministrator' } }, windows), [`${MAIN}.securityContext.windowsOptions.runAsUserName | "ContainerAdministrator" | container 'main' runs as ContainerAdministrator`]],
  ['run-as-non-root', security({}, { ...windows, securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' } } }), []],
  ['run-as-non-root', security({}, windows), [`${MAIN}.securityContext.runAsNonRoot | null | container 'main' may run as root`]],

  ['net-raw-capability', security({}), [`${MAIN}.securityContext.capabilities.drop | null | container 'main' keeps the NET_RAW capability`]],
  ['net-raw-capability', security({ capabilities: { drop: ['CHOWN'] } }), [`${MAIN}.securityContext.capabilities.drop | ["CHOWN"] | container 'main' keeps the NET_RAW capability`]],
  ['net-raw-capability', security({ capabilities: { drop: ['NET_RAW'] } }), []],
  ['net-raw-capability', security({ capabilities: { drop: ['all'] } }), []],
  ['net-raw-capability', security({ capabilities: { drop: ['ALL'], add: ['NET_RAW'] } }), [`${MAIN}.securityContext.capabilities.add | ["NET_RAW"] | container 'main' adds NET_RAW`]],
  ['net-raw-capability', security({ capabilities: { drop: 'ALL' } }), [`${MAIN}.securityContext.capabilities.drop | "ALL" | container 'main' keeps the NET_RAW capability`]],
  ['net-raw-capability', security({}, windows), []],

  ['capabilities', security({ capabilities: { drop: ['NET_RAW'] } }), [`${MAIN}.securityContext.capabilities.drop | ["NET_RAW"] | container 'main' does not drop all capabilities`]],
  ['capabilities', security({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }), []],
  ['capabilities', security({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'SYS_ADMIN'] } }), [`${MAIN}.securityContext.capabilities.add | ["NET_BIND_SERVICE","SYS_ADMIN"] | container 'main' adds SYS_ADMIN`]],
  ['capabilities', security({ capabilities: { add: ['SYS_TIME'] } }), [
    `${MAIN}.securityContext.capabilities.add | ["SYS_TIME"] | container 'main' adds SYS_TIME`,
    `${MAIN}.securityContext.capabilities.drop | null | container 'main' does not drop all capabilities`,
  ]],
  ['capabilities', security({}, windows), []],

  ['windows-host-process', security({ windowsOptions: { hostProcess: true } }, windows), [`${MAIN}.securityContext.windowsOptions.hostProcess | true | container 'main' is a HostProcess container`]],
  ['windows-host-process', security({}, { ...windows, securityContext: { windowsOptions: { hostProcess: true } } }), [`${POD}.securityContext.windowsOptions.hostProcess | true | the pod is a HostProcess pod`]],
  ['windows-host-process', security({ windowsOptions: { hostProcess: false } }), []],

  ['host-path', withContainer({}, { volumes: [{ name: 'a', emptyDir: {} }, { name: 'run', hostPath: { path: '/var/run' } }] }), [`${POD}.volumes[1].hostPath | {"path":"/var/run"} | volume 'run' mounts /var/run of the node`]],
  ['host-path', withContainer({}, { volumes: [{ name: 'a', hostPath: null }] }), []],
  ['host-path', withContainer({}, { volumes: 'none' }), []],

  ['host-port', withContainer({ ports: [{ containerPort: 1 }, { containerPort: 80, hostPort: 8080 }] }), [`${MAIN}.ports[1].hostPort | 8080 | container 'main' takes port 8080 of the node`]],
  ['host-port', withContainer({ ports: [{ containerPort: 80, hostPort: 0 }] }), []],

  ['cpu-requests', withContainer({ resources: {} }), [`${MAIN}.resources.requests.cpu | null | container 'main' has no CPU request`]],
  ['cpu-requests', withContainer({ resources: { limits: { cpu: 2 } } }), []],
  ['cpu-requests', withContainer({ resources: { requests: { cpu: '0' }, limits: { cpu: 2 } } }), [`${MAIN}.resources.requests.cpu | "0" | container 'main' has a CPU request that is no positive quantity`]],
  ['cpu-limits', withContainer({ resources: { requests: { cpu: '1' } } }), [`${MAIN}.resources.limits.cpu | null | container 'main' has no CPU limit`]],
  ['cpu-limits', withContainer({ resources: { limits: { cpu: '500m' } } }), []],
  ['memory-requests', withContainer({ resources: { requests: { cpu: '1' } } }), [`${MAIN}.resources.requests.memory | null | container 'main' has no memory request`]],
  ['memory-requests', withContainer({ resources: {} }, { resources: { requests: { memory: '1Gi' } } }), []],
  ['memory-limits', withContainer({ resources: { limits: { memory: 'lots' } } }), [`${MAIN}.resources.limits.memory | "lots" | container 'main' has a memory limit that is no positive quantity`]],
  ['memory-limits', withContainer({ resources: {} }, { resources: { limits: { memory: '1e9' } } }), []],
])('%s of %j: %j', (id, object, expected) => {
  expect(check(id, object)).toEqual(expected);
});

describe('containers of every role', () => {
  const bad = { name: 'extra', image: 'x', securityContext: { privileged: true } };

  it.each([
    ['initContainers', bad],
    ['initContainers', { ...bad, restartPolicy: 'Always' }],
    ['ephemeralContainers', bad],
    ['containers', bad],
  ])('looks into %s', (list, container) => {
    const object = deployment({ containers: list === 'containers' ? [CLEAN_CONTAINER, container] : [CLEAN_CONTAINER], ...(list === 'containers' ? {} : { [list]: [container] }) });
    expect(evaluate([object], { policies: [policy('privileged')] }).findings).toMatchObject([{ container: 'extra', severity: 'critical' }]);
  });

  it('asks no resources of ephemeral containers, which cannot have any', () => {
    const object = deployment({ containers: [CLEAN_CONTAINER], ephemeralContainers: [{ name: 'debug', image: 'x' }] });
    expect(check('cpu-limits', object)).toEqual([]);
    expect(check('privilege-escalation', object)).toHaveLength(1);
  });

  it('asks resources of init containers', () => {
    const object = deployment({ containers: [CLEAN_CONTAINER], initContainers: [{ name: 'fetch', image: 'x' }] });
    expect(check('memory-limits', object)).toEqual([`${POD}.initContainers[0].resources.limits.memory | null | container 'fetch' has no memory limit`]);
  });
});

describe('patches', () => {
  it('offers a patch that mends the object, found by container name', () => {
    const [finding] = evaluate([withContainer({ securityContext: {} })], { policies: [policy('privilege-escalation')] }).findings;
    expect(finding?.patch).toEqual({
      spec: { template: { spec: { containers: [{ name: 'main', securityContext: { allowPrivilegeEscalation: false } }] } } },
    });
  });
});
