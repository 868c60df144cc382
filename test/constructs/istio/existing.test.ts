import { existingIstio, type ExistingIstioProps } from '../../../constructs/istio';

const props: ExistingIstioProps = {
  version: '1.28.0',
  ingressGateway: { gateway: 'edge/public', service: 'public-gateway', namespace: 'edge', pods: { app: 'public' } },
  clusterLocalGateway: { gateway: 'istio-system/cluster-local-gateway', service: 'cluster-local-gateway', pods: { istio: 'cluster-local-gateway' } },
};

test('is a mesh that nothing waits for', () => {
  const mesh = existingIstio(props);
  expect(mesh.providedBy).toBeUndefined();
  expect(mesh).toEqual({
    meshVersion: '1.28.0',
    controlPlaneNamespace: 'istio-system',
    trustDomain: 'cluster.local',
    ingressGateway: { gateway: 'edge/public', service: 'public-gateway', namespace: 'edge', pods: { app: 'public' } },
    clusterLocalGateway: { gateway: 'istio-system/cluster-local-gateway', service: 'cluster-local-gateway', namespace: 'istio-system', pods: { istio: 'cluster-local-gateway' } },
  });
});

test.each([['1.26.0', '1.26.0'], ['1.30.1', '1.30.1'], ['v1.31.0', '1.31.0']])('accepts %s', (version, meshVersion) => {
  expect(existingIstio({ ...props, version }).meshVersion).toBe(meshVersion);
});

test.each(['1.25.9', '2.0.0', '1.30', 'latest', '1.30.1-alpha.0'])('refuses %s', (version) => {
  expect(() => existingIstio({ ...props, version })).toThrow(`existingIstio: version is '${version}'; expected a release of Istio 1.x, 1.26.0 or later`);
});

test('refuses a gateway without its namespace', () => {
  expect(() => existingIstio({ ...props, ingressGateway: { ...props.ingressGateway, gateway: 'public' } })).toThrow(/ingressGateway\.gateway is 'public'/);
});
