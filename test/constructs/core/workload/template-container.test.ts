import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { type ContainerProps, imagesOf, templateContainer } from '../../../../constructs/core';

const PROPS: ContainerProps = {
  name: 'main',
  image: { registry: 'quay.io', repository: 'example/web', tag: '1' },
  resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '128Mi' } },
};

function written(props: Partial<ContainerProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  new ApiObject(chart, 'service', { apiVersion: 'example.com/v1', kind: 'Service', spec: { container: templateContainer(chart, { ...PROPS, ...props }) } });
  return { chart, container: Testing.synth(chart)[0].spec.container };
}

test('it meets Pod Security `restricted` without a word from its pod', () => {
  expect(written().container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('an exception is written as it is asked for, but never one from seccomp', () => {
  expect(written({ security: { runAsNonRoot: false, runAsUser: 0 } }).container.securityContext).toMatchObject({
    runAsNonRoot: false, runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('amounts are plain text, and a failure shows the log', () => {
  expect(written().container).toMatchObject({
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '128Mi' } },
    terminationMessagePolicy: 'FallbackToLogsOnError',
  });
});

test('its image is in the inventory', () => {
  expect(imagesOf(written().chart).map(({ reference }) => reference)).toEqual(['quay.io/example/web:1']);
});
