import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { ClusterNetwork } from '../contracts';
import type { FoundSubnet, GcpLookups } from '../lookups';
import { SERVICE_NETWORKING } from './network';
import { checkApart, checkRoom, RANGE_LIMITS, readRange } from './ranges';

/** Which network to use. */
export interface ExistingNetworkArgs {
  /** Name of the subnet, in the region of the lookups. */
  readonly subnetwork: string;
  /** Name of its secondary range for pods. @default 'pods' */
  readonly podRange?: string;
  /** Name of its secondary range for Services. @default 'services' */
  readonly serviceRange?: string;
  /** Range of the control plane's private endpoint, a /28 that nothing in the VPC uses. @default '172.16.0.0/28' */
  readonly controlPlaneCidr?: string;
  /** @default 100 */
  readonly maxNodes?: number;
  /** @default 110 */
  readonly maxPodsPerNode?: number;
}

/** A network that was made elsewhere. */
export interface ExistingNetwork extends ClusterNetwork {
  readonly controlPlaneCidr: string;
  readonly maxPodsPerNode: number;
}

/**
 * A subnet that exists, with the VPC around it. Its way out (Cloud NAT), its firewall and its peering with Google's managed services are whoever's who made it;
 * the peering is read, so that a missing one is found before anything is created.
 *
 * @param name of the resource that stands for the peering, and where errors are said to be
 * @throws InvalidInputError if there is no such subnet, it lacks a secondary range or private Google access, or its ranges are too small
 */
export async function existingNetwork(name: string, lookups: GcpLookups, args: ExistingNetworkArgs, options?: pulumi.CustomResourceOptions): Promise<ExistingNetwork> {
  const { subnetwork, podRange = 'pods', serviceRange = 'services', maxNodes = 100, maxPodsPerNode = 110 } = args;
  const subnet = await lookups.subnetwork(subnetwork);
  const refuse = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property: `existing.${property}`, value, expected, where: name });
  };
  if (!subnet) return refuse('subnetwork', subnetwork, `a subnet of project '${lookups.project}' in region '${lookups.region}'`);
  if (!subnet.privateGoogleAccess) {
    refuse('subnetwork', subnetwork, 'a subnet with private Google access, without which private nodes cannot pull images or write logs (privateIpGoogleAccess: true)');
  }
  const controlPlane = readRange('existing.controlPlaneCidr', args.controlPlaneCidr ?? '172.16.0.0/28', RANGE_LIMITS.controlPlane, name);
  const nodes = readRange('existing.subnetwork', subnet.cidr, RANGE_LIMITS.nodes, name);
  const pods = readRange('existing.podRange', secondary(subnet, podRange, 'podRange', refuse), RANGE_LIMITS.pods, name);
  const services = readRange('existing.serviceRange', secondary(subnet, serviceRange, 'serviceRange', refuse), RANGE_LIMITS.services, name);
  checkApart([nodes, pods, services, controlPlane], name);
  checkRoom(nodes, pods, { maxNodes, maxPodsPerNode }, name);
  const network = pathOf(subnet.network);
  const serviceConnection = gcp.servicenetworking.Connection.get(`${name}-managed-services`, `${encodeURIComponent(network)}:${SERVICE_NETWORKING}`, undefined, options);
  return {
    networkId: pulumi.output(network),
    subnetId: pulumi.output(pathOf(subnet.selfLink)),
    cidr: subnet.cidr,
    podRange,
    serviceRange,
    serviceConnection,
    controlPlaneCidr: controlPlane.cidr,
    maxPodsPerNode,
  };
}

type Refuse = (property: string, value: unknown, expected: string) => never;

function secondary({ secondaryRanges }: FoundSubnet, range: string, property: string, refuse: Refuse): string {
  const has = Object.keys(secondaryRanges);
  return secondaryRanges[range] ?? refuse(property, range, `the name of a secondary range of the subnet (it has ${has.length === 0 ? 'none' : has.join(', ')})`);
}

/** A self link without its host: `projects/p/global/networks/n`. */
function pathOf(selfLink: string): string {
  return selfLink.replace(/^.*?(?=projects\/)/, '');
}
