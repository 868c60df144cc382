import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import type { NodePoolCapacity, NodeTaint } from '../../capacity';
import { MAX_PODS_LIMITS } from '../network/ranges';
import { allocatable, GPU_RESOURCE } from './allocatable';
import { gpusOf } from './gpus';
import { type MachineGpus, type MachineShape, readMachineType } from './machine-types';
import { type GpuProvisioning, type NodePoolArgs, POOL_DEFAULTS } from './pool-args';

/** Label by which pods choose the kind of pool: `system`, `cpu` or `gpu`. */
export const POOL_LABEL = 'kubeflow-cdk.dev/pool';

/** What GKE lets boot disks be, in GiB; below 50 there is little left for images. */
const DISK_LIMITS = { least: 50, most: 65_536 } as const;

/** Most nodes of a pool. @see https://cloud.google.com/kubernetes-engine/quotas */
export const MAX_NODES = 1000;

/** Longest name of a pool, with the 8 characters that are put after it. */
const MAX_NAME = 32;

/** A pool, with everything decided. */
export interface PoolPlan {
  readonly machineType: string;
  readonly machine: MachineShape;
  readonly gpus?: MachineGpus;
  readonly provisioning: GpuProvisioning;
  readonly diskGib: number;
  readonly maxPodsPerNode: number;
  /** Labels and taints that the pool asks for; GKE adds others. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeTaint[];
  readonly capacity: NodePoolCapacity;
}

/** Decides what a pool is. @throws InvalidInputError */
export function planPool(name: string, args: NodePoolArgs): PoolPlan {
  const defaults = POOL_DEFAULTS[args.kind];
  const { machineType = defaults.machineType, min = defaults.min, diskGib = 100, maxPodsPerNode = args.cluster.maxPodsPerNode ?? 110 } = args;
  const max = args.max ?? Math.max(defaults.max, min);
  if (name.length > MAX_NAME || !/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new InvalidInputError({ property: 'name', value: name, expected: `at most ${MAX_NAME} lower-case letters, digits and "-", a letter first`, where: 'NodePool' });
  }
  checkWholeNumber('min', min, name, { least: 0, most: MAX_NODES });
  checkWholeNumber('max', max, name, { least: Math.max(min, 1), most: MAX_NODES });
  checkWholeNumber('diskGib', diskGib, name, DISK_LIMITS);
  checkWholeNumber('maxPodsPerNode', maxPodsPerNode, name, MAX_PODS_LIMITS);
  const machine = readMachineType('machineType', machineType, name);
  const gpus = args.kind === 'gpu' ? gpusOf(machineType, machine, args.gpus, name) : undefined;
  if (args.kind !== 'gpu' && machine.gpus) {
    throw new InvalidInputError({ property: 'machineType', value: machineType, expected: `a type without GPUs, or kind 'gpu' (it comes with ${machine.gpus.count} ${machine.gpus.type})`, where: name });
  }
  const provisioning = provisioningOf(args);
  if (waits(provisioning) && min > 0) {
    throw new InvalidInputError({ property: 'min', value: min, expected: `0: with provisioning '${String(provisioning)}' machines come when a job asks for them`, where: name });
  }
  const labels = { [POOL_LABEL]: args.kind, ...checkLabels(args.labels ?? {}, name) };
  const taints = [...taintsOf(gpus, provisioning), ...(args.taints ?? [])];
  const queue: readonly NodeTaint[] = provisioning === 'queued' ? [QUEUED] : [];
  return {
    machineType,
    machine,
    ...(gpus && { gpus }),
    provisioning,
    diskGib,
    maxPodsPerNode,
    labels,
    taints,
    capacity: {
      name,
      min,
      max,
      labels: { ...labels, ...addedLabels(machineType, gpus, provisioning) },
      taints: [...taints, ...queue],
      allocatable: allocatable(machine, gpus?.count ?? 0, { diskGib, maxPodsPerNode }),
    },
  };
}

/** Whether machines come when the Dynamic Workload Scheduler has them. */
export function waits(provisioning: GpuProvisioning): boolean {
  return provisioning === 'flex-start' || provisioning === 'queued';
}

function provisioningOf(args: NodePoolArgs): GpuProvisioning {
  if (args.kind === 'gpu') return args.provisioning ?? 'on-demand';
  return args.kind === 'cpu' && args.spot ? 'spot' : 'on-demand';
}

/** GKE puts it on nodes with GPUs, and has pods that ask for GPUs tolerate it. */
const GPU: NodeTaint = { key: GPU_RESOURCE, value: 'present', effect: 'NoSchedule' };
const SPOT: NodeTaint = { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' };
/** GKE puts it on nodes of queued pools; it cannot be asked for. */
const QUEUED: NodeTaint = { key: 'cloud.google.com/gke-queued', value: 'true', effect: 'NoSchedule' };

function taintsOf(gpus: MachineGpus | undefined, provisioning: GpuProvisioning): readonly NodeTaint[] {
  return [...(gpus ? [GPU] : []), ...(provisioning === 'spot' ? [SPOT] : [])];
}

/** Labels that GKE puts on nodes, by which pods choose. */
function addedLabels(machineType: string, gpus: MachineGpus | undefined, provisioning: GpuProvisioning): Readonly<Record<string, string>> {
  return {
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': machineType,
    ...(gpus && { 'cloud.google.com/gke-accelerator': gpus.type, 'cloud.google.com/gke-accelerator-count': String(gpus.count) }),
    ...(provisioning === 'spot' && { 'cloud.google.com/gke-spot': 'true' }),
    ...(waits(provisioning) && { 'cloud.google.com/gke-flex-start': 'true' }),
    ...(provisioning === 'queued' && { 'cloud.google.com/gke-queued': 'true' }),
  };
}

/** Prefixes of labels that are not the user's to set. */
const RESERVED = /^([^/]*\.)?(kubernetes\.io|k8s\.io|cloud\.google\.com|gke\.io)\//;

function checkLabels(labels: Readonly<Record<string, string>>, where: string): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(labels)) {
    if (RESERVED.test(key)) throw new InvalidInputError({ property: `labels.${key}`, value, expected: 'a label of your own: GKE refuses to have this one set', where });
    if (key === POOL_LABEL) throw new InvalidInputError({ property: `labels.${key}`, value, expected: "nothing: it says the pool's kind", where });
    if (!/^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/.test(value)) {
      throw new InvalidInputError({ property: `labels.${key}`, value, expected: 'at most 63 letters, digits, "-", "_" and ".", a letter or digit first and last', where });
    }
  }
  return labels;
}
