import { GO_MODULES } from '../toolchain';
import { callApi } from './api';
import type { Access } from './config';
import { STORAGE_CLASS, STORAGE_PROVISIONER } from './stages';

/** Marks what this project put into the cluster and may therefore remove. */
const OWNED = { 'app.kubernetes.io/managed-by': 'kubeflow-cdk' };
const ZONES = ['local-a', 'local-b', 'local-c'];

/** A simulated machine type. */
interface NodeShape {
  readonly prefix: string;
  readonly instanceType: string;
  readonly resources: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly object[];
}

const CPU_NODE: NodeShape = {
  prefix: 'cpu',
  instanceType: 'simulated-cpu-32',
  resources: { cpu: '32', memory: '128Gi', 'ephemeral-storage': '500Gi', pods: '250' },
};

/** Size of the usual 8-GPU machine of a cloud; tainted and labelled as GKE, EKS and NVIDIA's device plugin do. */
const GPU_NODE: NodeShape = {
  prefix: 'gpu',
  instanceType: 'simulated-gpu-8',
  resources: { cpu: '96', memory: '1152Gi', 'ephemeral-storage': '2Ti', pods: '250', 'nvidia.com/gpu': '8' },
  labels: { 'nvidia.com/gpu.present': 'true', 'nvidia.com/gpu.count': '8' },
  taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
};

/** All fields are required; the empty ones have no meaning without a machine. */
const NODE_INFO = {
  kubeletVersion: GO_MODULES.kubernetes.version, kubeProxyVersion: '', containerRuntimeVersion: '',
  operatingSystem: 'linux', architecture: 'amd64', osImage: 'simulated by kwok', kernelVersion: '',
  machineID: '', systemUUID: '', bootID: '',
};

interface NodeStatus {
  readonly name: string;
  readonly owned: boolean;
  readonly schedulable: boolean;
}

/** The Node object of the `index`th machine of a shape. */
function nodeObject(shape: NodeShape, index: number): object {
  const name = `${shape.prefix}-${index}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        ...OWNED,
        'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64',
        'node.kubernetes.io/instance-type': shape.instanceType,
        'topology.kubernetes.io/region': 'local',
        'topology.kubernetes.io/zone': ZONES[index % ZONES.length],
        ...shape.labels,
      },
    },
    spec: { taints: shape.taints ?? [] },
    status: { capacity: shape.resources, allocatable: shape.resources, nodeInfo: NODE_INFO },
  };
}

/**
 * Creates missing nodes and removes surplus ones; nodes somebody else made are left alone.
 * @returns what was changed, in words
 */
export async function reconcileNodes(access: Access, nodes: number, gpuNodes: number): Promise<string[]> {
  const wanted = new Map<string, object>();
  for (const [shape, count] of [[CPU_NODE, nodes], [GPU_NODE, gpuNodes]] as const) {
    for (let index = 0; index < count; index += 1) wanted.set(`${shape.prefix}-${index}`, nodeObject(shape, index));
  }
  const present = await listNodes(access);
  const names = new Set(present.map(({ name }) => name));
  const missing = [...wanted].filter(([name]) => !names.has(name));
  const surplus = present.filter(({ name, owned }) => owned && !wanted.has(name));
  await Promise.all([
    ...missing.map(([, node]) => expect(access, 'POST', '/api/v1/nodes', [201, 409], node)),
    ...surplus.map(({ name }) => expect(access, 'DELETE', `/api/v1/nodes/${name}`, [200, 202, 404])),
  ]);
  return [
    ...(missing.length > 0 ? [`${missing.length} nodes added`] : []),
    ...(surplus.length > 0 ? [`${surplus.length} nodes removed`] : []),
  ];
}

const STORAGE_CLASSES = '/apis/storage.k8s.io/v1/storageclasses';

/** Makes the default storage class, which simulated volumes are made for. */
export async function ensureStorageClass(access: Access): Promise<void> {
  if ((await callApi(access, 'GET', `${STORAGE_CLASSES}/${STORAGE_CLASS}`)).status === 200) return;
  await expect(access, 'POST', STORAGE_CLASSES, [201], {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: STORAGE_CLASS, labels: OWNED, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: STORAGE_PROVISIONER,
  });
}

/** Whether pods can be created and find a node: all nodes take pods, and the first ServiceAccount exists. */
export async function takesPods(access: Access, count: number): Promise<boolean> {
  const nodes = await listNodes(access);
  if (nodes.filter(({ schedulable }) => schedulable).length < count) return false;
  return (await callApi(access, 'GET', '/api/v1/namespaces/default/serviceaccounts/default')).status === 200;
}

async function listNodes(access: Access): Promise<NodeStatus[]> {
  const { items } = JSON.parse(await expect(access, 'GET', '/api/v1/nodes', [200])) as { items: NodeJson[] };
  return items.map(({ metadata, spec, status }) => ({
    name: metadata.name,
    owned: metadata.labels?.['app.kubernetes.io/managed-by'] === OWNED['app.kubernetes.io/managed-by'],
    schedulable:
      (status.conditions ?? []).some(({ type, status: value }) => type === 'Ready' && value === 'True') &&
      !(spec.taints ?? []).some(({ key }) => key.startsWith('node.kubernetes.io/')),
  }));
}

interface NodeJson {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly taints?: readonly { readonly key: string }[] };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

async function expect(access: Access, method: string, path: string, statuses: readonly number[], body?: unknown): Promise<string> {
  const response = await callApi(access, method, path, body);
  if (!statuses.includes(response.status)) throw new Error(`${method} ${path} was answered with ${response.status}: ${response.body.slice(0, 500)}`);
  return response.body;
}
