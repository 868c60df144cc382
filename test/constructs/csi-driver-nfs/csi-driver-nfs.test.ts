import { App } from 'cdk8s';
import { imagesOf, rewriteImages, synthesize } from '../../../constructs/core';
import { CsiDriverNfs, type CsiDriverNfsProps } from '../../../constructs/csi-driver-nfs';
import { judged } from '../judged';
import { type Json, objectsOf, verbsOn } from '../jobset/objects';

function driver(props: CsiDriverNfsProps = {}) {
  const component = new CsiDriverNfs(new App(), 'csi-driver-nfs', props);
  return { component, ...objectsOf(component) };
}

const controllerOf = (objects: ReturnType<typeof driver>): Json => objects.one('Deployment', 'csi-nfs-controller').spec;
const nodeOf = (objects: ReturnType<typeof driver>): Json => objects.one('DaemonSet', 'csi-nfs-node').spec;
const named = (spec: Json, name: string): Json => spec.template.spec.containers.find((container: Json) => container.name === name);

test('the objects', () => {
  expect(driver().names).toMatchSnapshot();
});

test('the driver as Kubernetes knows it: volumes are attached to no node, and owned by the group that a pod asks for', () => {
  expect(driver().one('CSIDriver', 'nfs.csi.k8s.io').spec).toEqual({ attachRequired: false, volumeLifecycleModes: ['Persistent'], fsGroupPolicy: 'File' });
});

describe('privileges', () => {
  test.each([['controller', controllerOf], ['node', nodeOf]] as const)('of the %s: none but the driver itself has any', (_, specOf) => {
    const containers: Json[] = specOf(driver()).template.spec.containers;
    expect(containers.filter((container) => container.securityContext.privileged).map((container) => container.name)).toEqual(['nfs']);
    for (const { securityContext } of containers) expect(securityContext.capabilities.drop).toEqual(['ALL']);
    for (const { securityContext } of containers.filter(({ name }) => name !== 'nfs')) {
      expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    }
  });

  test('the controller mounts nothing of its node; what the node half mounts is seen by the kubelet', () => {
    expect(controllerOf(driver()).template.spec.volumes).toEqual([{ name: 'socket-dir', emptyDir: {} }]);
    const spec = nodeOf(driver());
    expect(spec.template.spec.volumes.map((volume: Json) => volume.hostPath.path)).toEqual(['/var/lib/kubelet/plugins/csi-nfsplugin', '/var/lib/kubelet/plugins_registry', '/var/lib/kubelet/pods']);
    expect(named(spec, 'nfs').volumeMounts).toContainEqual({ name: 'pods-mount-dir', mountPath: '/var/lib/kubelet/pods', mountPropagation: 'Bidirectional' });
  });

  test('the node half has no token and no permission', () => {
    const objects = driver();
    expect(nodeOf(objects).template.spec).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: 'csi-nfs-node-sa' });
    const bindings: Json[] = [...objects.ofKind('ClusterRoleBinding'), ...objects.ofKind('RoleBinding')];
    expect(new Set(bindings.flatMap((binding) => binding.subjects.map((subject: Json) => subject.name)))).toEqual(new Set(['csi-nfs-controller-sa']));
  });

  test('the controller reads no Secret, or those it is told of, and leases in its own namespace only', () => {
    const objects = driver();
    const roles: Json[] = [...objects.ofKind('ClusterRole'), ...objects.ofKind('Role')];
    expect(roles.flatMap((role) => verbsOn(role, '', 'secrets'))).toEqual([]);
    expect(objects.ofKind('ClusterRole').flatMap((role) => verbsOn(role, 'coordination.k8s.io', 'leases'))).toEqual([]);
    expect(roles.flatMap((role) => role.rules.flatMap((rule: Json) => rule.apiGroups))).not.toContain('snapshot.storage.k8s.io');

    const told = driver({ mountOptionsSecrets: [{ namespace: 'storage', name: 'krb5' }, { namespace: 'storage', name: 'tls' }, { namespace: 'other', name: 'nfs3' }] });
    const granted = told.ofKind('Role').filter((role) => role.metadata.name === 'csi-nfs-mount-options');
    expect(granted.map((role) => [role.metadata.namespace, role.rules])).toEqual([
      ['storage', [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['krb5', 'tls'], verbs: ['get'] }]],
      ['other', [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['nfs3'], verbs: ['get'] }]],
    ]);
  });
});

describe('the programs fit together', () => {
  test.each([['controller', controllerOf], ['node', nodeOf]] as const)('in the %s all speak through one socket, and the kubelet asks where the probe answers', (_, specOf) => {
    const spec = specOf(driver());
    const containers: Json[] = spec.template.spec.containers;
    for (const { volumeMounts } of containers) expect(volumeMounts).toContainEqual({ name: 'socket-dir', mountPath: '/csi' });
    for (const { args } of containers.filter(({ name }) => name !== 'nfs')) expect(args).toContain('--csi-address=/csi/csi.sock');
    expect(named(spec, 'nfs').env).toContainEqual({ name: 'CSI_ENDPOINT', value: 'unix:///csi/csi.sock' });
    const { host, port, path } = named(spec, 'nfs').livenessProbe.httpGet;
    expect(path).toBe('/healthz');
    expect(named(spec, 'liveness-probe').args).toContain(`--http-endpoint=${host}:${port}`);
    expect(host).toBe('127.0.0.1');
  });

  test('on one node the two halves answer on different ports', () => {
    const port = (spec: Json) => named(spec, 'nfs').livenessProbe.httpGet.port;
    expect(port(controllerOf(driver()))).not.toBe(port(nodeOf(driver())));
  });

  test('no two pods of the controller are on one node, also not during an update', () => {
    const { replicas, strategy, template, selector } = controllerOf(driver());
    expect(replicas).toBe(2);
    expect(strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
    expect(template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution).toEqual([{ labelSelector: selector, topologyKey: 'kubernetes.io/hostname' }]);
    for (const name of ['csi-provisioner', 'csi-resizer']) expect(named(controllerOf(driver()), name).args).toContain('--leader-election');
  });

  test('another directory of the kubelet is used everywhere', () => {
    const { volumes, containers } = nodeOf(driver({ kubeletDirectory: '/var/lib/k0s/kubelet' })).template.spec;
    for (const volume of volumes) expect(volume.hostPath.path).toMatch(/^\/var\/lib\/k0s\/kubelet\//);
    expect(JSON.stringify(containers)).not.toContain('/var/lib/kubelet');
    expect(JSON.stringify(containers)).toContain('--kubelet-registration-path=/var/lib/k0s/kubelet/plugins/csi-nfsplugin/csi.sock');
  });
});

test('images, and rewriting the registry reaches all', () => {
  expect([...new Set(imagesOf(driver().component).map((use) => use.reference))].sort()).toEqual([
    'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0',
    'registry.k8s.io/sig-storage/csi-provisioner:v6.3.0',
    'registry.k8s.io/sig-storage/csi-resizer:v2.2.0',
    'registry.k8s.io/sig-storage/livenessprobe:v2.19.0',
    'registry.k8s.io/sig-storage/nfsplugin:v4.13.4',
  ]);
  const app = new App();
  rewriteImages(app, { registry: 'mirror.example.com' });
  const component = new CsiDriverNfs(app, 'csi-driver-nfs');
  for (const { reference } of imagesOf(component)) expect(reference).toMatch(/^mirror\.example\.com\//);
});

test('policies find only that for which there are reasons', () => {
  expect(judged(driver({ mountOptionsSecrets: [{ namespace: 'storage', name: 'krb5' }] }).all)).toMatchSnapshot();
  expect(judged(driver().all)).toMatchObject({ open: [], unevaluated: [] });
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(driver().component));
  expect(text()).toBe(text());
});

test.each([
  [{ kubeletDirectory: 'kubelet' }, "csi-driver-nfs: kubeletDirectory is 'kubelet'; expected an absolute path without a slash at its end"],
  [{ kubeletDirectory: '/var/lib/kubelet/' }, 'expected an absolute path without a slash at its end'],
  [{ logLevel: 11 }, 'csi-driver-nfs: logLevel is 11; expected a whole number from 0 to 10'],
  [{ replicas: 0 }, 'replicas is 0; expected a whole number, at least 1'],
  [{ mountOptionsSecrets: [{ namespace: 'Storage', name: 'krb5' }] }, "mountOptionsSecrets.namespace is 'Storage'; expected a DNS label"],
])('%j is refused', (props, message) => {
  expect(() => driver(props)).toThrow(message);
});
