import type { CloudResource } from '../../../../policies';
import { resource } from '../gcp/run';

const CLUSTER = 'gcp:container/cluster:Cluster';
const NODE_POOL = 'gcp:container/nodePool:NodePool';

/** A cluster called `main`. */
export function cluster(properties: object = {}, about: Partial<CloudResource> = {}): CloudResource {
  return { ...resource(CLUSTER, { location: 'europe-west1', ...properties }), name: 'main', ...about };
}

/** An Autopilot cluster called `main`. */
export function autopilot(properties: object = {}): CloudResource {
  return cluster({ enableAutopilot: true, ...properties });
}

/** A node pool called `workers` of the cluster of the name `main`. */
export function nodePool(properties: object = {}, about: Partial<CloudResource> = {}): CloudResource {
  return { ...resource(NODE_POOL, { cluster: 'main', ...properties }), name: 'workers', ...about };
}
