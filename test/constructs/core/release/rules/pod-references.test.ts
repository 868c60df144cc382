import { certificate, certManager, configMap, dependencyNames, deployment, externalNames, graphOf, issuer, object, serviceAccount, skippedNames, waitsFor } from '../objects';

const secret = (id: string) => object('z', 'v1', 'Secret', id);

describe('what pods use, before the pods', () => {
  const secretSpecs: [string, Record<string, unknown>, string][] = [
    ['volume', { volumes: [{}, { secret: { secretName: 's' } }] }, 'volumes[1].secret.secretName'],
    ['projected volume', { volumes: [{ projected: { sources: [{ secret: { name: 's' } }] } }] }, 'volumes[0].projected.sources[0].secret.name'],
    ['CSI volume', { volumes: [{ csi: { driver: 'd', nodePublishSecretRef: { name: 's' } } }] }, 'volumes[0].csi.nodePublishSecretRef.name'],
    ['environment variable', { containers: [{ env: [{ valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] }, 'containers[0].env[0].valueFrom.secretKeyRef.name'],
    ['environment of an init container', { initContainers: [{ envFrom: [{ secretRef: { name: 's' } }] }] }, 'initContainers[0].envFrom[0].secretRef.name'],
    ['image pull secret', { imagePullSecrets: [{ name: 's' }] }, 'imagePullSecrets[0].name'],
  ];
  test.each(secretSpecs)('Secret in a %s', (_, podSpec, path) => {
    const graph = graphOf([deployment('a', 'a/d', podSpec), secret('a/s'), secret('b/s')]);
    expect(waitsFor(graph, 'Deployment/a/d')).toEqual([`pod-reference: Secret/a/s [spec.template.spec.${path}]`]);
  });

  test('ConfigMaps, claims, priority and runtime classes, ServiceAccount', () => {
    const graph = graphOf([
      deployment('a', 'a/d', {
        serviceAccountName: 'sa', priorityClassName: 'p', runtimeClassName: 'r',
        volumes: [{ configMap: { name: 'c' } }, { persistentVolumeClaim: { claimName: 'v' } }],
        containers: [{ envFrom: [{ configMapRef: { name: 'e' } }], env: [{ valueFrom: { configMapKeyRef: { name: 'k', key: 'x' } } }] }],
      }),
      ...['c', 'e', 'k', 'unused'].map((name) => configMap('a', `a/${name}`)),
      object('a', 'v1', 'PersistentVolumeClaim', 'a/v'), object('a', 'scheduling.k8s.io/v1', 'PriorityClass', 'p'),
      object('a', 'node.k8s.io/v1', 'RuntimeClass', 'r'), serviceAccount('a', 'a/sa'),
    ]);
    expect(dependencyNames(graph, 'Deployment/a/d').sort()).toEqual([
      'ConfigMap/a/c', 'ConfigMap/a/e', 'ConfigMap/a/k', 'PersistentVolumeClaim/a/v', 'PriorityClass/p', 'RuntimeClass/r', 'ServiceAccount/a/sa',
    ]);
  });

  test('a Secret written by a Certificate counts as there once the Certificate is', () => {
    const graph = graphOf([...certManager(), deployment('a', 'a/d', { volumes: [{ secret: { secretName: 'tls' } }] }), certificate('z', 'a/cert', 'tls', { name: 'i' }), issuer('z', 'a/i')]);
    expect(waitsFor(graph, 'Deployment/a/d')).toEqual(['produced: Certificate/a/cert [spec.template.spec.volumes[0].secret.secretName -> spec.secretName]']);
    expect(externalNames(graph)).not.toContain('Deployment/a/d -> Secret/a/tls');
  });

  test('what is not there is expected on the cluster, unless it is optional or comes with Kubernetes', () => {
    const graph = graphOf([
      object('a', 'v1', 'Pod', 'a/p', {
        spec: { priorityClassName: 'system-node-critical', volumes: [{ secret: { secretName: 's' } }, { configMap: { name: 'c', optional: true } }] },
      }),
    ]);
    expect(externalNames(graph).sort()).toEqual(['Pod/a/p -> Namespace/a', 'Pod/a/p -> Secret/a/s', 'Pod/a/p -> ServiceAccount/a/default']);
  });

  test('an optional reference is waited for, but gives way to a cycle', () => {
    const optional = { volumes: [{ secret: { secretName: 'own', optional: true } }] };
    const controller = deployment('cert-manager', 'cert-manager/webhook', optional);
    const objects = [...certManager().filter(({ path }) => path !== controller.path), controller];
    expect(dependencyNames(graphOf([...objects, secret('cert-manager/own')]), 'Deployment/cert-manager/webhook')).toContain('Secret/cert-manager/own');
    const cyclic = graphOf([...objects, certificate('b', 'cert-manager/own', 'own', { name: 'i' })]);
    expect(skippedNames(cyclic)).toContain('Deployment/cert-manager/webhook -x-> Certificate/cert-manager/own');
    expect(dependencyNames(cyclic, 'Certificate/cert-manager/own', 'controller')).toContain('Deployment/cert-manager/webhook');
  });

  test('an optional and a required reference to one object make a required one', () => {
    const both = { volumes: [{ secret: { secretName: 's', optional: true } }, { secret: { secretName: 's' } }] };
    const graph = graphOf([deployment('a', 'a/d', both)]);
    expect(externalNames(graph)).toContain('Deployment/a/d -> Secret/a/s');
  });

  test('all templates of a JobSet count', () => {
    const job = (name: string) => ({ template: { spec: { template: { spec: { volumes: [{ configMap: { name } }] } } } } });
    const graph = graphOf([object('a', 'jobset.x-k8s.io/v1alpha2', 'JobSet', 'a/j', { spec: { replicatedJobs: [job('x'), job('y')] } }), configMap('a', 'a/x'), configMap('a', 'a/y')]);
    expect(waitsFor(graph, 'JobSet/a/j')).toEqual([
      'pod-reference: ConfigMap/a/x [spec.replicatedJobs[0].template.spec.template.spec.volumes[0].configMap.name]',
      'pod-reference: ConfigMap/a/y [spec.replicatedJobs[1].template.spec.template.spec.volumes[0].configMap.name]',
    ]);
  });
});
