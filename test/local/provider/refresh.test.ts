import { importedInputs, liveInputs } from '../../../local/provider/refresh';
import type { LiveObject } from '../../../components/apiserver/objects';

const ours = (fieldsV1: object) => ({ manager: 'kubeflow-cdk', operation: 'Apply' as const, fieldsV1: JSON.parse(JSON.stringify(fieldsV1)) });
const inputs = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x', namespace: 'ns', labels: { a: 'b' } },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'main', image: 'a', resources: { limits: { cpu: '1000m' } }, args: ['--x'], ports: [{ containerPort: 80 }] }] } } },
};
const owned = {
  'f:metadata': { 'f:labels': { 'f:a': {} } },
  'f:spec': { 'f:replicas': {}, 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"main"}': {
    '.': {}, 'f:name': {}, 'f:image': {}, 'f:args': {}, 'f:resources': { 'f:limits': { 'f:cpu': {} } },
    'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
  } } } } },
};
const cluster = (change: (spec: Pick<typeof inputs.spec, 'replicas'> & { template: { spec: { containers: object[] } } }) => object = (spec) => spec, fields: object = owned): LiveObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment',
  metadata: { name: 'x', namespace: 'ns', labels: { a: 'b', injected: 'yes' }, uid: 'u', managedFields: [ours(fields)] },
  spec: { ...change({ ...inputs.spec, template: { spec: { containers: [{ ...inputs.spec.template.spec.containers[0]!, resources: { limits: { cpu: '1' } }, ports: [{ containerPort: 80, protocol: 'TCP' }] }] } } }), revisionHistoryLimit: 10 },
  status: { replicas: 1 },
});

describe('a refresh', () => {
  it('reports no change for defaults, injected fields and other ways to write the same', () => {
    expect(liveInputs(inputs, cluster())).toEqual(inputs);
  });

  it('reports no change for a sidecar that someone injected', () => {
    const withSidecar = cluster((spec) => ({ ...spec, template: { spec: { containers: [{ name: 'sidecar', image: 's' }, ...spec.template.spec.containers] } } }));
    expect(liveInputs(inputs, withSidecar)).toEqual(inputs);
  });

  it('reports a field that another manager has taken', () => {
    const fields = { ...owned, 'f:spec': { ...owned['f:spec'], 'f:replicas': undefined } };
    expect(liveInputs(inputs, cluster((spec) => ({ ...spec, replicas: 3 }), fields))).toEqual({ ...inputs, spec: { ...inputs.spec, replicas: 3 } });
  });

  it('reports a field that is gone', () => {
    const object = cluster((spec) => ({ ...spec, replicas: undefined }), { ...owned, 'f:spec': { ...owned['f:spec'], 'f:replicas': undefined } });
    expect(liveInputs(inputs, object)['spec']).not.toHaveProperty('replicas');
  });

  it('reports an element of a keyed list that is gone', () => {
    const fields = { ...owned, 'f:spec': { 'f:replicas': {}, 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"other"}': {} } } } } };
    const object = cluster((spec) => ({ ...spec, template: { spec: { containers: [{ name: 'other' }] } } }), fields);
    expect(liveInputs(inputs, object)).toMatchObject({ spec: { template: { spec: { containers: [] } } } });
  });

  it('finds stringData of a Secret again in what the server keeps', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, stringData: { a: 'one', b: 'two' } };
    const object = (data: Record<string, string>): LiveObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', managedFields: [ours({ 'f:data': { 'f:a': {}, 'f:b': {} } })] }, data });
    expect(liveInputs(secret, object({ a: 'b25l', b: 'dHdv' }))).toEqual(secret);
    expect(liveInputs(secret, object({ a: 'Y2hhbmdlZA==' }))).toEqual({ ...secret, stringData: { a: 'changed' } });
  });

  it('keeps an injected caBundle out of a webhook', () => {
    const webhook = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'x' }, webhooks: [{ name: 'a.b.c', clientConfig: { service: { name: 's', namespace: 'ns' } } }] };
    const object: LiveObject = {
      ...webhook,
      metadata: { name: 'x', managedFields: [ours({ 'f:webhooks': { 'k:{"name":"a.b.c"}': { '.': {}, 'f:name': {}, 'f:clientConfig': { 'f:service': { 'f:name': {}, 'f:namespace': {} } } } } }), { manager: 'cainjector', operation: 'Update' }] },
      webhooks: [{ name: 'a.b.c', clientConfig: { caBundle: 'Zm9v', service: { name: 's', namespace: 'ns', port: 443 } }, timeoutSeconds: 10 }],
    };
    expect(liveInputs(webhook, object)).toEqual(webhook);
  });
});

test('an import takes the object without what the server adds', () => {
  const object = cluster();
  expect(importedInputs({ ...object, metadata: { ...object.metadata, annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', keep: 'me' } } })).toEqual({
    apiVersion: 'apps/v1', kind: 'Deployment',
    metadata: { name: 'x', namespace: 'ns', labels: { a: 'b', injected: 'yes' }, annotations: { keep: 'me' } },
    spec: object['spec'],
  });
});
