import type * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import type { NodeTaint } from '../../capacity';
import type { NetworkAddOns } from '../add-ons/network-add-ons';
import type { ClusterNetwork, TargetCluster } from '../contracts';
import { GPU_RESOURCE } from './allocatable';
import { machineType, type MachineType } from './machine-types';
import type { NodeRole } from './node-role';
import type { NodeImage } from './user-data';

/** What nodes are for. */
export type NodeKind =
  /** The platform's own pods. */
  | 'system'
  /** Workloads without GPUs. */
  | 'cpu'
  /** Workloads with GPUs, and nothing else: tainted `nvidia.com/gpu`. */
  | 'gpu';

/** How machines are paid for. */
export type Purchase =
  | { readonly kind: 'on-demand' }
  /** Much cheaper, and taken away at two minutes' notice. */
  | { readonly kind: 'spot' }
  /** An On-Demand Capacity Reservation: the group takes nothing else. */
  | { readonly kind: 'reservation'; readonly capacityReservationId: string }
  /** A Capacity Block for ML: machines for a booked time. */
  | { readonly kind: 'capacity-block'; readonly capacityReservationId: string };

/** Args of {@link NodeGroup}. */
export interface NodeGroupArgs {
  readonly cluster: TargetCluster;
  readonly network: ClusterNetwork;
  readonly role: NodeRole;
  /** Add-ons nodes need before they join. @default the cluster has them already */
  readonly networkAddOns?: NetworkAddOns;
  readonly kind: NodeKind;
  /** Instance types, of one architecture and one kind of GPU. Several make spot capacity easier to get, and are reckoned by the least of them. */
  readonly instanceTypes: readonly string[];
  /** Zones that offer each type, from `lookups.instanceTypeZones()`; the group is put into zones that offer all. @default each zone of the network */
  readonly offeredZones?: ReadonlyMap<string, readonly string[]>;
  /** Zones of the network to use. With `efa` one: a placement group is in one zone. @default all (with `efa` the first) that offer the types */
  readonly zones?: readonly string[];
  /** Fewest nodes. @default 0 with GPUs, else 1 */
  readonly min?: number;
  /** Most nodes. */
  readonly max: number;
  /** Nodes to begin with; the autoscaler takes over from there. @default min */
  readonly desired?: number;
  /** @default { kind: 'on-demand' } */
  readonly purchase?: Purchase;
  /** @default 'al2023' */
  readonly image?: NodeImage;
  /** GiB of the disk for images and pods: gp3, encrypted. @default 100, with GPUs 200 */
  readonly diskGib?: number;
  /** KMS key of the disks; its policy must let EC2 Auto Scaling use it (`users: ['autoscaling']`). */
  readonly keyArn: pulumi.Input<string>;
  /** Keeps a system group to pods that tolerate `CriticalAddonsOnly`. @default false */
  readonly criticalAddonsOnly?: boolean;
  /** All network interfaces for RDMA that the machines have, close together in one zone. @default false */
  readonly efa?: boolean;
  /** More labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** More taints. @default none */
  readonly taints?: readonly NodeTaint[];
}

/** Smallest disk: images of the platform and of a notebook need it. */
const SMALLEST_DISK_GIB = 50;
/** Largest gp3 volume. @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const LARGEST_DISK_GIB = 65_536;
/** EKS's limit of nodes in a group. @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
export const MOST_NODES = 450;
/** Longest label of Kubernetes; names of node groups have room for what Pulumi adds. */
const LONGEST_NAME = 55;

/** Checked args, with what follows from them. */
export interface CheckedNodeGroup {
  readonly machines: readonly MachineType[];
  readonly zones: readonly string[];
  readonly min: number;
  readonly desired: number;
  readonly diskGib: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeTaint[];
}

/** @throws InvalidInputError if the machines are none, do not fit together or to what they are for, or are not to be had; if sizes are out of range */
export function checkNodeGroup(args: NodeGroupArgs, where: string): CheckedNodeGroup {
  const { kind, instanceTypes, purchase, efa = false } = args;
  if (where.length > LONGEST_NAME) throw new InvalidInputError({ property: 'name', value: where, expected: `at most ${LONGEST_NAME} characters`, where });
  const machines = instanceTypes.map((type) => machineType(type, 'instanceTypes', where));
  checkMachines(machines, args, where);
  const min = checkWholeNumber('min', args.min ?? (kind === 'gpu' ? 0 : 1), where, { least: 0, most: MOST_NODES });
  const max = checkWholeNumber('max', args.max, where, { least: Math.max(min, 1), most: MOST_NODES });
  const desired = checkWholeNumber('desired', args.desired ?? min, where, { least: min, most: max });
  const diskGib = checkWholeNumber('diskGib', args.diskGib ?? (kind === 'gpu' ? 200 : 100), where, { least: SMALLEST_DISK_GIB, most: LARGEST_DISK_GIB });
  if (args.criticalAddonsOnly && kind !== 'system') throw new InvalidInputError({ property: 'criticalAddonsOnly', value: true, expected: "kind 'system' with it: no workload tolerates the taint", where });
  if (purchase && 'capacityReservationId' in purchase && !/^cr-[0-9a-f]{17}$/.test(purchase.capacityReservationId)) {
    throw new InvalidInputError({ property: 'purchase.capacityReservationId', value: purchase.capacityReservationId, expected: "an id such as 'cr-0123456789abcdef0'", where });
  }
  if (purchase?.kind === 'capacity-block' && machines.length !== 1) {
    throw new InvalidInputError({ property: 'instanceTypes', value: instanceTypes, expected: 'the one type that the Capacity Block is of', where });
  }
  const taints: readonly NodeTaint[] = [
    ...(kind === 'gpu' ? [{ key: GPU_RESOURCE, value: 'present', effect: 'NoSchedule' } as const] : []),
    ...(args.criticalAddonsOnly ? [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' } as const] : []),
    ...(args.taints ?? []),
  ];
  return { machines, zones: chooseNodeZones(args, efa, where), min, desired, diskGib, labels: checkLabels(args.labels ?? {}, where), taints };
}

function checkMachines(machines: readonly MachineType[], { kind, instanceTypes, efa }: NodeGroupArgs, where: string): void {
  const refuse = (value: unknown, expected: string): never => {
    throw new InvalidInputError({ property: 'instanceTypes', value, expected, where });
  };
  const [first] = machines;
  if (!first) return refuse(instanceTypes, "one type or more, e.g. 'm7i.xlarge'");
  for (const [index, machine] of machines.entries()) {
    if (instanceTypes.indexOf(machine.name) !== index) refuse(machine.name, 'each type once');
    if (machine.architecture !== first.architecture) refuse(machine.name, `types of one architecture, as '${first.name}' (${first.architecture}): an image is for one`);
    if (kind === 'gpu' && !machine.gpus) refuse(machine.name, "types with GPUs in a group of kind 'gpu', e.g. 'g6.2xlarge'");
    if (kind !== 'gpu' && machine.gpus) refuse(machine.name, `types without GPUs in a group of kind '${kind}', e.g. 'm7i.xlarge': this one has ${machine.gpus.count} ${machine.gpus.model}`);
    if (machine.gpus?.model !== first.gpus?.model) refuse(machine.name, `types with one kind of GPU, as '${first.name}' (${first.gpus?.model})`);
    if (efa && machine.efaInterfaces === 0) refuse(machine.name, "types with EFA where 'efa' is on, usually the largest of their family");
    if (efa && machine.efaInterfaces !== first.efaInterfaces) refuse(machine.name, `types with as many EFA interfaces as '${first.name}' (${first.efaInterfaces})`);
  }
}

/** Zones of the network that offer all the types, of those that are asked for. */
function chooseNodeZones({ network, zones: asked, offeredZones, instanceTypes }: NodeGroupArgs, efa: boolean, where: string): readonly string[] {
  for (const zone of asked ?? []) {
    if (!network.zones.includes(zone)) throw new InvalidInputError({ property: 'zones', value: zone, expected: `zones of the network: ${network.zones.join(', ')}`, where });
  }
  for (const type of offeredZones ? instanceTypes : []) {
    const offered = offeredZones?.get(type) ?? [];
    if (!network.zones.some((zone) => offered.includes(zone))) {
      const expected = offered.length === 0 ? 'types that the region offers' : `types that a zone of the network offers; only ${offered.join(', ')} has this one, and the network has ${network.zones.join(', ')}`;
      throw new InvalidInputError({ property: 'instanceTypes', value: type, expected, where });
    }
  }
  const usable = (asked ?? network.zones).filter((zone) => instanceTypes.every((type) => offeredZones?.get(type)?.includes(zone) ?? true));
  if (usable.length === 0) throw new InvalidInputError({ property: asked ? 'zones' : 'instanceTypes', value: asked ?? instanceTypes, expected: 'a zone that offers all the types of the group', where });
  if (efa && asked && asked.length !== 1) throw new InvalidInputError({ property: 'zones', value: asked, expected: 'one zone with efa: a placement group is in one', where });
  return efa ? usable.slice(0, 1) : usable;
}

/** EKS's limit, which is below that of Kubernetes. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const LONGEST_LABEL = 63;

/** Prefixes of labels that EKS and Kubernetes keep to themselves. */
const RESERVED_LABEL = /^(?:[^/]*\.)?(?:eks\.amazonaws\.com|kubernetes\.io)\//;

function checkLabels(labels: Readonly<Record<string, string>>, where: string): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(labels)) {
    if (key.length > LONGEST_LABEL || value === '' || value.length > LONGEST_LABEL) {
      throw new InvalidInputError({ property: 'labels', value: `${key}=${value}`, expected: `keys and values of 1 to ${LONGEST_LABEL} characters, as EKS takes them`, where });
    }
    if (RESERVED_LABEL.test(key)) throw new InvalidInputError({ property: 'labels', value: key, expected: 'labels that are not kept by EKS or Kubernetes themselves (eks.amazonaws.com/, kubernetes.io/)', where });
  }
  return labels;
}
