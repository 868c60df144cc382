import { Chart, Testing } from 'cdk8s';
import { existingS3Endpoint, type ExistingS3EndpointArgs } from '../../../components/onprem';

const ARGS: ExistingS3EndpointArgs = { endpoint: 'https://s3.example.com', bucket: 'models', accessKeyId: 'hush-id', secretAccessKey: 'hush-key' };
const request = { serviceAccount: { namespace: 'vision', name: 'team' }, access: 'read-write', prefix: 'vision/' } as const;

function grant(more: Partial<ExistingS3EndpointArgs> = {}) {
  const chart = new Chart(Testing.app(), 'c');
  const granted = existingS3Endpoint({ ...ARGS, ...more }).grant(chart, 'objects', request);
  return { granted, objects: Testing.synth(chart) };
}

it('is spoken to in S3, at its own address', () => {
  expect(existingS3Endpoint({ ...ARGS, endpoint: 'http://minio.storage.svc:9000' })).toMatchObject({ protocol: 's3', bucket: 'models', region: 'us-east-1', endpoint: 'minio.storage.svc:9000', uri: 's3://models/' });
});

it('gives a namespace a Secret with the key, by which KServe finds the store, and writes no key down', () => {
  const { granted, objects } = grant();
  expect(objects).toMatchObject([
    { kind: 'Secret', metadata: { name: 'team-objects-key', namespace: 'vision', annotations: { 'serving.kserve.io/s3-endpoint': 's3.example.com', 'serving.kserve.io/s3-usehttps': '1', 'serving.kserve.io/s3-region': 'us-east-1' } } },
  ]);
  expect(Object.keys(objects[0].stringData)).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
  expect(JSON.stringify(objects)).not.toContain('hush');
  expect(granted).toMatchObject({ uri: 's3://models/vision/', environment: { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'https://s3.example.com' }, credentials: { secretName: 'team-objects-key' } });
});

it.each([
  ['https://s3.example.com', [{ to: [], ports: [443] }]],
  ['http://s3.example.com', [{ to: [], ports: [80] }]],
  ['https://10.0.0.9:9443', [{ to: [{ ipBlock: { cidr: '10.0.0.9/32' } }], ports: [9443] }]],
  ['https://[fd00::9]', [{ to: [{ ipBlock: { cidr: 'fd00::9/128' } }], ports: [443] }]],
  ['http://minio.storage.svc.cluster.local:9000', [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'storage' } } }] }]],
])('opens the way to %s, and no other', (endpoint, egress) => {
  expect(grant({ endpoint }).granted.identity).toEqual({ serviceAccountAnnotations: {}, podLabels: {}, egress });
});

it.each<[Partial<ExistingS3EndpointArgs>, string]>([
  [{ endpoint: 's3.example.com' }, "there: endpoint is 's3.example.com'; expected a URL without a path or a user"],
  [{ endpoint: 'ftp://s3.example.com' }, 'there: endpoint is'],
  [{ endpoint: 'https://s3.example.com/x' }, 'there: endpoint is'],
  [{ endpoint: 'https://me:pw@s3.example.com' }, 'there: endpoint is'],
  [{ endpoint: 'https://s3.example.com?x=1' }, 'there: endpoint is'],
  [{ bucket: 'ab' }, "there: bucket is 'ab'; expected 3 to 63"],
  [{ bucket: 'Models' }, 'there: bucket is'],
  [{ bucket: 'a..b' }, 'there: bucket is'],
])('refuses %j', (more, expected) => {
  expect(() => existingS3Endpoint({ ...ARGS, ...more }, 'there')).toThrow(expected);
});
