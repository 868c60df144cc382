import { InvalidInputError } from '../../../constructs/core';
import { existingGatewayApi } from '../../../constructs/gateway-api';
import { at, find, kserve, MESH } from './platform';

type Given = NonNullable<Parameters<typeof kserve>[0]>;
const gatewayApi = existingGatewayApi('1.4.0');

function ingress(given: Given): Record<string, unknown> {
  return JSON.parse(String(at(find(kserve(given).manifests, 'ConfigMap', 'inferenceservice-config'), 'data', 'ingress')));
}
/** Groups of the kinds the controller may make routes of. */
function routes(given: Given): string[] {
  const rules = at(find(kserve(given).manifests, 'ClusterRole', 'kserve-manager-role'), 'rules') as { apiGroups?: string[]; resources?: string[] }[];
  return rules.flatMap(({ resources = [] }) => resources.filter((resource) => resource === 'ingresses' || resource === 'httproutes'));
}

describe('through a mesh', () => {
  test('by Ingresses of a class that Istio serves', () => {
    const { manifests } = kserve({ mesh: MESH });
    expect(ingress({ mesh: MESH, domain: 'models.example.org' })).toMatchObject({
      enableGatewayApi: false,
      ingressClassName: 'kserve',
      ingressDomain: 'models.example.org',
      ingressGateway: 'kubeflow/kubeflow-gateway',
      localGateway: 'istio-system/cluster-local-gateway',
      localGatewayService: 'cluster-local-gateway.istio-system.svc.cluster.local',
    });
    expect(at(find(manifests, 'IngressClass', 'kserve'), 'spec')).toEqual({ controller: 'istio.io/ingress-controller' });
    expect(routes({ mesh: MESH })).toEqual(['ingresses']);
  });

  test('or by HTTPRoutes on a Gateway that is the mesh\'s own gateway', () => {
    const given = { mesh: MESH, gatewayApi };
    const gateway = find(kserve(given).manifests, 'Gateway', 'kserve-ingress-gateway');
    expect(gateway.metadata.namespace).toBe('kserve');
    // An address keeps Istio from starting a gateway of its own in a namespace that would refuse it.
    expect(at(gateway, 'spec')).toMatchObject({ gatewayClassName: 'istio', addresses: [{ type: 'Hostname', value: 'istio-ingressgateway.istio-system.svc.cluster.local' }] });
    expect(ingress(given)).toMatchObject({ enableGatewayApi: true, kserveIngressGateway: 'kserve/kserve-ingress-gateway' });
    expect(routes(given)).toEqual(['httproutes']);
  });
});

describe('without a mesh', () => {
  test('by an ingress controller', () => {
    const given: Given = { ingress: { kind: 'ingress-class', className: 'nginx' } };
    expect(ingress(given)).toMatchObject({ enableGatewayApi: false, ingressClassName: 'nginx', disableIngressCreation: false });
    expect(routes(given)).toEqual(['ingresses']);
    expect(kserve(given).manifests.some(({ kind }) => kind === 'IngressClass')).toBe(false);
  });

  test('by a Gateway of the cluster', () => {
    const given: Given = { ingress: { kind: 'gateway-api', gatewayApi, gateway: { namespace: 'edge', name: 'public' } } };
    expect(ingress(given)).toMatchObject({ enableGatewayApi: true, kserveIngressGateway: 'edge/public' });
    expect(routes(given)).toEqual(['httproutes']);
  });

  test('not at all', () => {
    expect(ingress({ ingress: { kind: 'cluster-local' } })).toMatchObject({ disableIngressCreation: true });
  });

  test.each<Given>([
    { ingress: { kind: 'ingress-class', className: ' ' } },
    { ingress: { kind: 'gateway-api', gatewayApi, gateway: { namespace: 'edge', name: 'not.a.label' } } },
  ])('%j is refused: the controller would not start', (given) => {
    expect(() => kserve(given)).toThrow(InvalidInputError);
  });
});

test('the controller is always told of an Istio gateway, without which it does not start, and never to use it', () => {
  for (const given of [{ mesh: MESH }, { ingress: { kind: 'cluster-local' } }] as Given[]) {
    expect(ingress(given)).toMatchObject({ ingressGateway: expect.stringMatching(/.\/./), disableIstioVirtualHost: true });
  }
});
