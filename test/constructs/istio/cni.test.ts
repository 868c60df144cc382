import { WAIVER_ANNOTATION } from '../../../constructs/core';
import { at, synthesized } from './harness';

const defaults = synthesized();
const daemonSet = defaults.get('DaemonSet', 'istio-cni-node');

test('runs in a namespace of its own, whose exception is reasoned', () => {
  const namespace = defaults.get('Namespace', 'istio-cni');
  expect(namespace.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'privileged' });
  expect(namespace.metadata.annotations?.[`${WAIVER_ANNOTATION}pod-security-enforced`]).toContain('CNI');
  expect(daemonSet.metadata.namespace).toBe('istio-cni');
});

test('has the capabilities it needs, each waived with a reason, and is not privileged', () => {
  expect(at(daemonSet, 'spec.template.spec.containers.0.securityContext')).toMatchObject({
    capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'] },
    appArmorProfile: { type: 'Unconfined' },
  });
  expect(at(daemonSet, 'spec.template.spec.containers.0.securityContext.privileged')).toBeUndefined();
  expect(at(daemonSet, 'spec.template.spec.hostNetwork')).toBeUndefined();
  const waived = Object.keys(daemonSet.metadata.annotations ?? {}).map((key) => key.replace(WAIVER_ANNOTATION, ''));
  expect(waived.sort()).toEqual(['apparmor-profile', 'capabilities', 'host-path', 'net-raw-capability', 'privilege-escalation', 'run-as-non-root', 'service-account-token']);
});

test('cannot write to its image: the lock of iptables is in memory, and not over the directory of its socket', () => {
  const [agent] = at<{ securityContext: object; volumeMounts: { name: string; mountPath: string }[] }[]>(daemonSet, 'spec.template.spec.containers');
  expect(agent?.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
  expect(agent?.volumeMounts[0]).toEqual({ name: 'run', mountPath: '/run' });
  expect(at<object[]>(daemonSet, 'spec.template.spec.volumes')).toContainEqual({ name: 'run', emptyDir: { medium: 'Memory' } });
});

test('takes every setting of its ConfigMap, by name', () => {
  const settings = Object.keys(at<object>(defaults.get('ConfigMap', 'istio-cni-config'), 'data'));
  const env = at<{ name: string; valueFrom?: { configMapKeyRef?: { name: string; key: string } } }[]>(daemonSet, 'spec.template.spec.containers.0.env');
  const taken = env.flatMap(({ name, valueFrom }) => (valueFrom?.configMapKeyRef ? [[name, valueFrom.configMapKeyRef.key]] : []));
  expect(new Map(taken as [string, string][])).toEqual(new Map(settings.map((key) => [key, key])));
});

test('runs on every node, also on tainted ones', () => {
  const tolerations = at<{ operator: string; effect?: string; key?: string }[]>(daemonSet, 'spec.template.spec.tolerations');
  for (const effect of ['NoSchedule', 'NoExecute']) expect(tolerations).toContainEqual({ operator: 'Exists', effect });
});

test('reads pods and nothing else', () => {
  const resources = ['istio-cni', 'istio-cni-repair-role'].flatMap((role) => at<{ resources: string[]; verbs: string[] }[]>(defaults.get('ClusterRole', role), 'rules'));
  expect(resources).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  ]);
});

test('puts its plugin where the nodes of a cloud have them', () => {
  const gke = synthesized({ cni: { binDir: '/home/kubernetes/bin', confDir: '/etc/cni/other' } });
  const paths = at<{ name: string; hostPath?: { path: string } }[]>(gke.get('DaemonSet', 'istio-cni-node'), 'spec.template.spec.volumes').map(({ name, hostPath }) => [name, hostPath?.path]);
  expect(paths).toEqual(expect.arrayContaining([['cni-bin-dir', '/home/kubernetes/bin'], ['cni-net-dir', '/etc/cni/other']]));
});

test('leaves its own namespace and kube-system alone', () => {
  expect(at(synthesized({ cni: { namespace: 'nodes' } }).get('ConfigMap', 'istio-cni-config'), 'data.EXCLUDE_NAMESPACES')).toBe('kube-system,nodes');
});
