import { crd, externalNames, graphOf, object, waitsFor } from '../objects';

describe('CRD before its custom resources', () => {
  test('matches group and kind, whatever the version', () => {
    const graph = graphOf([
      object('b', 'example.com/v1beta1', 'Gateway', 'g'),
      object('b', 'other.com/v1', 'Gateway', 'h'),
      crd('z', 'example.com', 'Gateway', 'gateways'),
    ]);
    expect(waitsFor(graph, 'Gateway/g')).toEqual(['definition: CustomResourceDefinition/gateways.example.com [apiVersion, kind]']);
    expect(waitsFor(graph, 'Gateway/h')).toEqual([]);
  });

  test('a custom resource without its CRD expects it on the cluster; built-in kinds do not', () => {
    const graph = graphOf([
      object('b', 'example.com/v1', 'Policy', 'p'),
      object('b', 'storage.k8s.io/v1', 'StorageClass', 's'),
    ]);
    expect(externalNames(graph)).toEqual(['Policy/p -> CustomResourceDefinition/policies.example.com']);
  });

  test('a kind of an aggregated API has no CRD', () => {
    const graph = graphOf([
      object('b', 'metrics.example.com/v1', 'Sample', 's'),
      object('b', 'apiregistration.k8s.io/v1', 'APIService', 'v1.metrics.example.com', {
        spec: { group: 'metrics.example.com', version: 'v1', service: { namespace: 'm', name: 'm' } },
      }),
    ]);
    expect(externalNames(graph)).toEqual(['APIService/v1.metrics.example.com -> Service/m/m']);
    expect(waitsFor(graph, 'Sample/s')).toEqual(['api: APIService/v1.metrics.example.com [apiVersion]']);
  });
});
