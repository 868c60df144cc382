import path from 'node:path';
import { output } from '@pulumi/pulumi';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Component, componentsOf, type ComponentOptions, CustomResourceDefinitions, type Provided, synthesize } from '../../../constructs/core';

class Example extends Component {
  constructor(scope: App, id: string, options: Partial<ComponentOptions> = {}) {
    super(scope, id, { version: '1.0.0', ...options });
  }
}

describe('what a component needs', () => {
  test('is known by the ids of those that provide it, each once, in order', () => {
    const app = new App();
    const mesh = new Example(app, 'mesh');
    const certificates = new Example(app, 'certificates');
    expect(new Example(app, 'serving', { requires: [mesh, certificates, mesh] }).requires).toEqual(['certificates', 'mesh']);
  });

  test('is nothing for what exists already, or is not given', () => {
    const existing: Provided = {};
    expect(new Example(new App(), 'serving', { requires: [existing, undefined] }).requires).toEqual([]);
  });

  test('is told with all components of an app', () => {
    const app = new App();
    const mesh = new Example(app, 'mesh', { version: '1.30.1' });
    new Example(app, 'serving', { requires: [mesh] });
    new Chart(app, 'no-component');
    expect(componentsOf(app)).toEqual([
      expect.objectContaining({ id: 'mesh', version: '1.30.1', requires: [] }),
      expect.objectContaining({ id: 'serving', version: '1.0.0', requires: ['mesh'] }),
    ]);
  });
});

test('a component provides itself, and is told from other charts', () => {
  const app = new App();
  const component = new Example(app, 'example');
  expect(component.providedBy).toBe(component);
  expect(Component.isComponent(component)).toBe(true);
  for (const other of [new Chart(app, 'chart'), undefined, null, 'example', {}]) expect(Component.isComponent(other)).toBe(false);
});

test('its objects carry the platform\'s labels, and the names they are given', () => {
  const component = new Example(new App(), 'example');
  new ApiObject(component, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', labels: { own: 'yes' } } });
  expect(Testing.synth(component)[0].metadata).toEqual({
    name: 'settings',
    labels: { own: 'yes', 'app.kubernetes.io/managed-by': 'kubeflow-cdk', 'app.kubernetes.io/part-of': 'kubeflow' },
  });
});

test('API groups it reconciles for others are told too', () => {
  const app = new App();
  new Example(app, 'serving', { reconciles: ['gateway.networking.k8s.io'] });
  new Example(app, 'base');
  expect(componentsOf(app).map(({ reconciles }) => reconciles)).toEqual([['gateway.networking.k8s.io'], []]);
});

describe('a raw Pulumi Output is refused, with where it stands', () => {
  const withData = (make: (component: Example) => void) => {
    const app = new App();
    make(new Example(app, 'example'));
    return () => synthesize(app);
  };
  const configMap = (component: Example, data: Record<string, unknown>) => new ApiObject(component, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data });

  test('as a value', () => {
    expect(withData((component) => configMap(component, { bucket: output('models') }))).toThrow(/example\/settings \(ConfigMap settings\): data\.bucket is/);
  });

  test('deep inside', () => {
    expect(withData((component) => configMap(component, { list: [{ name: output('x') }] }))).toThrow(/: data\.list\.0\.name is/);
  });

  test('in metadata', () => {
    const make = (component: Example) => new ApiObject(component, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } }).metadata.addAnnotation('role', output('arn') as unknown as string);
    expect(withData(make)).toThrow(/annotations\.role is/);
  });

  test('in an app that somebody else made, once for all its components', () => {
    const app = new App();
    new Example(app, 'one');
    const resolvers = app.resolvers?.length;
    new Example(app, 'two');
    expect(app.resolvers).toHaveLength(resolvers ?? 0);
  });

  test('and the message says what to write instead', () => {
    expect(withData((component) => configMap(component, { bucket: output('models') }))).toThrow(/asString\(output\)/);
  });
});

test('CRDs of a component carry its labels too', () => {
  const component = new Example(new App(), 'example');
  new CustomResourceDefinitions(component, 'crds', { file: path.resolve(__dirname, '../../../constructs/jobset/crds.json') });
  for (const { metadata } of Testing.synth(component)) expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'kubeflow-cdk' });
});
