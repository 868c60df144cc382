import { configMap, crd, deployment, graphOf, namespace, object, waitsFor } from '../objects';

describe('policies, quotas and limits before what runs in their namespace', () => {
  const guards = [
    object('z', 'networking.k8s.io/v1', 'NetworkPolicy', 'a/deny'), object('z', 'v1', 'ResourceQuota', 'a/quota'), object('z', 'v1', 'LimitRange', 'a/limits'),
    object('z', 'networking.k8s.io/v1', 'NetworkPolicy', 'b/deny'),
  ];
  const expected = ['guard: ResourceQuota/a/quota [metadata.namespace]', 'guard: LimitRange/a/limits [metadata.namespace]', 'guard: NetworkPolicy/a/deny [metadata.namespace]'];

  test('pods, and custom resources that may make pods, wait for those of their namespace', () => {
    const graph = graphOf([...guards, deployment('a', 'a/d'), crd('a', 'a.io', 'Job', 'jobs'), object('b', 'a.io/v1', 'Job', 'a/j'), configMap('a', 'a/c')]);
    expect(waitsFor(graph, 'Deployment/a/d')).toEqual(expected);
    expect(waitsFor(graph, 'Job/a/j').filter((line) => line.startsWith('guard'))).toEqual(expected);
    expect(waitsFor(graph, 'ConfigMap/a/c')).toEqual([]);
  });

  test('many policies and many pods: edges add', () => {
    const policies = Array.from({ length: 100 }, (_, i) => object('z', 'networking.k8s.io/v1', 'NetworkPolicy', `a/p${i}`));
    const graph = graphOf([namespace('a', 'a'), ...policies, ...Array.from({ length: 100 }, (_, i) => deployment('a', `a/d${i}`))]);
    expect(graph.edges.filter(({ reason }) => reason.kind === 'guard')).toHaveLength(200);
  });
});
