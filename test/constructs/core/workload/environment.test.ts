import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { environment, environmentJson, type EnvValue } from '../../../../constructs/core';

const ENV: Readonly<Record<string, EnvValue>> = {
  PLAIN: 'text',
  EMPTY: '',
  NAMESPACE: { field: 'metadata.namespace' },
  CPUS: { resource: 'limits.cpu', divisor: '1' },
  MEMORY: { resource: 'limits.memory' },
  PASSWORD: { secret: 'db', key: 'password' },
  MODE: { configMap: 'settings', key: 'mode', optional: true },
};

const WRITTEN = [
  { name: 'PLAIN', value: 'text' },
  { name: 'EMPTY', value: '' },
  { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
  { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } } },
  { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
  { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
  { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode', optional: true } } },
];

test('variables come from text, the pod, its resources, Secrets and ConfigMaps', () => {
  const chart = new Chart(new App(), 'chart');
  new k8s.KubePod(chart, 'pod', { metadata: { name: 'pod' }, spec: { containers: [{ name: 'web', env: environment(ENV) }] } });
  expect(Testing.synth(chart)[0].spec.containers[0].env).toEqual(WRITTEN);
});

test('a custom resource has the same', () => {
  const chart = new Chart(new App(), 'chart');
  new ApiObject(chart, 'job', { apiVersion: 'example.com/v1', kind: 'Job', spec: { env: environmentJson(ENV) } });
  expect(Testing.synth(chart)[0].spec.env).toEqual(WRITTEN);
});
