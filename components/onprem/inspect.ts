import { ApiClient } from '../apiserver';
import type { ApiResource } from '../apiserver/discovery';
import { isObject, type LiveObject } from '../apiserver/objects';
import type { NodeTaint } from '../capacity';

/** A pod that runs, or waits to. */
export interface FoundPod {
  readonly namespace: string;
  readonly name: string;
  /** Its `spec`. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A node of a cluster. */
export interface FoundNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeTaint[];
  /** What it has for pods, as Kubernetes writes it. */
  readonly allocatable: Readonly<Record<string, string>>;
  /** Pods on it that have not ended. */
  readonly pods: readonly FoundPod[];
  /** Whether it takes pods: ready, and not cordoned. */
  readonly ready: boolean;
}

/** What a cluster has. */
export interface FoundCluster {
  /** Of the API server, e.g. `1.34.2`. */
  readonly version: string;
  readonly nodes: readonly FoundNode[];
  /** StorageClasses by name, and whether each is the default. */
  readonly storageClasses: Readonly<Record<string, { readonly isDefault: boolean }>>;
  /** Names of CSI drivers. */
  readonly csiDrivers: readonly string[];
  /** Objects of the whole cluster that belong to somebody else, as `Kind/name`: namespaces, CRDs, CSI drivers, aggregated APIs. */
  readonly foreign: ReadonlySet<string>;
}

const NODES: ApiResource = { apiVersion: 'v1', kind: 'Node', plural: 'nodes', namespaced: false };
const PODS: ApiResource = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };
const STORAGE_CLASSES: ApiResource = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', plural: 'storageclasses', namespaced: false };
const CSI_DRIVERS: ApiResource = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', plural: 'csidrivers', namespaced: false };
/** What two systems cannot both have in one cluster. */
const SINGLE: readonly ApiResource[] = [
  { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', plural: 'customresourcedefinitions', namespaced: false },
  { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', plural: 'apiservices', namespaced: false },
  CSI_DRIVERS,
];
const PAGE = 500;
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/**
 * Looks at a cluster that exists; changes nothing.
 *
 * @throws Error if the cluster does not answer, or does not let these be listed
 */
export async function inspectCluster(place: { readonly kubeconfig: string; readonly context: string }): Promise<FoundCluster> {
  const client = await ApiClient.open(place);
  try {
    const [version, nodes, pods, classes, drivers, ...single] = await Promise.all([
      client.read('/version'),
      all(client, NODES),
      all(client, PODS),
      all(client, STORAGE_CLASSES),
      all(client, CSI_DRIVERS, true),
      ...SINGLE.map(async (resource) => (await all(client, resource, true)).map(({ metadata }) => ({ kind: resource.kind, metadata }))),
    ]);
    const running = podsByNode(pods);
    return {
      version: /\d+\.\d+\.\d+/.exec(String(version?.['gitVersion']))?.[0] ?? String(version?.['gitVersion']),
      nodes: nodes.map((node) => nodeOf(node, running.get(node.metadata.name) ?? [])),
      storageClasses: Object.fromEntries(classes.map(({ metadata }) => [metadata.name, { isDefault: metadata.annotations?.[DEFAULT_CLASS] === 'true' }])),
      csiDrivers: drivers.map(({ metadata }) => metadata.name),
      foreign: new Set(single.flat().filter(({ metadata }) => metadata.labels?.[MANAGED_BY] !== 'kubeflow-cdk').map(({ kind, metadata }) => `${kind}/${metadata.name}`)),
    };
  } finally {
    await client.close();
  }
}

async function all(client: ApiClient, resource: ApiResource, metadataOnly = false): Promise<readonly LiveObject[]> {
  const items: LiveObject[] = [];
  let continueFrom: string | undefined;
  do {
    const page = await client.list(resource, { metadataOnly, limit: PAGE, continueFrom });
    items.push(...page.items);
    ({ continueFrom } = page);
  } while (continueFrom);
  return items;
}

function podsByNode(pods: readonly LiveObject[]): ReadonlyMap<string, readonly FoundPod[]> {
  const byNode = new Map<string, FoundPod[]>();
  for (const pod of pods) {
    const spec = fields(pod['spec']);
    const node = String(spec['nodeName'] ?? '');
    if (['Succeeded', 'Failed'].includes(String(fields(pod['status'])['phase']))) continue;
    const here = byNode.get(node) ?? [];
    here.push({ namespace: pod.metadata.namespace ?? '', name: pod.metadata.name, spec });
    byNode.set(node, here);
  }
  return byNode;
}

function nodeOf(node: LiveObject, pods: readonly FoundPod[]): FoundNode {
  const { spec, status } = { spec: fields(node['spec']), status: fields(node['status']) };
  return {
    name: node.metadata.name,
    labels: node.metadata.labels ?? {},
    taints: list(spec['taints']).flatMap((taint) => taintOf(taint)),
    allocatable: Object.fromEntries(Object.entries(fields(status['allocatable'])).map(([key, amount]) => [key, String(amount)])),
    pods,
    ready: spec['unschedulable'] !== true && list(status['conditions']).some(({ type, status: value }) => type === 'Ready' && value === 'True'),
  };
}

function taintOf({ key, value, effect }: Record<string, unknown>): NodeTaint[] {
  if (typeof key !== 'string' || (effect !== 'NoSchedule' && effect !== 'PreferNoSchedule' && effect !== 'NoExecute')) return [];
  return [{ key, effect, ...(typeof value === 'string' && { value }) }];
}

function fields(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
