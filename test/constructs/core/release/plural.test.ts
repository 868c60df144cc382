import { guessPlural } from '../../../../constructs/core/release/plural';

test.each([
  ['Pod', 'pods'],
  ['NetworkPolicy', 'networkpolicies'],
  ['Ingress', 'ingresses'],
  ['StorageClass', 'storageclasses'],
  ['Endpoints', 'endpoints'],
  ['EndpointSlice', 'endpointslices'],
  ['APIService', 'apiservices'],
  ['Gateway', 'gateways'],
])('%s is %s', (kind, plural) => {
  expect(guessPlural(kind)).toBe(plural);
});
