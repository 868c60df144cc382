import { CoreV1Api, NetworkingV1Api, StorageV1Api } from '@kubernetes/client-node';
import { encodeStruct } from '../../../components/apiserver/plugin/wire';
import { DrainProvider } from '../../../components/drain/provider';
import { startCluster, type StartedCluster } from '../../../local/cluster';
import { clusterRoot } from '../../cluster-root';
import { CLUSTER_TIMEOUT, eventually, kubeConfig, testToolchain } from '../../cluster';

const URN = 'urn:pulumi:s::p::kubeflow-cdk:index:ClusterDrain::workloads';
const NOTHING = encodeStruct({});
const NAMESPACE = 'team-a';
const PLATFORM = { 'app.kubernetes.io/managed-by': 'kubeflow-cdk' };

/** A cluster of its own: what other tests have in a shared one would be drained with it. */
describe('the drain of a real cluster', () => {
  const provider = new DrainProvider();
  let cluster: StartedCluster;
  let core: CoreV1Api;
  let networking: NetworkingV1Api;

  const drain = (leftovers: string, timeout = 40): Promise<void> =>
    provider.delete({ id: 'workloads', urn: URN, properties: NOTHING, oldInputs: encodeStruct({ kubeconfig: cluster.kubeconfig, context: cluster.context, leftovers }), timeout });
  const service = (name: string, labels = {}, finalizers: string[] = []) =>
    core.createNamespacedService({ namespace: NAMESPACE, body: { metadata: { name, labels, finalizers }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { app: name } } } });
  const ingress = (name: string) => networking.createNamespacedIngress({ namespace: NAMESPACE, body: { metadata: { name }, spec: { defaultBackend: { service: { name, port: { number: 80 } } } } } });
  /** A volume of a driver that nobody runs: nothing deletes it. */
  const volume = async (name: string, labels = {}) => {
    const common = { accessModes: ['ReadWriteOnce'], storageClassName: '' };
    await core.createPersistentVolume({
      body: {
        metadata: { name: `pv-${name}`, annotations: { 'pv.kubernetes.io/provisioned-by': 'driver.test' } },
        spec: { ...common, capacity: { storage: '1Gi' }, persistentVolumeReclaimPolicy: 'Delete', csi: { driver: 'driver.test', volumeHandle: name }, claimRef: { namespace: NAMESPACE, name } },
      },
    });
    await core.createNamespacedPersistentVolumeClaim({ namespace: NAMESPACE, body: { metadata: { name, labels }, spec: { ...common, volumeName: `pv-${name}`, resources: { requests: { storage: '1Gi' } } } } });
    await eventually(`claim ${name} is bound`, async () => (await core.readNamespacedPersistentVolumeClaim({ namespace: NAMESPACE, name })).status?.phase === 'Bound');
  };
  const names = async (): Promise<string[]> => [
    ...(await core.listNamespacedService({ namespace: NAMESPACE })).items.map(({ metadata }) => `Service/${metadata?.name}`),
    ...(await networking.listNamespacedIngress({ namespace: NAMESPACE })).items.map(({ metadata }) => `Ingress/${metadata?.name}`),
    ...(await core.listNamespacedPersistentVolumeClaim({ namespace: NAMESPACE })).items.map(({ metadata }) => `PersistentVolumeClaim/${metadata?.name}`),
  ];

  beforeAll(async () => {
    cluster = await startCluster({ name: 'drain', root: clusterRoot(), toolchain: await testToolchain(), nodes: 1, gpuNodes: 0 });
    core = kubeConfig(cluster).makeApiClient(CoreV1Api);
    networking = kubeConfig(cluster).makeApiClient(NetworkingV1Api);
    await kubeConfig(cluster).makeApiClient(StorageV1Api).createCSIDriver({ body: { metadata: { name: 'driver.test' }, spec: { attachRequired: false } } });
    await core.createNamespace({ body: { metadata: { name: NAMESPACE } } });
    await eventually('the namespace has its ServiceAccount', () => core.readNamespacedServiceAccount({ namespace: NAMESPACE, name: 'default' }).then(() => true, () => false));
    await service('gateway', PLATFORM);
    await volume('shared', PLATFORM);
  }, CLUSTER_TIMEOUT);
  afterAll(() => provider.close());

  it('has nothing to do where there is only the platform', async () => {
    await drain('refuse');
    await drain('delete');
    expect(await names()).toEqual(['Service/gateway', 'PersistentVolumeClaim/shared']);
  }, CLUSTER_TIMEOUT);

  it('refuses over what people made, and deletes nothing', async () => {
    await Promise.all([service('web'), ingress('site'), volume('data')]);
    await expect(drain('refuse')).rejects.toThrow(/^Service\/team-a\/web, Ingress\/team-a\/site, PersistentVolumeClaim\/team-a\/data still exist, /);
    expect(await names()).toEqual(['Service/gateway', 'Service/web', 'Ingress/site', 'PersistentVolumeClaim/data', 'PersistentVolumeClaim/shared']);
  }, CLUSTER_TIMEOUT);

  it('names what its controllers do not clear in time', async () => {
    await service('stuck', {}, ['service.kubernetes.io/load-balancer-cleanup']);
    await expect(drain('delete', 3)).rejects.toThrow(/^Service\/team-a\/stuck, PersistentVolume\/pv-data did not go within 3 seconds: /);
    expect(await names()).toEqual(['Service/gateway', 'Service/stuck', 'PersistentVolumeClaim/shared']);
  }, CLUSTER_TIMEOUT);

  it('ends as soon as they have', async () => {
    const draining = drain('delete');
    await core.deletePersistentVolume({ name: 'pv-data' });
    await core.replaceNamespacedService({ namespace: NAMESPACE, name: 'stuck', body: { ...(await core.readNamespacedService({ namespace: NAMESPACE, name: 'stuck' })), metadata: { name: 'stuck', finalizers: [] } } });
    await draining;
    expect(await names()).toEqual(['Service/gateway', 'PersistentVolumeClaim/shared']);
  }, CLUSTER_TIMEOUT);

  it('ends the pods that hold a claim', async () => {
    await volume('work');
    await core.createNamespacedPod({
      namespace: NAMESPACE,
      body: { metadata: { name: 'notebook' }, spec: { containers: [{ name: 'main', image: 'notebook', volumeMounts: [{ name: 'work', mountPath: '/work' }] }], volumes: [{ name: 'work', persistentVolumeClaim: { claimName: 'work' } }] } },
    });
    await eventually('the pod runs', async () => (await core.readNamespacedPod({ namespace: NAMESPACE, name: 'notebook' })).status?.phase === 'Running');
    const draining = drain('delete');
    await eventually('the claim is gone', () => core.readNamespacedPersistentVolumeClaim({ namespace: NAMESPACE, name: 'work' }).then(() => false, () => true));
    await core.deletePersistentVolume({ name: 'pv-work' });
    await draining;
    expect((await core.listNamespacedPod({ namespace: NAMESPACE })).items).toEqual([]);
  }, CLUSTER_TIMEOUT);
});
