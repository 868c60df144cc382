import type * as pulumi from '@pulumi/pulumi';
import type { MachineType } from './machine-types';
import type { Purchase } from './node-group-args';
import type { NodeImage } from './user-data';

/** Where images have the disk for container images and pods. Bottlerocket keeps its own, read-only, apart. */
const DISKS: Readonly<Record<NodeImage, { readonly data: string; readonly system?: string }>> = { al2023: { data: '/dev/xvda' }, bottlerocket: { data: '/dev/xvdb', system: '/dev/xvda' } };
/** GiB of Bottlerocket's own disk. */
const SYSTEM_DISK_GIB = 4;

/** Disks of nodes, all encrypted with a key of the account. */
export function disks(image: NodeImage, diskGib: number, kmsKeyId: pulumi.Input<string>) {
  const { data, system } = DISKS[image];
  const disk = (deviceName: string, volumeSize: number) => ({ deviceName, ebs: { volumeType: 'gp3', volumeSize, encrypted: 'true', kmsKeyId, deleteOnTermination: 'true' } });
  return [disk(data, diskGib), ...(system === undefined ? [] : [disk(system, SYSTEM_DISK_GIB)])];
}

/** Instance metadata by session token only, and not for pods: an answer does not get past the node itself. */
export const METADATA = { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 } as const;

/**
 * Network interfaces of a node, none with a public address. With EFA, one for addresses and one for RDMA alone (`efa-only`: it takes no address)
 * on every network card that takes one.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html
 */
export function networkInterfaces({ efaInterfaces, firstEfaCard }: MachineType, efa: boolean, securityGroups: readonly pulumi.Output<string>[]) {
  const shared = { associatePublicIpAddress: 'false', deleteOnTermination: 'true', securityGroups: [...securityGroups] };
  const primary = { ...shared, deviceIndex: 0, networkCardIndex: 0 };
  if (!efa) return [primary];
  const cards = Array.from({ length: efaInterfaces }, (_, index) => firstEfaCard + index);
  return [primary, ...cards.map((card) => ({ ...shared, interfaceType: 'efa-only', networkCardIndex: card, deviceIndex: card === 0 ? 1 : 0 }))];
}

/** What a launch template says of how machines are paid for; the rest stands in the node group. */
export function reservation(purchase: Purchase, machine: string) {
  if (!('capacityReservationId' in purchase)) return {};
  const { kind, capacityReservationId } = purchase;
  return {
    capacityReservationSpecification: { capacityReservationPreference: 'capacity-reservations-only', capacityReservationTarget: { capacityReservationId } },
    ...(kind === 'capacity-block' && { instanceMarketOptions: { marketType: 'capacity-block' }, instanceType: machine }),
  };
}
