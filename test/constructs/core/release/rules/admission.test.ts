import { renderWhy } from '../../../../../constructs/core/release';
import { certManager, certificate, configMap, crd, dependencyNames, deployment, graphOf, issuer, namespace, object, rule, skippedNames, waitsFor, webhook, webhookServer } from '../objects';

const CONFIG = 'ValidatingWebhookConfiguration/hook';
const admitted = (objects: Parameters<typeof graphOf>[0], reference: string) => dependencyNames(graphOf(objects), reference, 'admission').includes(CONFIG);

describe('what a webhook is asked about waits for it', () => {
  test('a workload whose pods it admits, and so through it for the Deployment that answers', () => {
    const graph = graphOf([...webhookServer('hook'), deployment('apps', 'apps/d')]);
    expect(waitsFor(graph, 'Deployment/apps/d')).toContain(`admission: ${CONFIG} [webhooks[0].rules[0]]`);
    const names = graph.order().map((node) => graph.nameOf(node));
    expect(names.indexOf('Deployment/hook/hook')).toBeLessThan(names.indexOf(CONFIG));
    expect(names.indexOf(CONFIG)).toBeLessThan(names.indexOf('Deployment/apps/d'));
  });

  const pods = { spec: { template: { metadata: { labels: {} }, spec: {} } } };
  test.each([
    ['apps', 'replicasets', object('a', 'apps/v1', 'Deployment', 'a/x', pods)],
    ['', 'pods', object('a', 'batch/v1', 'Job', 'a/x', pods)],
    ['batch', 'jobs', object('a', 'batch/v1', 'CronJob', 'a/x', { spec: { jobTemplate: pods } })],
    ['', 'pods', object('a', 'batch/v1', 'CronJob', 'a/x', { spec: { jobTemplate: pods } })],
    ['', 'persistentvolumeclaims', object('a', 'apps/v1', 'StatefulSet', 'a/x', { spec: { ...pods.spec, volumeClaimTemplates: [{ metadata: { name: 'd' } }] } })],
    ['batch', 'jobs', object('a', 'jobset.x-k8s.io/v1alpha2', 'JobSet', 'a/x', { spec: { replicatedJobs: [{ template: pods }] } })],
  ])('a webhook on %s/%s is asked about what %o makes', (group, resource, owner) => {
    expect(admitted([...webhookServer('hook', { rules: [rule(group, resource)] }), owner], `${owner.manifest.kind}/a/x`)).toBe(true);
    expect(admitted([...webhookServer('hook', { rules: [rule(group, 'secrets')] }), owner], `${owner.manifest.kind}/a/x`)).toBe(false);
  });

  test('the resource name of a custom kind is the plural of its CRD', () => {
    const objects = [crd('a', 'a.io', 'Sheep', 'flocks'), object('a', 'a.io/v1', 'Sheep', 'a/s')];
    expect(admitted([...webhookServer('hook', { rules: [rule('a.io', 'flocks')] }), ...objects], 'Sheep/a/s')).toBe(true);
    expect(admitted([...webhookServer('hook', { rules: [rule('a.io', 'sheeps')] }), ...objects], 'Sheep/a/s')).toBe(false);
  });

  test.each([
    ['*', '*', {}, true],
    ['', '*/*', {}, true],
    ['', 'configmaps/status', {}, false],
    ['', 'configmaps', { operations: ['UPDATE'] }, true],
    ['', 'configmaps', { operations: ['*'] }, true],
    ['', 'configmaps', { operations: ['DELETE', 'CONNECT'] }, false],
    ['', 'configmaps', { scope: 'Namespaced' }, true],
    ['', 'configmaps', { scope: 'Cluster' }, false],
    ['apps', 'configmaps', {}, false],
  ])('rule %s/%s %o on a ConfigMap: %s', (group, resource, rest, expected) => {
    expect(admitted([...webhookServer('hook', { rules: [rule(group, resource, rest)] }), configMap('a', 'a/c')], 'ConfigMap/a/c')).toBe(expected);
  });

  test.each([
    [undefined, true],
    ['Equivalent', true],
    ['Exact', false],
  ])('matchPolicy %s with a rule for another version: %s', (matchPolicy, expected) => {
    const objects = [...webhookServer('hook', { rules: [rule('a.io', 'things')], rest: { matchPolicy } }), crd('a', 'a.io', 'Thing', 'things'), object('a', 'a.io/v2', 'Thing', 'a/t')];
    expect(admitted(objects, 'Thing/a/t')).toBe(expected);
  });

  test.each([
    [{ matchLabels: { inject: 'on' } }, true],
    [{ matchLabels: { inject: 'off' } }, false],
    [{ matchExpressions: [{ key: 'inject', operator: 'In', values: ['on', 'yes'] }] }, true],
    [{ matchExpressions: [{ key: 'inject', operator: 'NotIn', values: ['on'] }] }, false],
    [{ matchExpressions: [{ key: 'absent', operator: 'NotIn', values: ['on'] }] }, true],
    [{ matchExpressions: [{ key: 'inject', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'inject', operator: 'DoesNotExist' }] }, false],
  ])('namespace or object selector %o: %s', (selector, expected) => {
    const labels = { inject: 'on' };
    const byNamespace = [...webhookServer('hook', { rest: { namespaceSelector: selector } }), namespace('a', 'a', labels), deployment('a', 'a/d')];
    const byObject = [...webhookServer('hook', { rest: { objectSelector: selector } }), deployment('a', 'a/d', {}, labels)];
    expect(admitted(byNamespace, 'Deployment/a/d')).toBe(expected);
    expect(admitted(byObject, 'Deployment/a/d')).toBe(expected);
  });

  test('every namespace has its name as a label, also one that is not there', () => {
    const rest = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a' } } };
    const objects = [...webhookServer('hook', { rest }), namespace('b', 'b'), deployment('a', 'a/d'), deployment('b', 'b/d')];
    expect(admitted(objects, 'Deployment/a/d')).toBe(true);
    expect(admitted(objects, 'Deployment/b/d')).toBe(false);
  });

  test('Namespaces are selected by their own labels, other cluster-scoped objects always', () => {
    const rest = { namespaceSelector: { matchLabels: { team: 'x' } } };
    const objects = [
      ...webhookServer('hook', { rules: [rule('*', '*')], rest }), namespace('a', 'a', { team: 'x' }), namespace('b', 'b'),
      object('a', 'rbac.authorization.k8s.io/v1', 'ClusterRole', 'r'),
    ];
    expect(admitted(objects, 'Namespace/a')).toBe(true);
    expect(admitted(objects, 'Namespace/b')).toBe(false);
    expect(admitted(objects, 'ClusterRole/r')).toBe(true);
  });

  test('webhook configurations are asked about by nobody', () => {
    const graph = graphOf([...webhookServer('hook', { rules: [rule('*', '*')] }), webhook('z', 'z', { rules: [] })]);
    expect(waitsFor(graph, 'ValidatingWebhookConfiguration/z')).toEqual([]);
    expect(waitsFor(graph, CONFIG).filter((line) => line.startsWith('admission'))).toEqual([]);
  });
});

describe('what a webhook needs does not wait for it', () => {
  const everything = { rules: [rule('*', '*')] };

  test('its namespace, Service and Deployment', () => {
    const graph = graphOf([...webhookServer('hook', everything), configMap('a', 'a/c')]);
    expect(skippedNames(graph).sort()).toEqual([
      `Deployment/hook/hook -x-> ${CONFIG}`, `Namespace/hook -x-> ${CONFIG}`, `Service/hook/hook -x-> ${CONFIG}`,
    ]);
    expect(dependencyNames(graph, 'ConfigMap/a/c')).toEqual([CONFIG]);
  });

  test('what those need: the Certificate, its issuer, all of cert-manager', () => {
    const graph = graphOf([
      ...certManager(), ...webhookServer('hook', { ...everything, annotations: { 'cert-manager.io/inject-ca-from': 'hook/serving' } }),
      certificate('hook', 'hook/serving', 'tls', { name: 'ca' }), issuer('hook', 'hook/ca'), issuer('apps', 'apps/other'),
    ]);
    const skipped = skippedNames(graph);
    for (const needed of ['Certificate/hook/serving', 'Issuer/hook/ca', 'Deployment/cert-manager/controller', 'CustomResourceDefinition/certificates.cert-manager.io']) {
      expect(skipped).toContain(`${needed} -x-> ${CONFIG}`);
    }
    expect(dependencyNames(graph, 'Issuer/apps/other', 'admission')).toContain(CONFIG);
    expect(dependencyNames(graph, 'Certificate/hook/serving', 'admission')).toEqual(['ValidatingWebhookConfiguration/cert-manager']);
  });

  test('two webhooks on everything do not wait for each other in a circle', () => {
    const graph = graphOf([...webhookServer('left', everything), ...webhookServer('right', everything), configMap('a', 'a/c')]);
    expect(dependencyNames(graph, 'ConfigMap/a/c')).toEqual(['ValidatingWebhookConfiguration/left', 'ValidatingWebhookConfiguration/right']);
    expect(dependencyNames(graph, 'Deployment/right/right', 'admission')).toEqual(['ValidatingWebhookConfiguration/left']);
    expect(dependencyNames(graph, 'Deployment/left/left', 'admission')).toEqual([]);
  });

  test('a skipped edge says what goes the other way', () => {
    const graph = graphOf(webhookServer('hook', everything));
    const [skipped] = graph.skippedFrom('Deployment/hook/hook');
    expect(skipped?.because.map(({ from, to }) => `${from} > ${to}`)).toEqual([`${CONFIG} > Deployment/hook/hook`]);
    expect(renderWhy(graph.why('Deployment/hook/hook'), graph.skippedFrom('Deployment/hook/hook'))).toMatch(
      /does not wait for ValidatingWebhookConfiguration\/hook[^]*ValidatingWebhookConfiguration\/hook waits for Deployment\/hook\/hook: its calls are answered by that/,
    );
  });
});

describe('a webhook that is passed over while nobody answers', () => {
  test('is waited for all the same', () => {
    const graph = graphOf([...webhookServer('hook', { rest: { failurePolicy: 'Ignore' } }), deployment('a', 'a/d')]);
    expect(dependencyNames(graph, 'Deployment/a/d', 'admission')).toEqual([CONFIG]);
  });

  test('but gives way to one that rejects', () => {
    // By rank `a-ignore` would be settled first, and `z-fail` would then have to give way to it.
    const graph = graphOf([...webhookServer('a-ignore', { rest: { failurePolicy: 'Ignore' } }), ...webhookServer('z-fail')]);
    expect(dependencyNames(graph, 'Deployment/a-ignore/a-ignore', 'admission')).toEqual(['ValidatingWebhookConfiguration/z-fail']);
    expect(dependencyNames(graph, 'Deployment/z-fail/z-fail', 'admission')).toEqual([]);
  });
});
