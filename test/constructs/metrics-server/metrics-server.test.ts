import { App } from 'cdk8s';
import { CertManager } from '../../../constructs/cert-manager';
import { Component, imagesOf, SystemNamespace, synthesize } from '../../../constructs/core';
import { MetricsServer, type MetricsServerProps } from '../../../constructs/metrics-server';
import { judged } from '../judged';
import { type Json, objectsOf, recordingIssuer, stringsOf, verbsOn } from '../jobset/objects';

function metricsServer(props: Partial<MetricsServerProps> = {}) {
  const { issuer, requests } = recordingIssuer();
  const component = new MetricsServer(new App(), 'metrics-server', { certificates: issuer, ...props });
  return { component, requests, ...objectsOf(component) };
}

const podOf = (objects: ReturnType<typeof metricsServer>): Json => objects.one('Deployment', 'metrics-server').spec.template.spec;
const argsOf = (props: Partial<MetricsServerProps> = {}): string[] => podOf(metricsServer(props)).containers[0].args;

test('the objects', () => {
  expect(metricsServer().names).toMatchSnapshot();
});

describe('between the API server and the server', () => {
  test('the certificate is checked: no insecureSkipTLSVerify, and the CA of the certificate for its Service', () => {
    const objects = metricsServer();
    const { metadata, spec } = objects.one('APIService', 'v1beta1.metrics.k8s.io');
    expect(spec).toEqual({
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { name: 'metrics-server', namespace: 'metrics-server', port: 443 },
    });
    expect(metadata.annotations).toEqual({ 'test/inject-ca-from': 'metrics-server/metrics-server' });
    expect(objects.requests).toEqual([{ name: 'metrics-server', namespace: 'metrics-server', secretName: 'metrics-server-tls', services: ['metrics-server'] }]);
  });

  test('the server uses the key pair that is mounted, and makes none', () => {
    const { containers, volumes } = podOf(metricsServer());
    const [mount] = containers[0].volumeMounts;
    expect(volumes).toEqual([{ name: mount.name, secret: { secretName: 'metrics-server-tls' } }]);
    expect(containers[0].args).toEqual(expect.arrayContaining([`--tls-cert-file=${mount.mountPath}/tls.crt`, `--tls-private-key-file=${mount.mountPath}/tls.key`]));
    expect(containers[0].args.join(' ')).not.toContain('cert-dir');
  });

  test('the Service leads to its pods, on the port it serves', () => {
    const objects = metricsServer();
    const { selector, ports } = objects.one('Service', 'metrics-server').spec;
    expect(objects.one('Deployment', 'metrics-server').spec.template.metadata.labels).toMatchObject(selector);
    const port = podOf(objects).containers[0].ports.find((each: Json) => each.name === ports[0].targetPort);
    expect(argsOf()).toContain(`--secure-port=${port.containerPort}`);
  });
});

describe('between the server and the kubelets', () => {
  test('certificates are checked unless one says that they cannot be', () => {
    expect(argsOf()).not.toContain('--kubelet-insecure-tls');
    expect(argsOf({ kubeletCertificates: 'verified' })).not.toContain('--kubelet-insecure-tls');
    expect(argsOf({ kubeletCertificates: 'self-signed' })).toContain('--kubelet-insecure-tls');
  });

  // The program refuses to start where a request may take longer than nine tenths of the resolution.
  test.each([[10, 9], [11, 9], [12, 10], [15, 10], [60, 10]])('at a resolution of %d s a kubelet may take %d s', (resolutionSeconds, seconds) => {
    const args = argsOf({ resolutionSeconds });
    expect(args).toContain(`--metric-resolution=${resolutionSeconds}s`);
    expect(args).toContain(`--kubelet-request-timeout=${seconds}s`);
    expect(seconds).toBeLessThanOrEqual(resolutionSeconds * 0.9);
  });

  test('they are reached at the port they have', () => {
    const egress = (props: Partial<MetricsServerProps>) => metricsServer(props).one('NetworkPolicy', 'metrics-server').spec.egress;
    expect(egress({})).toEqual([{ ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 6443 }] }, { ports: [{ protocol: 'TCP', port: 10250 }] }]);
    expect(egress({ kubeletPort: 10255 })[1]).toEqual({ ports: [{ protocol: 'TCP', port: 10255 }] });
  });
});

test('it may look at nodes and pods, and at the metrics of kubelets, but not through them', () => {
  const role = metricsServer().one('ClusterRole', 'system:metrics-server');
  expect(verbsOn(role, '', 'nodes')).toEqual(['list', 'watch']);
  expect(verbsOn(role, '', 'pods')).toEqual(['list', 'watch']);
  expect(verbsOn(role, '', 'nodes/metrics')).toEqual(['get']);
  expect(role.rules.flatMap((rule: Json) => rule.resources)).not.toContain('nodes/proxy');
});

test('it learns from kube-system how the API server proves itself, wherever it runs', () => {
  const binding = metricsServer().one('RoleBinding', 'metrics-server-auth-reader');
  expect(binding.metadata.namespace).toBe('kube-system');
  expect(binding.roleRef).toMatchObject({ kind: 'Role', name: 'extension-apiserver-authentication-reader' });
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'metrics-server', namespace: 'metrics-server' }]);
});

test('whoever may view a namespace may see what its pods use', () => {
  const role = metricsServer().one('ClusterRole', 'system:aggregated-metrics-reader');
  for (const who of ['view', 'edit', 'admin']) expect(role.metadata.labels).toHaveProperty([`rbac.authorization.k8s.io/aggregate-to-${who}`], 'true');
  expect(verbsOn(role, 'metrics.k8s.io', 'pods')).toEqual(['get', 'list', 'watch']);
});

test('it lives in its own restricted namespace, or in the one it is given', () => {
  expect(metricsServer().one('Namespace', 'metrics-server').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  const app = new App();
  class Base extends Component {}
  const namespace = new SystemNamespace(new Base(app, 'base', { version: '1' }), 'monitoring');
  const given = objectsOf(new MetricsServer(app, 'metrics-server', { certificates: recordingIssuer().issuer, namespace }));
  expect(given.ofKind('Namespace')).toEqual([]);
  expect(given.one('APIService', 'v1beta1.metrics.k8s.io').spec.service.namespace).toBe('monitoring');
});

test('with a real issuer it waits for it, and its pods for their certificate', () => {
  const app = new App();
  const certificates = new CertManager(app, 'cert-manager');
  const server = new MetricsServer(app, 'metrics-server', { certificates });
  expect(server.requires).toEqual(['cert-manager']);
  const { one } = objectsOf(server);
  expect(one('Certificate', 'metrics-server').spec.dnsNames).toContain('metrics-server.metrics-server.svc');
  expect(one('APIService', 'v1beta1.metrics.k8s.io').metadata.annotations).toEqual({ 'cert-manager.io/inject-ca-from': 'metrics-server/metrics-server' });
});

test('the image is the released one', () => {
  const { component, all } = metricsServer();
  expect(imagesOf(component).map((use) => use.reference)).toEqual(['registry.k8s.io/metrics-server/metrics-server:v0.9.0']);
  expect(stringsOf(all).filter((text) => text.includes('staging'))).toEqual([]);
});

test('policies find nothing but a token, and a namespace without a quota, for which there are reasons', () => {
  expect(judged(metricsServer().all)).toEqual({
    open: [],
    waived: ['namespace-quota Namespace/metrics-server', 'service-account-token Deployment/metrics-server'],
    unevaluated: [],
  });
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(metricsServer().component));
  expect(text()).toBe(text());
});

test.each([
  [{ resolutionSeconds: 9 }, 'metrics-server: resolutionSeconds is 9; expected a whole number, at least 10'],
  [{ kubeletPort: 0 }, 'metrics-server: kubeletPort is 0; expected a whole number from 1 to 65535'],
  [{ replicas: 0 }, 'metrics-server/server: replicas is 0; expected a whole number, at least 1'],
])('%j is refused', (props, message) => {
  expect(() => metricsServer(props)).toThrow(message);
});
