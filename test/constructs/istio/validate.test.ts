import { InvalidInputError } from '../../../constructs/core';
import type { IstioProps } from '../../../constructs/istio';
import { synthesized } from './harness';

const authorizer = (name: string, port = 80) => ({ name, envoyExtAuthzHttp: { service: 'a.b.svc.cluster.local', port } });

const WRONG: readonly [string, IstioProps, RegExp][] = [
  ['trustDomain', { trustDomain: 'Not A Domain' }, /'Not A Domain'; expected a domain/],
  ['clusterDomain', { clusterDomain: '.local' }, /expected a domain/],
  ['logLevel', { logLevel: 'loud' }, /scopes with levels/],
  ['ingress.hosts', { ingress: { hosts: [] } }, /at least one host/],
  ['ingress.hosts[1]', { ingress: { hosts: ['*.example.com', 'a.*.com'] } }, /'a\.\*\.com'/],
  ['metadata.name', { ingress: { tls: { secretName: 'Upper' } } }, /ingress\.tls\.secretName.*'Upper'/],
  ['ingress.gatewayNamespace', { ingress: { gatewayNamespace: 'a_b' } }, /a DNS label/],
  ['sidecar.visibleNamespaces[0]', { sidecar: { visibleNamespaces: ['*'] } }, /a DNS label/],
  ['cni.binDir', { cni: { binDir: 'opt/cni' } }, /an absolute path/],
  ['cni.namespace', { cni: { namespace: 'kube-system' } }, /a namespace of its own/],
  ['meshConfig.extensionProviders[1].name', { meshConfig: { extensionProviders: [authorizer('a'), authorizer('a')] } }, /no other provider has/],
  ['meshConfig.extensionProviders[0].port', { meshConfig: { extensionProviders: [authorizer('a', 70_000)] } }, /70000; expected a port/],
  ['meshConfig.defaultProviders.tracing', { meshConfig: { defaultProviders: { tracing: ['otel'] } } }, /'otel'; expected one of 'prometheus'/],
  ['meshConfig.defaultConfig.tracing.sampling', { meshConfig: { defaultConfig: { tracing: { sampling: 101 } } } }, /0 to 100/],
  ['autoscaling.maxReplicas', { controlPlane: { autoscaling: { minReplicas: 3, maxReplicas: 2 } } }, /at least minReplicas \(3\)/],
  ['autoscaling.minReplicas', { clusterLocal: { autoscaling: { minReplicas: 1.5 } } }, /a whole number/],
  ['resources.cpu', { controlPlane: { resources: { cpu: { request: 'half' }, memory: { request: '1Gi' } } } }, /a Kubernetes quantity/],
];

test.each(WRONG)('%s that cannot be right is refused, with what would be', (property, props, message) => {
  const attempt = () => synthesized(props);
  expect(attempt).toThrow(InvalidInputError);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(expect.objectContaining({ input: expect.objectContaining({ property, where: expect.stringContaining('istio') }) }));
});

test('what is right is not refused', () => {
  const props: IstioProps = {
    trustDomain: 'corp.example.com',
    logLevel: 'default:info,ads:debug',
    ingress: { hosts: ['*', '*.example.com', './kubeflow.example.com'.slice(2)] },
    meshConfig: { extensionProviders: [authorizer('oauth2-proxy')], defaultProviders: { tracing: ['oauth2-proxy'], accessLogging: ['envoy'] } },
  };
  expect(() => synthesized(props)).not.toThrow();
});
