import { configMap, externalNames, graphOf, namespace, waitsFor } from '../objects';

describe('namespace before what lives in it', () => {
  test('an object waits for the namespace it is in, whichever component declares it', () => {
    const graph = graphOf([configMap('a', 'apps/c'), namespace('z', 'apps'), namespace('z', 'other')]);
    expect(waitsFor(graph, 'ConfigMap/apps/c')).toEqual(['namespace: Namespace/apps [metadata.namespace]']);
    expect(waitsFor(graph, 'Namespace/apps')).toEqual([]);
  });

  test('a namespace that is not there is expected on the cluster', () => {
    expect(externalNames(graphOf([configMap('a', 'kube-system/c')]))).toEqual(['ConfigMap/kube-system/c -> Namespace/kube-system']);
  });
});
