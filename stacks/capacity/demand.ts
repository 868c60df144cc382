import type { Manifest, SynthesizedObject } from '../../constructs/core';
import { type Amounts, amountsOf, baseUnits, most, NOTHING, plus } from './amounts';

/** Pods that a platform object has running. */
export interface PodDemand {
  readonly component: string;
  /** `Kind/namespace/name` of what makes them. */
  readonly owner: string;
  /** How many, or one on each node that takes it. */
  readonly replicas: number | 'each-node';
  /** What one asks for. */
  readonly requests: Amounts;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** A toleration of a pod. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** What a platform asks for. */
export interface Demand {
  readonly pods: readonly PodDemand[];
  /** Bytes of volumes, by component. */
  readonly disk: Readonly<Record<string, number>>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * What the objects of a platform ask for as soon as they run: as many replicas as an autoscaler keeps at least. What comes and goes
 * (CronJobs, more replicas under load) comes on top, and so do people's workloads, such as training jobs.
 */
export function demandOf(objects: readonly SynthesizedObject[]): Demand {
  const scaled = autoscaled(objects);
  const disk: Record<string, number> = {};
  for (const { component, manifest } of objects) {
    const bytes = volumesOf(manifest);
    if (bytes > 0) disk[component] = (disk[component] ?? 0) + bytes;
  }
  return { pods: objects.flatMap(({ component, manifest }) => podsOf(component, manifest, scaled)), disk };
}

function podsOf(component: string, manifest: Manifest, scaled: ReadonlyMap<string, number>): PodDemand[] {
  if (!['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(manifest.kind)) return [];
  const spec = mapping(manifest['spec']);
  const pod = mapping(mapping(spec['template'])['spec']);
  const owner = ownerOf(manifest.kind, manifest.metadata.namespace, manifest.metadata.name);
  const stated = number(spec[manifest.kind === 'Job' ? 'parallelism' : 'replicas'], 1);
  return [
    {
      component,
      owner,
      // An autoscaler leaves alone what is scaled to nothing.
      replicas: manifest.kind === 'DaemonSet' ? 'each-node' : stated === 0 ? 0 : Math.max(scaled.get(owner) ?? 0, stated),
      requests: podRequests(pod),
      nodeSelector: Object.fromEntries(Object.entries(mapping(pod['nodeSelector'])).map(([key, value]) => [key, String(value)])),
      tolerations: list<Toleration>(pod['tolerations']),
    },
  ];
}

/**
 * What the scheduler reserves for a pod.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
function podRequests(pod: Json): Amounts {
  const requestsOf = (container: Json): Amounts => {
    const { requests, limits } = mapping(container['resources']);
    return amountsOf({ ...mapping(limits), ...mapping(requests) });
  };
  const inits = list<Json>(pod['initContainers']);
  let sidecars = NOTHING;
  let starting = NOTHING;
  for (const init of inits) {
    const requests = requestsOf(init);
    if (init['restartPolicy'] === 'Always') sidecars = plus(sidecars, requests);
    starting = most(starting, init['restartPolicy'] === 'Always' ? sidecars : plus(sidecars, requests));
  }
  const running = list<Json>(pod['containers']).map(requestsOf).reduce(plus, sidecars);
  return plus(most(running, starting), amountsOf(mapping(pod['overhead'])));
}

/** Fewest replicas that an autoscaler keeps, by what it scales. */
function autoscaled(objects: readonly SynthesizedObject[]): ReadonlyMap<string, number> {
  return new Map(
    objects.flatMap(({ manifest }) => {
      if (manifest.kind !== 'HorizontalPodAutoscaler') return [];
      const { scaleTargetRef, minReplicas } = mapping(manifest['spec']);
      const { kind, name } = mapping(scaleTargetRef);
      return [[ownerOf(String(kind), manifest.metadata.namespace, String(name)), number(minReplicas, 1)] as const];
    }),
  );
}

function volumesOf(manifest: Manifest): number {
  const spec = mapping(manifest['spec']);
  const size = (claim: Json): number => baseUnits(mapping(mapping(claim['resources'])['requests'])['storage']);
  if (manifest.kind === 'PersistentVolumeClaim') return size(spec);
  if (manifest.kind !== 'StatefulSet') return 0;
  const each = list<Json>(spec['volumeClaimTemplates']).reduce((sum, template) => sum + size(mapping(template['spec'])), 0);
  return each * number(spec['replicas'], 1);
}

function ownerOf(kind: string, namespace: string | undefined, name: string): string {
  return [kind, namespace, name].filter(Boolean).join('/');
}

function mapping(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

function list<T extends object>(value: unknown): readonly T[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
