import type { ApiClient } from '../apiserver/client';
import type { ApiResource } from '../apiserver/discovery';
import { describeObject, isObject, type LiveObject } from '../apiserver/objects';
import { type ClusterObject, listAll, originOf, served } from './cluster-objects';

const SERVICES: ApiResource = { apiVersion: 'v1', kind: 'Service', plural: 'services', namespaced: true };
const INGRESSES: ApiResource = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', plural: 'ingresses', namespaced: true };
const CLAIMS: ApiResource = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true };
const VOLUMES: ApiResource = { apiVersion: 'v1', kind: 'PersistentVolume', plural: 'persistentvolumes', namespaced: false };
const PODS: ApiResource = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };

/** Something that people made, or that another object of theirs makes, and that stands for something in the cloud. */
export interface CloudObject {
  readonly object: ClusterObject;
  /** What people made: the object itself, or what makes it and would make it again. */
  readonly origin: ClusterObject;
}

/** What people made that controllers have made something of in the cloud. */
export async function leftIn(client: ApiClient): Promise<readonly CloudObject[]> {
  const gateways = await served(client, 'gateway.networking.k8s.io/v1', 'Gateway');
  const kinds = [SERVICES, INGRESSES, CLAIMS, ...(gateways ? [gateways] : [])];
  const lists = await Promise.all(kinds.map((resource) => listAll(client, resource)));
  return ofPeople(client, lists.flat().filter(({ resource, live }) => resource !== SERVICES || specOf(live)['type'] === 'LoadBalancer'));
}

/** Pods that still use claims among these: a claim does not go before they do. */
export async function usersOf(client: ApiClient, left: readonly CloudObject[]): Promise<readonly CloudObject[]> {
  const claims = new Set(left.flatMap(({ object: { resource, live } }) => (resource === CLAIMS ? [`${live.metadata.namespace}/${live.metadata.name}`] : [])));
  if (claims.size === 0) return [];
  const pods = (await listAll(client, PODS)).filter(({ live }) => !hasEnded(live) && claimsOf(live).some((claim) => claims.has(claim)));
  return ofPeople(client, pods);
}

/** Volumes whose claim is gone and that their driver still has to delete. */
export async function volumesLeaving(client: ApiClient): Promise<readonly ClusterObject[]> {
  // Volumes first: one that is made meanwhile has a claim.
  const volumes = (await listAll(client, VOLUMES)).filter(({ live }) => specOf(live)['persistentVolumeReclaimPolicy'] === 'Delete');
  if (volumes.length === 0) return [];
  const claims = new Set((await listAll(client, CLAIMS)).map(({ live }) => live.metadata.uid));
  return volumes.filter(({ live }) => {
    const claim = claimOf(live);
    // One that nobody has claimed yet belongs to whoever made it: no driver deletes it.
    return claim !== undefined && !claims.has(claim);
  });
}

/** `Service/team-a/web`, or `Service/team-a/web of Gateway/team-a/web`. */
export function showLeft({ object, origin }: CloudObject): string {
  return object === origin ? showObject(object) : `${showObject(object)} of ${showObject(origin)}`;
}

/** `PersistentVolume/pvc-1` */
export function showObject({ resource, live: { metadata } }: ClusterObject): string {
  return describeObject(resource.kind, metadata.name, metadata.namespace);
}

/** What the platform declares carries its label; it has resources of its own, which go in their order. */
async function ofPeople(client: ApiClient, objects: readonly ClusterObject[]): Promise<readonly CloudObject[]> {
  const all = await Promise.all(objects.map(async (object) => ({ object, origin: await originOf(client, object) })));
  return all.filter(({ object, origin }) => ![object, origin].some(({ live }) => live.metadata.labels?.['app.kubernetes.io/managed-by'] === 'kubeflow-cdk'));
}

function hasEnded({ status }: LiveObject): boolean {
  return isObject(status) && (status['phase'] === 'Succeeded' || status['phase'] === 'Failed');
}

/** Claims that a pod mounts, as `namespace/name`. */
function claimsOf(pod: LiveObject): readonly string[] {
  const { volumes } = specOf(pod);
  return (Array.isArray(volumes) ? volumes : []).flatMap((volume: unknown) => {
    const claim = isObject(volume) ? volume['persistentVolumeClaim'] : undefined;
    const name = isObject(claim) ? claim['claimName'] : isObject(volume) && isObject(volume['ephemeral']) ? `${pod.metadata.name}-${String(volume['name'])}` : undefined;
    return typeof name === 'string' ? [`${pod.metadata.namespace}/${name}`] : [];
  });
}

function claimOf(volume: LiveObject): string | undefined {
  const claim = specOf(volume)['claimRef'];
  return isObject(claim) && typeof claim['uid'] === 'string' ? claim['uid'] : undefined;
}

function specOf({ spec }: LiveObject): Record<string, unknown> {
  return isObject(spec) ? spec : {};
}
