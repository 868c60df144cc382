import { App, Chart, Testing } from 'cdk8s';
import { configuredManager, type ConfiguredManagerProps } from '../../../constructs/core';
import { refusalOf } from './refusals';

type Json = ReturnType<typeof Testing.synth>[number];

const PROPS: ConfiguredManagerProps = {
  name: 'web',
  namespace: 'apps',
  selector: { app: 'web' },
  serviceAccount: 'web',
  apiAccess: 'It watches things.',
  image: { registry: 'quay.io', repository: 'example/web', tag: '1' },
  resources: { cpu: { request: '1' }, memory: { request: '1Gi' } },
  config: 'kind: Configuration\n',
  configMap: 'web-config',
  configVolume: 'config',
  configHash: 'example.com/config-hash',
  ports: { hooks: 9443, health: 8081 },
  keyPairs: [{ volume: 'cert', directory: '/certs', certificate: { secretName: 'web-cert', injectCa: {} } }],
  services: {},
  webhookPort: 9443,
};

function synth(props: Partial<ConfiguredManagerProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  configuredManager(chart, { ...PROPS, ...props });
  const one = (kind: string): Json => Testing.synth(chart).find((object) => object.kind === kind);
  const { replicas, template } = one('Deployment').spec;
  return { configMap: one('ConfigMap'), replicas, pod: template, container: template.spec.containers[0] };
}

test('it reads the file that the ConfigMap holds', () => {
  const { configMap, pod, container } = synth();
  const [file] = Object.keys(configMap.data);
  expect(configMap).toMatchObject({ metadata: { name: 'web-config', namespace: 'apps' }, data: { [file!]: PROPS.config } });
  expect(container.args).toContain(`--config=/${file}`);
  expect(container.volumeMounts).toContainEqual({ name: 'config', mountPath: `/${file}`, subPath: file, readOnly: true });
  expect(pod.spec.volumes).toContainEqual({ name: 'config', configMap: { name: 'web-config' } });
});

test('a change of the file, and of nothing else, starts new pods', () => {
  const hash = (props: Partial<ConfiguredManagerProps>) => synth(props).pod.metadata.annotations['example.com/config-hash'];
  expect(hash({})).toMatch(/^[0-9a-f]{64}$/);
  expect(hash({ replicas: 3 })).toBe(hash({}));
  expect(hash({ config: 'kind: Other\n' })).not.toBe(hash({}));
});

test('a mesh stays away from its webhooks, and further annotations from neither', () => {
  expect(synth({ podAnnotations: { 'example.com/more': 'yes' } }).pod.metadata.annotations).toMatchObject({
    'traffic.sidecar.istio.io/excludeInboundPorts': '9443',
    'example.com/more': 'yes',
    'example.com/config-hash': expect.any(String),
  });
});

test('key pairs are mounted where the program looks for them', () => {
  const { pod, container } = synth();
  expect(container.volumeMounts).toContainEqual({ name: 'cert', mountPath: '/certs', readOnly: true });
  expect(pod.spec.volumes).toContainEqual({ name: 'cert', secret: { secretName: 'web-cert' } });
});

test('probes ask its health port, and wait as long as they are told', () => {
  const probes = ({ container }: ReturnType<typeof synth>) => [container.startupProbe, container.readinessProbe, container.livenessProbe];
  expect(probes(synth()).map(({ httpGet }) => httpGet)).toEqual(['/readyz', '/readyz', '/healthz'].map((path) => ({ path, port: 'health' })));
  expect(probes(synth()).map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([undefined, undefined, undefined]);
  expect(probes(synth({ probeTimeoutSeconds: 3 })).map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([3, 3, 3]);
});

test('options have defaults', () => {
  expect(synth().replicas).toBe(2);
  expect(synth().container.args).toContain('--zap-log-level=2');
  const chosen = synth({ replicas: 3, logLevel: 5, priorityClassName: 'high' });
  expect(chosen.replicas).toBe(3);
  expect(chosen.container.args).toContain('--zap-log-level=5');
  expect(chosen.pod.spec.priorityClassName).toBe('high');
});

test.each([0, 1.5, -1])('a log level of %d is refused', (logLevel) => {
  expect(() => synth({ logLevel })).toThrow(refusalOf('logLevel', 'chart'));
});
