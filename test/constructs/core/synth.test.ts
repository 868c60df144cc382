import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Component, createToken, synthesize } from '../../../constructs/core';
import { refusalOf } from './refusals';

class Example extends Component {
  constructor(scope: Construct, id: string) {
    super(scope, id, { version: '1.0.0' });
  }
}

function configMap(scope: Construct, id: string, metadata: { name?: string; namespace?: string } = {}): void {
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id, ...metadata } });
}

test('objects come in order of construction, with the component and path they were declared at', () => {
  const app = new App();
  const component = new Example(app, 'serving');
  configMap(component, 'b');
  configMap(new Construct(component, 'manager'), 'a');
  configMap(new Chart(app, 'mine'), 'c');
  expect(synthesize(app).map(({ manifest, ...where }) => ({ name: manifest.metadata.name, ...where }))).toEqual([
    { name: 'b', component: 'serving', path: 'serving/b' },
    { name: 'a', component: 'serving', path: 'serving/manager/a' },
    { name: 'c', component: 'mine', path: 'mine/c' },
  ]);
});

test('a part of a component can be synthesised by itself', () => {
  const app = new App();
  const component = new Example(app, 'serving');
  const part = new Construct(component, 'manager');
  configMap(part, 'a');
  configMap(component, 'b');
  expect(synthesize(part).map(({ path }) => path)).toEqual(['serving/manager/a']);
});

test('a deploy-time value may stand in an object', () => {
  const app = new App();
  const bucket = createToken({}, 'bucket');
  new ApiObject(new Example(app, 'serving'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { bucket } });
  expect(synthesize(app)[0]?.manifest.data).toEqual({ bucket });
});

describe('refuses', () => {
  const token = createToken({}, 'name');
  test.each<[string, { name?: string; namespace?: string }]>([
    ['metadata.name', { name: `a-${token}` }],
    ['metadata.namespace', { namespace: token }],
    ['metadata.name', { name: 'Upper' }],
    ['metadata.namespace', { namespace: 'a.b' }],
  ])('%s %j', (property, metadata) => {
    const app = new App();
    configMap(new Example(app, 'serving'), 'a', metadata);
    expect(() => synthesize(app)).toThrow(refusalOf(property, 'serving/a'));
  });

  test('a kind known only at deploy time', () => {
    const app = new App();
    new ApiObject(new Example(app, 'serving'), 'a', { apiVersion: 'v1', kind: token, metadata: { name: 'a' } });
    expect(() => synthesize(app)).toThrow(refusalOf('kind', 'serving/a'));
  });
});
