import { encodeStruct } from '../../../components/apiserver/plugin/wire';
import { secret } from '../../../components/apiserver/plugin/values';
import { DrainProvider } from '../../../components/drain/provider';
import { FakeApiServer, type FakeObject } from './fake-api-server';

const URN = 'urn:pulumi:dev::platform::kubeflow-cdk:index:ClusterDrain::workloads';
const NOTHING = encodeStruct({});
const PLATFORM = { labels: { 'app.kubernetes.io/managed-by': 'kubeflow-cdk' } };

const object = (apiVersion: string, kind: string, name: string, spec: object = {}, metadata: object = {}): FakeObject => ({ apiVersion, kind, metadata: { name, namespace: 'team-a', uid: `uid-of-${name}`, ...metadata }, spec });
const loadBalancer = (name: string, metadata?: object) => object('v1', 'Service', name, { type: 'LoadBalancer' }, metadata);
const claim = (name: string, metadata?: object) => object('v1', 'PersistentVolumeClaim', name, {}, metadata);
const volume = (name: string, claimed?: string, policy = 'Delete') =>
  object('v1', 'PersistentVolume', name, { persistentVolumeReclaimPolicy: policy, ...(claimed !== undefined && { claimRef: { name: claimed, uid: `uid-of-${claimed}` } }) }, { namespace: undefined });
const controlledBy = (apiVersion: string, kind: string, name: string) => ({ ownerReferences: [{ apiVersion, kind, name, uid: `uid-of-${name}`, controller: true }] });

describe('the drain of a cluster', () => {
  let server: FakeApiServer;
  let provider: DrainProvider;
  const cluster = async (...objects: FakeObject[]): Promise<void> => void (await server.start(objects));
  const drain = (leftovers: string, timeout = 20): Promise<void> =>
    provider.delete({ id: 'workloads', urn: URN, properties: NOTHING, oldInputs: encodeStruct({ kubeconfig: secret(server.kubeconfig), context: 'fake', leftovers }), timeout });

  beforeEach(() => {
    server = new FakeApiServer();
    provider = new DrainProvider();
  });
  afterEach(() => {
    server.stop();
  });

  describe("with 'refuse'", () => {
    it('names what has something in the cloud, and deletes nothing', async () => {
      await cluster(loadBalancer('web'), object('networking.k8s.io/v1', 'Ingress', 'site'), claim('data'), object('v1', 'Service', 'inside', { type: 'ClusterIP' }));
      await expect(drain('refuse')).rejects.toThrow(
        new Error(
          'Service/team-a/web, Ingress/team-a/site, PersistentVolumeClaim/team-a/data still exist, and have their own load balancers, addresses or disks in the cloud, which would stay when the cluster goes. ' +
            'Delete what is no longer needed and run this again',
        ),
      );
      expect(server.deleted).toEqual([]);
    });

    it('speaks of one as of one', async () => {
      await cluster(claim('data'));
      await expect(drain('refuse')).rejects.toThrow(/^PersistentVolumeClaim\/team-a\/data still exists, and has its own load balancer, address or disk in the cloud, /);
    });

    it('says what makes it, which is what people have to delete', async () => {
      await cluster(object('networking.k8s.io/v1', 'Ingress', 'model', {}, controlledBy('serving.kserve.io/v1beta1', 'InferenceService', 'mnist')), object('serving.kserve.io/v1beta1', 'InferenceService', 'mnist'));
      await expect(drain('refuse')).rejects.toThrow(/^Ingress\/team-a\/model of InferenceService\/team-a\/mnist still exists/);
    });

    it('is the default of a state that says nothing', async () => {
      await cluster(claim('data'));
      await expect(provider.delete({ id: 'workloads', urn: URN, properties: encodeStruct({ kubeconfig: server.kubeconfig }), oldInputs: NOTHING, timeout: 20 })).rejects.toThrow('still exists');
      expect(server.deleted).toEqual([]);
    });

    it('names what is made while it waits', async () => {
      const leaving = volume('pv', 'gone');
      await cluster(leaving);
      setTimeout(() => server.add(loadBalancer('late')), 300);
      await expect(drain('refuse')).rejects.toThrow('Service/team-a/late still exists');
    });

    it('leaves alone what the platform declares, and what is made of it', async () => {
      await cluster(
        loadBalancer('gateway', PLATFORM),
        claim('shared', PLATFORM),
        object('gateway.networking.k8s.io/v1', 'Gateway', 'models', {}, PLATFORM),
        loadBalancer('models-istio', controlledBy('gateway.networking.k8s.io/v1', 'Gateway', 'models')),
      );
      await expect(drain('refuse')).resolves.toBeUndefined();
      expect(server.deleted).toEqual([]);
    });
  });

  describe("with 'delete'", () => {
    it('deletes it and waits until it is gone', async () => {
      const [web, data] = [loadBalancer('web'), claim('data')];
      await cluster(web, data, loadBalancer('gateway', PLATFORM), object('v1', 'Service', 'inside', { type: 'ClusterIP' }));
      server.onDelete = (each) => void setTimeout(() => server.remove(each), 300);
      await drain('delete');
      expect(server.names).toEqual(['Service/gateway', 'Service/inside']);
      expect([...new Set(server.deleted)]).toEqual(['Service/team-a/web', 'PersistentVolumeClaim/team-a/data']);
    });

    it('deletes Gateways, where the cluster knows them', async () => {
      await cluster(object('gateway.networking.k8s.io/v1', 'Gateway', 'public'));
      await drain('delete');
      expect(server.deleted).toEqual(['Gateway/team-a/public']);
    });

    it('deletes what would make it again', async () => {
      await cluster(loadBalancer('public-istio', controlledBy('gateway.networking.k8s.io/v1', 'Gateway', 'public')), object('gateway.networking.k8s.io/v1', 'Gateway', 'public'));
      await drain('delete');
      expect([...new Set(server.deleted)].sort()).toEqual(['Gateway/team-a/public', 'Service/team-a/public-istio']);
      expect(server.names).toEqual([]);
    });

    it('ends the workloads that use a claim: it does not go before they do', async () => {
      const pod = object('v1', 'Pod', 'notebook-abc-1', { volumes: [{ name: 'work', persistentVolumeClaim: { claimName: 'data' } }] }, controlledBy('apps/v1', 'ReplicaSet', 'notebook-abc'));
      const bystander = { ...object('v1', 'Pod', 'other', { volumes: [{ name: 'work', persistentVolumeClaim: { claimName: 'theirs' } }] }) };
      const done = { ...object('v1', 'Pod', 'done', { volumes: [{ name: 'work', persistentVolumeClaim: { claimName: 'data' } }] }), status: { phase: 'Succeeded' } };
      await cluster(claim('data'), pod, bystander, done, object('apps/v1', 'ReplicaSet', 'notebook-abc', {}, controlledBy('apps/v1', 'Deployment', 'notebook')), object('apps/v1', 'Deployment', 'notebook'));
      server.onDelete = (each) => {
        if (each.kind !== 'PersistentVolumeClaim' || !server.names.includes('Pod/notebook-abc-1')) server.remove(each);
      };
      await drain('delete');
      expect([...new Set(server.deleted)].sort()).toEqual(['Deployment/team-a/notebook', 'PersistentVolumeClaim/team-a/data', 'Pod/team-a/notebook-abc-1']);
    });

    it('does not delete again what is on its way out', async () => {
      await cluster(loadBalancer('web', { deletionTimestamp: '2026-01-01T00:00:00Z' }));
      await expect(drain('delete', 1)).rejects.toThrow(
        new Error('Service/team-a/web did not go within 1 seconds: the controllers that clear what stands behind them in the cloud have not done so. Look at their events, then run this again'),
      );
      expect(server.deleted).toEqual([]);
    });

    it('says at once why something cannot be deleted', async () => {
      await cluster(loadBalancer('web'));
      server.onDelete = () => { throw new Error('services "web" is forbidden: no'); };
      await expect(drain('delete')).rejects.toThrow(new Error('Cannot delete Service/team-a/web: services "web" is forbidden: no'));
    });
  });

  describe('volumes', () => {
    it('are waited for when their claim is gone, and named when they stay', async () => {
      await cluster(volume('pv-1', 'gone'));
      await expect(drain('refuse', 1)).rejects.toThrow(/^PersistentVolume\/pv-1 did not go within 1 seconds: /);
    });

    it('that go in time hold up nothing', async () => {
      const leaving = volume('pv-1', 'gone');
      await cluster(leaving);
      setTimeout(() => server.remove(leaving), 300);
      await expect(drain('refuse')).resolves.toBeUndefined();
    });

    it('that are kept, claimed by the platform, or claimed by nobody yet are nobody\'s business', async () => {
      await cluster(volume('kept', 'gone', 'Retain'), volume('used', 'shared'), claim('shared', PLATFORM), volume('offered'));
      await expect(drain('refuse')).resolves.toBeUndefined();
    });
  });

  it('of one that cannot be reached says what to do if it is gone', async () => {
    await cluster();
    const inputs = encodeStruct({ kubeconfig: server.kubeconfig, leftovers: 'delete' });
    server.stop();
    await expect(new DrainProvider(1).delete({ id: 'workloads', urn: URN, properties: NOTHING, oldInputs: inputs, timeout: 20 })).rejects.toThrow(
      /cannot reach the API server .*\. What stands for something in the cloud cannot be told\. If the cluster is gone already, take this resource out of the state: pulumi state delete 'urn:pulumi:dev::platform::kubeflow-cdk:index:ClusterDrain::workloads'$/,
    );
  });

  it('ends when the deployment is cancelled', async () => {
    await cluster(volume('pv-1', 'gone'));
    setTimeout(() => provider.cancel(), 300);
    await expect(drain('refuse')).rejects.toThrow('The deployment was cancelled');
  });

  it('does nothing before it is deleted, also where the kubeconfig is not known yet', async () => {
    const inputs = encodeStruct({ kubeconfig: '04da6b54-80e4-46f7-96ec-b56ff0331ba9', context: 'later', leftovers: 'refuse' });
    expect(await provider.check({ urn: URN, olds: NOTHING, news: inputs })).toEqual({ inputs });
    expect(await provider.create({ urn: URN, properties: inputs, timeout: 0, preview: true })).toEqual({ id: '', outputs: inputs });
    expect(await provider.create({ urn: URN, properties: inputs, timeout: 0, preview: false })).toEqual({ id: 'workloads', outputs: inputs });
    expect((await provider.diff()).changes.size).toBe(0);
    expect(await provider.read({ id: 'workloads', urn: URN, properties: inputs, inputs })).toEqual({ id: 'workloads', outputs: inputs, inputs });
  });
});
