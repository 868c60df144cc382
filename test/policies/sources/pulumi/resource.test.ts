import { type CloudResource, evaluate, type Subject } from '../../../../policies';
import { subjectOf } from '../../../../policies/sources/pulumi/resource';
import { state, UNKNOWN, urn } from './states';

const SECRET = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' };

function subject(type: string, inputs: object, more: object = {}): Subject {
  const found = subjectOf({ ...state(type, 'x', inputs, more) });
  if (typeof found !== 'object') throw new Error(`nothing to judge: ${found}`);
  return found.subject;
}

const resource = (inputs: object, more: object = {}) => subject('aws:eks/cluster:Cluster', inputs, more) as CloudResource;

describe('Kubernetes objects', () => {
  it.each([
    ['kubernetes:apps/v1:Deployment', 'apps/v1', 'Deployment', false],
    ['kubernetes:core/v1:Pod', 'v1', 'Pod', false],
    ['kubernetes:rbac.authorization.k8s.io/v1beta1:Role', 'rbac.authorization.k8s.io/v1beta1', 'Role', false],
    ['kubernetes:apps/v1:DeploymentPatch', 'apps/v1', 'Deployment', true],
    ['kubernetes:example.com/v1alpha1:Thing', 'example.com/v1alpha1', 'Thing', false],
  ])('%s', (type, apiVersion, kind, partial) => {
    expect(subjectOf({ ...state(type, 'x', { metadata: { name: 'n' } }) })).toEqual({ subject: { apiVersion, kind, metadata: { name: 'n' } }, partial, inputs: ['inputs'] });
  });

  it('are what their inputs say they are', () => {
    expect(subject('kubernetes:apps/v1:Deployment', { apiVersion: 'apps/v1beta1', kind: 'Deployment' })).toEqual({ apiVersion: 'apps/v1beta1', kind: 'Deployment' });
    expect(subjectOf({ ...state('kubernetes:example.com/v1:ConfigPatch', 'x', { kind: 'ConfigPatch' }) })).toMatchObject({ subject: { kind: 'ConfigPatch' }, partial: false });
    expect(subject('kubernetes:core/v1:Pod', { apiVersion: UNKNOWN, kind: null, spec: {} })).toEqual({ apiVersion: 'v1', kind: 'Pod', spec: {} });
  });
});

describe('cloud resources', () => {
  it('have their type, their names and where their inputs come from', () => {
    const role = urn('aws:iam/role:Role', 'r');
    expect(resource({ roleArn: 'x' }, { propertyDependencies: { roleArn: [role], name: [], odd: 'x', mixed: [1, role] } })).toEqual({
      type: 'aws:eks/cluster:Cluster', name: 'x', urn: urn('aws:eks/cluster:Cluster', 'x'), id: 'x-1234',
      properties: { roleArn: 'x' }, dependencies: { roleArn: [role], name: [], odd: [], mixed: [role] },
    });
  });

  it.each([
    ['azure-native:containerservice/v20240101:ManagedCluster', 'azure-native:containerservice:ManagedCluster'],
    ['azure-native:storage/v20230501preview:StorageAccount', 'azure-native:storage:StorageAccount'],
    ['azure-native_storage_v20240101:storage:StorageAccount', 'azure-native:storage:StorageAccount'],
    ['azure-native:network:VirtualNetwork', 'azure-native:network:VirtualNetwork'],
    ['google-native:container/v1:Cluster', 'google-native:container/v1:Cluster'],
    ['eks:index:Cluster', 'eks:index:Cluster'],
    ['kubeflow-cdk:index:CustomResourceDefinitions', 'kubeflow-cdk:index:CustomResourceDefinitions'],
  ])('%s is known as %s', (type, known) => {
    expect(subject(type, {})).toMatchObject({ type: known });
  });

  it('are read from the little that a hand-written state may have', () => {
    expect(subjectOf({ urn: urn('my:parent:Type$aws:s3/bucket:Bucket', 'a::b') })).toEqual({
      subject: { type: 'aws:s3/bucket:Bucket', name: 'a::b', urn: urn('my:parent:Type$aws:s3/bucket:Bucket', 'a::b'), properties: {} }, partial: false, inputs: ['outputs'],
    });
    expect(subjectOf({ type: 'aws:s3/bucket:Bucket', outputs: { acl: 'x' } })).toMatchObject({ subject: { name: '', properties: { acl: 'x' } }, inputs: ['outputs'] });
    expect(subjectOf({ type: 'aws:s3/bucket:Bucket', inputs: 'x' })).toMatchObject({ subject: { properties: {} } });
    expect(subjectOf({})).toBeUndefined();
    expect(subjectOf({ urn: 'urn' })).toBeUndefined();
  });
});

describe('values', () => {
  const reading = (value: unknown) => () => JSON.stringify(resource({ a: { list: [1, value], more: value }, b: 1 }).properties.a);

  it.each([
    UNKNOWN,
    '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
    '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
    '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
    '030794c1-ac77-496b-92df-f27374a8bd58',
    'e48ece36-62e2-4504-bad9-02848725956a',
    'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
  ])('that are not known yet cannot be read: %s', (sentinel) => {
    expect(reading(sentinel)).toThrow('the value is not known yet');
    expect(resource({ a: sentinel, b: 1 }).properties.b).toBe(1);
    expect(() => resource({ a: sentinel }).properties.a).toThrow(expect.objectContaining({ name: 'UnknownValueError' }));
  });

  it('that are secret cannot be read, unless they are shown', () => {
    expect(reading('[secret]')).toThrow('the value is an encrypted secret');
    expect(reading({ ...SECRET, ciphertext: 'v1:x' })).toThrow('the value is an encrypted secret');
    expect(reading({ ...SECRET, plaintext: 'not JSON' })).toThrow('the value is an encrypted secret');
    expect(reading({ ...SECRET, plaintext: '{"x":[true]}' })()).toBe('{"list":[1,{"x":[true]}],"more":{"x":[true]}}');
    expect(reading({ ...SECRET, value: { y: 1 } })()).toBe('{"list":[1,{"y":1}],"more":{"y":1}}');
    expect(reading({ ...SECRET, plaintext: `{"x":"${UNKNOWN}"}` })).toThrow('the value is not known yet');
  });

  it('of outputs are their values', () => {
    const output = { '4dabf18193072939515e22adb298388d': 'd0e6a833031e9bbcd3f4e8bde6ca49a4' };
    expect(reading({ ...output, value: 2, dependencies: [] })()).toBe('{"list":[1,2],"more":2}');
    expect(reading(output)).toThrow('the value is not known yet');
  });

  it('of files stay as they are', () => {
    const asset = { '4dabf18193072939515e22adb298388d': 'c44067f5952c0a294b673a41bacd8c17', hash: 'x', text: UNKNOWN };
    expect(resource({ a: asset }).properties.a).toEqual(asset);
  });

  it('are handed on uncopied if there is nothing to hide in them', () => {
    const part = { x: [1, { y: null }] };
    expect(resource({ a: part, b: UNKNOWN }).properties.a).toBe(part);
  });

  it('leave checks of policies undecided', () => {
    const pod = subject('kubernetes:core/v1:Pod', { metadata: { name: 'p' }, spec: { hostPID: UNKNOWN, hostIPC: true, containers: [{ name: 'main', image: 'x' }] } });
    const { findings, coverage } = evaluate([pod]);
    expect(findings.map(({ policy }) => policy)).toContain('host-ipc');
    expect(findings.map(({ policy }) => policy)).not.toContain('host-pid');
    expect(coverage.undecided.map(({ policy }) => policy)).toContain('host-pid');
  });
});
