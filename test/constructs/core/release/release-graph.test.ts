import { DuplicateObjectError, ReleaseCycleError, renderWhy } from '../../../../constructs/core/release';
import { certificate, certManager, configMap, crd, deployment, graphOf, issuer, namespace, object, rule, service, serviceAccount, webhookServer } from './objects';

const needs = (reference: string) => {
  const [name = '', other = ''] = reference.split('>');
  return object('a', 'a.io/v1', 'Thing', name, { needs: other });
};
const references = [{ group: 'a.io', kind: 'Thing', path: 'needs', target: (value: unknown) => (value ? [{ group: 'a.io', kind: 'Thing', name: String(value) }] : []) }];

describe('bad input', () => {
  test('two objects of one identity are named with both construct paths, also in different versions', () => {
    const twice = () => graphOf([object('b', 'a.io/v1', 'Thing', 'n/x'), object('a', 'a.io/v1beta1', 'Thing', 'n/x')]);
    expect(twice).toThrow(DuplicateObjectError);
    expect(twice).toThrow('Thing/n/x is declared twice: by platform/a/Thing/n/x and by platform/b/Thing/n/x.');
  });

  test('objects of one name in different groups or namespaces are different', () => {
    expect(graphOf([object('a', 'a.io/v1', 'Thing', 'n/x'), object('a', 'b.io/v1', 'Thing', 'n/x'), object('a', 'a.io/v1', 'Thing', 'm/x')]).order()).toHaveLength(3);
  });

  test('a cycle is named, with every reason and construct path, and nothing that only waits for it', () => {
    let error: unknown;
    try {
      graphOf([needs('after>one'), needs('one>two'), needs('two>three'), needs('three>one'), needs('before')], [], { references });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ReleaseCycleError);
    expect((error as ReleaseCycleError).steps.map(({ from, to, path, reason }) => [from, to, path, reason])).toEqual([
      ['Thing/one', 'Thing/two', 'platform/a/Thing/one', { kind: 'reference', detail: 'needs' }],
      ['Thing/two', 'Thing/three', 'platform/a/Thing/two', { kind: 'reference', detail: 'needs' }],
      ['Thing/three', 'Thing/one', 'platform/a/Thing/three', { kind: 'reference', detail: 'needs' }],
    ]);
    expect((error as ReleaseCycleError).message).toContain('Thing/one (platform/a/Thing/one)\n    waits for Thing/two: it refers to that [needs]');
  });

  test('manifests of the wrong shape bring no edges and no exception', () => {
    const spec = { template: 7, selector: [], rules: 'x', conversion: [] };
    const kinds = [
      ['apps/v1', 'Deployment'], ['batch/v1', 'CronJob'], ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
      ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'], ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ] as const;
    const graph = graphOf(kinds.map(([apiVersion, kind]) => object('a', apiVersion, kind, 'x', { spec, webhooks: [3], subjects: [null], roleRef: 'r' })));
    expect(graph.order()).toHaveLength(kinds.length);
  });
});

describe('order', () => {
  test('between objects that do not wait for each other: component by what it requires, kind, name', () => {
    const components = [{ id: 'z', requires: [] }, { id: 'a', requires: ['z'] }];
    const graph = graphOf([configMap('a', 'c'), service('z', 's', {}), serviceAccount('z', 'b'), serviceAccount('z', 'a'), namespace('a', 'n')], components);
    expect(graph.order().map((node) => graph.nameOf(node))).toEqual(['ServiceAccount/a', 'ServiceAccount/b', 'Service/s', 'Namespace/n', 'ConfigMap/c']);
  });
});

const platform = [
  ...certManager(),
  ...webhookServer('kserve', { rules: [rule('serving.kserve.io', '*')], annotations: { 'cert-manager.io/inject-ca-from': 'kserve/serving' } }),
  issuer('kserve', 'kserve/self'), certificate('kserve', 'kserve/serving', 'tls', { name: 'self' }), crd('kserve', 'serving.kserve.io', 'InferenceService', 'inferenceservices'),
  object('apps', 'serving.kserve.io/v1beta1', 'InferenceService', 'apps/model'), namespace('apps', 'apps'),
];

describe('why', () => {
  test('as data: longest chain first, each object explained once', () => {
    const why = graphOf(platform).why('InferenceService/apps/model');
    const layers = why.waitsFor.map(({ on }) => on.layer);
    expect(layers).toEqual([...layers].sort((a, b) => b - a));
    expect(why.waitsFor[0]?.on.object).toBe('ValidatingWebhookConfiguration/kserve');
    const explained: string[] = [];
    const walk = (at: typeof why): void => {
      if (!at.above) explained.push(at.object);
      at.waitsFor.forEach(({ on }) => walk(on));
    };
    walk(why);
    expect(new Set(explained).size).toBe(explained.length);
    expect(explained).toContain('Deployment/cert-manager/controller');
  });

  test('as text: a tree down to what waits for nothing, each reason in plain words', () => {
    const why = graphOf([deployment('a', 'a/d', { serviceAccountName: 'sa', volumes: [{ configMap: { name: 'c' } }] }), configMap('a', 'a/c'), serviceAccount('a', 'a/sa'), namespace('a', 'a')]).why('Deployment/a/d');
    expect(renderWhy(why)).toBe(`Deployment/a/d (platform/a/Deployment/a/d)
├─ ServiceAccount/a/sa: its pods run as that account [spec.template.spec.serviceAccountName]
│  └─ Namespace/a: it lives in that namespace [metadata.namespace]
├─ ConfigMap/a/c: its pods use that [spec.template.spec.volumes[0].configMap.name]
│  └─ Namespace/a: it lives in that namespace [metadata.namespace] (above)
└─ Namespace/a: it lives in that namespace [metadata.namespace] (above)
`);
  });

  test('an object that waits for nothing says so', () => {
    expect(renderWhy(graphOf(platform).why('Namespace/apps'))).toBe('Namespace/apps (platform/apps/Namespace/apps)\nwaits for nothing\n');
  });
});

describe('release.json', () => {
  test('has the objects in order, each with its edges and reasons, what was left out and what is expected', () => {
    const json = graphOf([deployment('a', 'a/d', { volumes: [{ configMap: { name: 'c' } }] }), configMap('a', 'a/c'), namespace('a', 'a')]).toJSON();
    expect(json.objects.map(({ object: name, waitsFor }) => [name, waitsFor])).toEqual([
      ['Namespace/a', []],
      ['ConfigMap/a/c', [{ object: 'Namespace/a', apiVersion: 'v1', reasons: [{ kind: 'namespace', detail: 'metadata.namespace' }] }]],
      ['Deployment/a/d', [
        { object: 'Namespace/a', apiVersion: 'v1', reasons: [{ kind: 'namespace', detail: 'metadata.namespace' }], implied: true },
        { object: 'ConfigMap/a/c', apiVersion: 'v1', reasons: [{ kind: 'pod-reference', detail: 'spec.template.spec.volumes[0].configMap.name' }] },
      ]],
    ]);
    expect(json.external).toEqual([
      { object: 'ServiceAccount/a/default', group: '', neededBy: 'Deployment/a/d', reason: { kind: 'service-account', detail: 'spec.template.spec.serviceAccountName' } },
    ]);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});
