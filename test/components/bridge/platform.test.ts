import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart } from 'cdk8s';
import { ClusterTarget, PlatformDeployment, asString } from '../../../components';
import { Component, DuplicateObjectError, SystemNamespace } from '../../../constructs/core';

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

let registered: Registered[] = [];

beforeEach(async () => {
  registered = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      registered.push({ type, name, inputs: inputs as Record<string, unknown> });
      return { id: `${name}-id`, state: inputs as Record<string, unknown> };
    },
    call: () => ({}),
  }, 'kubeflow-cdk', 'test', false);
});

class Widgets extends Component {
  constructor(scope: App, data: Record<string, string>) {
    super(scope, 'widgets', { version: '1.0.0' });
    new SystemNamespace(this, 'widgets');
    new ApiObject(this, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'widgets' }, data });
    new ApiObject(this, 'crd', {
      apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' },
      spec: { group: 'example.com', scope: 'Namespaced', names: { kind: 'Widget', plural: 'widgets' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }] },
    });
    new ApiObject(this, 'widget', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a', namespace: 'widgets' }, spec: {} });
  }
}

const cluster = () => new ClusterTarget('cluster', { kubeconfig: 'apiVersion: v1', context: 'c' });
const settled = () => new Promise((resolve) => { setTimeout(resolve, 200); });

describe('PlatformDeployment', () => {
  it('makes each object a resource of the official type, named by where it is on the cluster', async () => {
    const app = new App();
    new Widgets(app, { a: 'b' });
    new PlatformDeployment('platform', app, { cluster: cluster() });
    await settled();
    const objects = registered.filter(({ type }) => type.startsWith('kubernetes:')).map(({ type, name }) => `${type} ${name}`);
    expect(objects.sort()).toEqual([
      'kubernetes:core/v1:ConfigMap widgets/config',
      'kubernetes:core/v1:LimitRange widgets/container-defaults',
      'kubernetes:core/v1:Namespace widgets',
      'kubernetes:example.com/v1:Widget widgets/a',
      'kubernetes:networking.k8s.io/v1:NetworkPolicy widgets/allow-dns',
      'kubernetes:networking.k8s.io/v1:NetworkPolicy widgets/default-deny',
    ]);
  });

  it('keeps the schemas of CRDs out of the engine: one resource with digests a component', async () => {
    const app = new App();
    new Widgets(app, {});
    new PlatformDeployment('platform', app, { cluster: cluster() });
    await settled();
    const [unit] = registered.filter(({ type }) => type === 'kubeflow-cdk:index:CustomResourceDefinitions');
    expect(unit?.name).toBe('widgets');
    expect(Object.keys(unit?.inputs['digests'] as object)).toEqual(['widgets.example.com']);
    expect(JSON.stringify(unit?.inputs)).not.toContain('openAPIV3Schema');
  });

  it('makes CRDs resources like others when asked', async () => {
    const app = new App();
    new Widgets(app, {});
    new PlatformDeployment('platform', app, { cluster: cluster(), crds: 'resources' });
    await settled();
    expect(registered.map(({ type }) => type)).toContain('kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition');
  });

  it('resolves tokens', async () => {
    const app = new App();
    new Widgets(app, { url: `https://${asString(pulumi.output('models.example.com'))}/` });
    new PlatformDeployment('platform', app, { cluster: cluster() });
    await settled();
    expect(registered.find(({ name }) => name === 'widgets/config')?.inputs['data']).toEqual({ url: 'https://models.example.com/' });
  });

  it('registers nothing when two objects have one identity', async () => {
    const app = new App();
    new Widgets(app, {});
    new ApiObject(new Chart(app, 'other'), 'again', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'widgets' } });
    expect(() => new PlatformDeployment('platform', app, { cluster: cluster() })).toThrow(DuplicateObjectError);
    await settled();
    expect(registered.filter(({ type }) => !type.startsWith('pulumi:'))).toEqual([]);
  });

  it('refuses a raw Output with the construct it stands in, and registers nothing', async () => {
    const app = new App();
    new Widgets(app, { url: pulumi.output('x') as unknown as string });
    expect(() => new PlatformDeployment('platform', app, { cluster: cluster() })).toThrow(/widgets\/config \(ConfigMap config\): data\.url is 'a Pulumi Output'; expected a plain value, or the Output wrapped as asString\(output\)/);
    await settled();
    expect(registered.filter(({ type }) => !type.startsWith('pulumi:'))).toEqual([]);
  });

  it('refuses a token in a name', () => {
    const app = new App();
    new ApiObject(new Chart(app, 'chart'), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: asString(pulumi.output('x')), namespace: 'a' } });
    expect(() => new PlatformDeployment('platform', app, { cluster: cluster() })).toThrow(/metadata\.name .*expected a value known before deployment/);
  });
});
