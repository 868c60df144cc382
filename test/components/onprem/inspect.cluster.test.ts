import { CoreV1Api, StorageV1Api } from '@kubernetes/client-node';
import { inspectCluster } from '../../../components/onprem';
import { startCluster, type StartedCluster } from '../../../local/cluster';
import { CLUSTER_TIMEOUT, eventually, kubeConfig, testToolchain } from '../../cluster';
import { clusterRoot } from '../../cluster-root';

describe('a real API server', () => {
  let cluster: StartedCluster;
  let core: CoreV1Api;

  beforeAll(async () => {
    cluster = await startCluster({ name: 'inspect', root: clusterRoot(), toolchain: await testToolchain(), nodes: 2, gpuNodes: 1 });
    core = kubeConfig(cluster).makeApiClient(CoreV1Api);
    await core.createNamespace({ body: { metadata: { name: 'theirs' } } });
    await core.createNamespace({ body: { metadata: { name: 'ours', labels: { 'app.kubernetes.io/managed-by': 'kubeflow-cdk' } } } });
    await core.createNamespacedServiceAccount({ namespace: 'theirs', body: { metadata: { name: 'pods' } } });
    const requests = { cpu: '2', memory: '3Gi' };
    const spec = { serviceAccountName: 'pods', containers: [{ name: 'main', image: 'example.com/main:1', resources: { limits: requests } }] };
    await core.createNamespacedPod({ namespace: 'theirs', body: { metadata: { name: 'runs' }, spec } });
    const storage = kubeConfig(cluster).makeApiClient(StorageV1Api);
    await storage.createCSIDriver({ body: { metadata: { name: 'cephfs.csi.ceph.com' }, spec: {} } });
    await storage.createStorageClass({ body: { metadata: { name: 'cephfs' }, provisioner: 'cephfs.csi.ceph.com' } });
    await eventually('the pod is on a node', async () => (await core.readNamespacedPod({ namespace: 'theirs', name: 'runs' })).spec?.nodeName !== undefined);
  }, 2 * CLUSTER_TIMEOUT);

  it('says what it has', async () => {
    const found = await inspectCluster(cluster);
    expect(found.version).toMatch(/^1\.\d+\.\d+$/);
    expect(found.nodes.map(({ ready }) => ready)).toEqual([true, true, true]);
    const [gpu, ...more] = found.nodes.filter(({ allocatable }) => allocatable['nvidia.com/gpu'] !== undefined);
    expect(more).toEqual([]);
    expect(gpu).toMatchObject({ taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }], labels: { 'nvidia.com/gpu.present': 'true' }, allocatable: { cpu: '96', 'nvidia.com/gpu': '8' } });
    expect(Object.entries(found.storageClasses).filter(([, { isDefault }]) => isDefault)).toHaveLength(1);
    expect(found.storageClasses['cephfs']).toEqual({ isDefault: false });
    expect(found.csiDrivers).toEqual(['cephfs.csi.ceph.com']);
  });

  it('says what runs, with the requests that the API server has filled in from limits', async () => {
    const found = await inspectCluster(cluster);
    const running = found.nodes.flatMap(({ pods }) => pods).filter(({ namespace }) => namespace === 'theirs');
    expect(running).toMatchObject([{ name: 'runs', spec: { containers: [{ resources: { requests: { cpu: '2', memory: '3Gi' } } }] } }]);
  });

  it('tells what is somebody else\'s', async () => {
    const { foreign } = await inspectCluster(cluster);
    expect([...foreign]).toEqual(expect.arrayContaining(['Namespace/theirs', 'CSIDriver/cephfs.csi.ceph.com', 'APIService/v1.apps']));
    expect(foreign.has('Namespace/ours')).toBe(false);
  });

  it('a cordoned node takes no pods', async () => {
    const [node] = (await core.listNode()).items;
    const name = node?.metadata?.name ?? '';
    await core.replaceNode({ name, body: { ...node, spec: { ...node?.spec, unschedulable: true } } });
    const { nodes } = await inspectCluster(cluster);
    expect(nodes.filter(({ ready }) => !ready).map((each) => each.name)).toEqual([name]);
  });

  it('a pod that has ended holds nothing', async () => {
    const pod = await core.readNamespacedPod({ namespace: 'theirs', name: 'runs' });
    await core.replaceNamespacedPodStatus({ namespace: 'theirs', name: 'runs', body: { ...pod, status: { phase: 'Succeeded' } } });
    const { nodes } = await inspectCluster(cluster);
    expect(nodes.flatMap(({ pods }) => pods).filter(({ namespace }) => namespace === 'theirs')).toEqual([]);
  });
});
