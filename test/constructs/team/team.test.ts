import { App } from 'cdk8s';
import { ANYWHERE, awsPodIdentity, awsRole, azureClient, componentsOf, type ContainerResources, gcpPrincipal, type ObjectStore, type ObjectStoreGrant, type ObjectStoreRequest, type Sql, type SqlRequest, type WorkloadIdentity } from '../../../constructs/core';
import { existingIstio, Istio } from '../../../constructs/istio';
import { existingStorageClass } from '../../../constructs/storage-classes';
import { Team, type TeamProps } from '../../../constructs/team';
import { judged } from '../judged';
import { type Json, objectsOf } from '../jobset/objects';

const gateway = (name: string) => ({ gateway: `istio-system/${name}`, namespace: 'istio-gateways', service: name, pods: { istio: name } });
const MESH = existingIstio({ version: '1.30.1', ingressGateway: gateway('ingress'), clusterLocalGateway: gateway('local') });
const QUOTA: ContainerResources = { cpu: { request: '8', limit: '16' }, memory: { request: '32Gi', limit: '64Gi' } };
const CLIENT = '01234567-89ab-cdef-0123-456789abcdef';
const NOBODY: WorkloadIdentity = { serviceAccountAnnotations: {}, podLabels: {}, egress: [] };

/** An object store and a SQL server that remember who asked for what. */
function data(identity: { objects?: WorkloadIdentity; database?: WorkloadIdentity } = {}, more: Partial<ObjectStoreGrant> = {}) {
  const grants: ObjectStoreRequest[] = [];
  const connections: SqlRequest[] = [];
  const objectStore: ObjectStore = {
    protocol: 's3', bucket: 'models', endpoint: 's3.eu-central-1.amazonaws.com', region: 'eu-central-1', uri: 's3://models/',
    grant: (_scope, _id, request) => {
      grants.push(request);
      return { uri: `s3://models/${request.prefix}`, identity: identity.objects ?? NOBODY, environment: { AWS_REGION: 'eu-central-1' }, ...more };
    },
  };
  const database: Sql = {
    engine: 'mysql', version: '8.4', host: 'db.example.com', port: 3306,
    connect: (_scope, _id, request) => {
      connections.push(request);
      const { database: name } = request;
      return {
        host: 'db.example.com', port: 3306, database: name, secretName: 'database', credentials: { name: 'database', secret: { secretName: 'database' } },
        identity: identity.database ?? NOBODY, egress: { to: [{ ipBlock: { cidr: '10.0.96.0/20' } }], ports: [3306] },
      };
    },
  };
  return { grants, connections, objectStore, database };
}

function team(props: Partial<TeamProps> = {}) {
  const component = new Team(new App(), 'team-vision', { name: 'vision', mesh: MESH, quota: QUOTA, ...props });
  return { component, ...objectsOf(component) };
}
const metadataOf = (made: ReturnType<typeof team>): Json => made.one('ServiceAccount', 'team').metadata;
const traffic = (made: ReturnType<typeof team>): Json => made.one('NetworkPolicy', 'team').spec;

describe('a team', () => {
  it('has a namespace with a quota, closed but for what it needs', () => {
    const made = team();
    expect(made.names).toEqual(['Namespace/vision', 'NetworkPolicy/vision/default-deny', 'NetworkPolicy/vision/allow-dns', 'LimitRange/vision/container-defaults', 'ResourceQuota/vision/compute', 'ServiceAccount/vision/team', 'NetworkPolicy/vision/team']);
    expect(made.one('Namespace', 'vision').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    expect(made.one('ResourceQuota', 'compute').spec.hard).toEqual({ 'requests.cpu': '8', 'limits.cpu': '16', 'requests.memory': '32Gi', 'limits.memory': '64Gi' });
  });

  it('needs a name that a namespace may have', () => {
    expect(() => team({ name: 'Vision' })).toThrow("team-vision/namespace-Vision: namespace is 'Vision'; expected");
  });

  it('needs amounts that are some', () => {
    expect(() => team({ quota: { ...QUOTA, cpu: { request: 'many' } } })).toThrow(/quota.*'many'/);
  });
});

describe('objects', () => {
  it('are granted to exactly its ServiceAccount, below its own prefix', () => {
    const { objectStore, grants } = data();
    team({ objectStore });
    expect(grants).toEqual([{ serviceAccount: { namespace: 'vision', name: 'team' }, access: 'read-write', prefix: 'vision/' }]);
  });

  it('are told of in a ConfigMap', () => {
    expect(team({ objectStore: data().objectStore }).one('ConfigMap', 'team-objects').data).toEqual({ uri: 's3://models/vision/', AWS_REGION: 'eu-central-1' });
  });

  it('of a store with keys: so is the Secret they are in', () => {
    const { objectStore } = data({}, { credentials: { secretName: 'team-objects-key', accessKeyIdKey: 'id', secretAccessKeyKey: 'key' } });
    expect(team({ objectStore }).one('ConfigMap', 'team-objects').data.secret).toBe('team-objects-key');
  });
});

describe('a database', () => {
  it('is its own, with a name that SQL takes, and for its ServiceAccount', () => {
    const { database, connections } = data();
    const { component } = team({ name: 'speech-lab', database });
    expect(connections).toEqual([{ database: 'speech_lab', serviceAccount: { namespace: 'speech-lab', name: 'team' } }]);
    expect(component.connection?.credentials).toEqual({ name: 'database', secret: { secretName: 'database' } });
  });

  it('is told of in a ConfigMap, without its password', () => {
    expect(team({ database: data().database }).one('ConfigMap', 'team-database').data).toEqual({ host: 'db.example.com', port: '3306', database: 'vision', secret: 'database' });
  });

  it('can be reached', () => {
    expect(traffic(team({ database: data().database })).egress).toContainEqual({ to: [{ ipBlock: { cidr: '10.0.96.0/20' } }], ports: [{ port: 3306, protocol: 'TCP' }] });
  });
});

describe('a shared volume', () => {
  const storage = existingStorageClass('shared-files');

  it('may be written by many nodes', () => {
    expect(team({ sharedVolume: { storage, size: '100Gi' } }).one('PersistentVolumeClaim', 'shared')).toMatchObject({
      metadata: { namespace: 'vision' },
      spec: { accessModes: ['ReadWriteMany'], storageClassName: 'shared-files', resources: { requests: { storage: '100Gi' } } },
    });
  });

  it('is of the platform: who empties a cluster of what people left looks for this label', () => {
    expect(team({ sharedVolume: { storage, size: '100Gi' } }).one('PersistentVolumeClaim', 'shared').metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'kubeflow-cdk' });
  });
});

describe('its identity', () => {
  it.each([
    ['a role', awsRole('arn:aws:iam::123456789012:role/vision'), { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/vision' }, {}],
    ['an association', awsPodIdentity('a-123'), { 'kubeflow-cdk.dev/pod-identity-association': 'a-123' }, {}],
    ['a principal', gcpPrincipal('grant-1'), { 'kubeflow-cdk.dev/iam-grants': 'grant-1' }, {}],
    ['an Entra client', azureClient(CLIENT), { 'azure.workload.identity/client-id': CLIENT }, { 'azure.workload.identity/use': 'true' }],
  ])('of %s is on its ServiceAccount; labels for its pods are there to be read', (_, objects, annotations, podLabels) => {
    const made = team({ objectStore: data({ objects }).objectStore });
    expect(metadataOf(made).annotations).toEqual(annotations);
    expect(made.component.podLabels).toEqual(podLabels);
    expect(made.one('ServiceAccount', 'team').automountServiceAccountToken).toBe(false);
  });

  it('is what all grants come to', () => {
    const made = team(data({ objects: gcpPrincipal('objects'), database: gcpPrincipal('objects,database') }));
    expect(metadataOf(made).annotations).toEqual({ 'kubeflow-cdk.dev/iam-grants': 'objects,database' });
    const ports = traffic(made).egress.flatMap(({ to, ports: open }: Json) => (to ?? []).flatMap(({ ipBlock }: Json) => (ipBlock ? open.map(({ port }: Json) => `${ipBlock.cidr}:${port}`) : [])));
    expect(ports).toEqual(['10.0.96.0/20:3306', '169.254.169.254/32:80', '169.254.169.252/32:988']);
  });

  it('cannot be two', () => {
    const other = '01234567-89ab-cdef-0123-456789abcdee';
    expect(() => team(data({ objects: azureClient(CLIENT), database: azureClient(other) }))).toThrow(
      `team-vision: serviceAccountAnnotations['azure.workload.identity/client-id'] is '${other}'; expected '${CLIENT}', which the ServiceAccount has been given already: it has one identity`,
    );
  });
});

describe('traffic', () => {
  const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
  const gateways = ['ingress', 'local'].map((name) => ({ podSelector: { matchLabels: { istio: name } }, ...namespace('istio-gateways') }));

  it('comes from its own pods and the gateways, and from no other team', () => {
    const { ingress, podSelector, policyTypes } = traffic(team());
    expect({ ingress, podSelector, policyTypes }).toEqual({ ingress: [{ from: [namespace('vision'), ...gateways] }], podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('goes to its own pods, the mesh, the API server and HTTPS anywhere, and to no other team', () => {
    const port = (number: number) => ({ port: number, protocol: 'TCP' });
    expect(traffic(team()).egress).toEqual([{ to: [namespace('vision'), ...gateways, namespace('istio-system')] }, { ports: [port(443), port(6443)] }, { ports: [port(443)] }]);
  });

  it('goes where a store in the cluster listens', () => {
    const objects = { ...NOBODY, egress: [{ to: ANYWHERE, ports: [9000] }] };
    expect(traffic(team({ objectStore: data({ objects }).objectStore })).egress).toContainEqual({ ports: [{ port: 9000, protocol: 'TCP' }] });
  });
});

it('waits for what it is given', () => {
  const app = new App();
  const mesh = new Istio(app, 'istio');
  const storage = { storageClassName: 'shared', providedBy: new Team(app, 'storage', { name: 'storage', mesh: MESH, quota: QUOTA }) };
  new Team(app, 'team-vision', { name: 'vision', mesh, quota: QUOTA, sharedVolume: { storage, size: '1Gi' } });
  expect(componentsOf(app).find(({ id }) => id === 'team-vision')?.requires).toEqual(['istio', 'storage']);
});

it('no policy finds fault with it, whatever it has', () => {
  const storage = existingStorageClass('shared-files');
  expect(judged(team().all)).toEqual({ open: [], waived: [], unevaluated: [] });
  expect(judged(team({ ...data({ objects: azureClient(CLIENT), database: azureClient(CLIENT) }), sharedVolume: { storage, size: '1Gi' } }).all)).toEqual({ open: [], waived: [], unevaluated: [] });
});
