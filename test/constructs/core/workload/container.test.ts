import { App, Chart, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { container, type ContainerProps, httpProbe, imagesOf } from '../../../../constructs/core';
import { refusalOf } from '../refusals';

const PROPS: ContainerProps = {
  name: 'web',
  image: { registry: 'quay.io', repository: 'example/web', tag: '1' },
  resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '128Mi' } },
};

/** A container as it is written into a manifest. */
function written(props: Partial<ContainerProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  new k8s.KubePod(chart, 'pod', { metadata: { name: 'pod' }, spec: { containers: [container(chart, { ...PROPS, ...props })] } });
  return { chart, container: Testing.synth(chart)[0].spec.containers[0] };
}

describe('security', () => {
  test('nothing is allowed', () => {
    expect(written().container.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  });

  test('an exception changes what it names and nothing else', () => {
    expect(written({ security: { writableRoot: 'writes its pid to /run', runAsUser: 1337 } }).container.securityContext).toEqual({
      allowPrivilegeEscalation: false, readOnlyRootFilesystem: false, capabilities: { drop: ['ALL'] }, runAsUser: 1337,
    });
    expect(written({ security: { addCapabilities: ['NET_ADMIN'] } }).container.securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['NET_ADMIN'] });
  });

  test('a privileged container may escalate, which the API server insists on', () => {
    expect(written({ security: { privileged: true } }).container.securityContext).toMatchObject({ privileged: true, allowPrivilegeEscalation: true });
  });
});

describe('resources', () => {
  test('the limit is the request unless it is given', () => {
    expect(written().container.resources).toEqual({ requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '128Mi' } });
  });

  test('storage is stated only when wanted', () => {
    expect(written({ resources: { ...PROPS.resources, ephemeralStorage: { request: '1Gi', limit: '2Gi' } } }).container.resources).toMatchObject({
      requests: { 'ephemeral-storage': '1Gi' }, limits: { 'ephemeral-storage': '2Gi' },
    });
  });

  test.each(['1.5', '0', '100m', '2Gi', '1k'])('%s is an amount', (request) => {
    expect(written({ resources: { ...PROPS.resources, cpu: { request } } }).container.resources.requests.cpu).toBe(request);
  });

  test.each(['', '1 Gi', '-1', 'lots', '1GB', '.5'])('%j is none', (limit) => {
    expect(() => written({ resources: { ...PROPS.resources, memory: { request: '1Gi', limit } } })).toThrow(refusalOf('resources.memory', 'chart, container web'));
  });
});

test('its image is in the inventory, and pulled once', () => {
  const { chart, container: result } = written();
  expect(imagesOf(chart).map(({ reference }) => reference)).toEqual(['quay.io/example/web:1']);
  expect(result).toMatchObject({ image: 'quay.io/example/web:1', imagePullPolicy: 'IfNotPresent' });
});

test('variables, ports, probes, mounts, command and arguments are passed on', () => {
  const { container: result } = written({
    command: ['/web'], args: ['--port=8080'],
    env: { NAMESPACE: { field: 'metadata.namespace' } },
    ports: { http: 8080, dns: { port: 53, protocol: 'UDP' } },
    startup: httpProbe('/', 8080), readiness: httpProbe('/ready', 8080), liveness: httpProbe('/live', 8080),
    mounts: [{ name: 'tmp', mountPath: '/tmp' }],
  });
  expect(result).toMatchObject({
    command: ['/web'], args: ['--port=8080'],
    env: [{ name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }, { name: 'dns', containerPort: 53, protocol: 'UDP' }],
    startupProbe: { httpGet: { path: '/' } }, readinessProbe: { httpGet: { path: '/ready' } }, livenessProbe: { httpGet: { path: '/live' } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  });
});
