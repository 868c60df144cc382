import { App } from 'cdk8s';
import { componentsOf, InvalidInputError, synthesize } from '../../../constructs/core';
import { existingGatewayApi, GATEWAY_API_VERSION, GatewayApi } from '../../../constructs/gateway-api';

const app = new App();
const component = new GatewayApi(app, 'gateway-api');
const crds = synthesize(app).map(({ manifest }) => manifest);

test('installs the standard channel', () => {
  expect(crds.map(({ metadata }) => metadata.name)).toEqual(
    ['backendtlspolicies', 'gatewayclasses', 'gateways', 'grpcroutes', 'httproutes', 'referencegrants'].map((plural) => `${plural}.gateway.networking.k8s.io`),
  );
});

test('every CRD says what implementations and the API server ask for', () => {
  for (const { metadata } of crds) {
    expect(metadata.annotations).toEqual({
      'api-approved.kubernetes.io': expect.stringContaining('gateway-api/pull/'),
      'gateway.networking.k8s.io/bundle-version': 'v1.4.0',
      'gateway.networking.k8s.io/channel': 'standard',
    });
  }
});

test('the policy kind is labelled as one', () => {
  expect(crds.filter(({ metadata }) => metadata.labels?.['gateway.networking.k8s.io/policy']).map(({ metadata }) => metadata.name)).toEqual(['backendtlspolicies.gateway.networking.k8s.io']);
});

test('it is a component of a version, for others to be given', () => {
  expect(componentsOf(app)).toMatchObject([{ id: 'gateway-api', version: GATEWAY_API_VERSION, requires: [] }]);
  expect(component).toMatchObject({ gatewayApiVersion: '1.4.0', providedBy: component });
});

test('an existing one is taken at its version', () => {
  expect(existingGatewayApi('v1.3.0')).toEqual({ gatewayApiVersion: '1.3.0' });
});

test.each(['1.1.0', '0.8.1', '2.0.0', 'latest', ''])('an existing one of version %j is refused', (version) => {
  expect(() => existingGatewayApi(version)).toThrow(InvalidInputError);
});
