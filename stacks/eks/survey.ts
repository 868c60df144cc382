import { type AwsLookups, chooseZones, type ClusterNetwork, checkKubernetesVersion, type EksVersion, existingEksCluster, existingHostedZone, existingNetwork, type HostedZoneLookups, machineType, type TargetCluster } from '../../components/aws';
import { checkServiceCidr, checkVpcCidr, DEFAULT_SERVICE_CIDR } from '../../components/aws/network/cidr';
import { InvalidInputError } from '../../constructs/core';
import type { EksConfig } from '../config';
import { PLATFORM_KUBERNETES } from '../kubernetes';

/** A network there is already, or the zones of one before it is made. */
export type FoundNetwork = { readonly kind: 'existing'; readonly network: ClusterNetwork } | { readonly kind: 'made'; readonly zones: readonly string[] };

/** A cluster there is already, or what AWS offers for one before it is made. */
export type FoundCluster =
  | { readonly kind: 'existing'; readonly cluster: TargetCluster }
  | { readonly kind: 'made'; readonly offeredVersions: readonly EksVersion[]; readonly offeredZones: ReadonlyMap<string, readonly string[]> };

/** What is known of the account before anything is made in it. */
export interface Survey {
  readonly network: FoundNetwork;
  readonly cluster: FoundCluster;
}

/** Kinds of node groups. */
export type NodeGroupKind = keyof EksConfig['nodes'];

/**
 * All that AWS is asked before anything is made.
 *
 * @throws InvalidInputError for what exists and cannot work, and for versions, machines and zones that the region has not
 */
export async function survey(config: EksConfig, lookups: AwsLookups, hostedZones: HostedZoneLookups): Promise<Survey> {
  const network = await surveyNetwork(config, lookups);
  const cluster = await surveyCluster(config, lookups, network.kind === 'existing' ? network.network.zones : network.zones);
  const { dns, domain, region } = config;
  if (dns.zone === 'existing') await existingHostedZone(hostedZones, { domain, region, roles: NOBODY, name: 'dns' });
  return { network, cluster };
}

/** Range of Services, wherever the network is from. */
export function serviceCidr({ network }: EksConfig): string | undefined {
  return network.existing ? network.existing.serviceCidr : network.serviceCidr;
}

/** Kinds of node groups that there are. */
export function nodeGroupKinds({ nodes }: EksConfig): readonly NodeGroupKind[] {
  return nodes.gpu ? ['system', 'cpu', 'gpu'] : ['system', 'cpu'];
}

async function surveyNetwork({ network, cluster, exposure }: EksConfig, lookups: AwsLookups): Promise<FoundNetwork> {
  const { existing, zones, cidr = DEFAULT_CIDR } = network;
  if (existing) {
    const found = await existingNetwork(lookups, { ...existing, where: 'network.existing' });
    if (exposure === 'internet-facing' && found.publicSubnetIds.length === 0) {
      throw new InvalidInputError({ property: 'publicSubnetIds', value: existing.publicSubnetIds, expected: "public subnets for the load balancer, which is to face the internet; or exposure 'internal'", where: 'network.existing' });
    }
    return { kind: 'existing', network: found };
  }
  if (cluster.existing) {
    throw new InvalidInputError({ property: 'existing', value: existing, expected: 'the VPC and subnets that the existing cluster is in: a database or file system in another network could not be reached', where: 'network' });
  }
  const block = checkVpcCidr(cidr, 'network');
  checkServiceCidr(network.serviceCidr ?? DEFAULT_SERVICE_CIDR, block, 'network');
  return { kind: 'made', zones: await chooseZones(lookups, zones, 'network') };
}

async function surveyCluster(config: EksConfig, lookups: AwsLookups, zones: readonly string[]): Promise<FoundCluster> {
  const { cluster, network, profile, kubernetesVersion } = config;
  if (cluster.existing) {
    const { name } = cluster.existing;
    return { kind: 'existing', cluster: await existingEksCluster(lookups, { name, supportedVersions: PLATFORM_KUBERNETES.range, vpcId: network.existing?.vpcId, profile, where: 'cluster.existing' }) };
  }
  const offeredVersions = await lookups.kubernetesVersions();
  checkKubernetesVersion(kubernetesVersion, { supported: PLATFORM_KUBERNETES.range, offered: offeredVersions, extendedSupport: cluster.support === 'extended' }, 'cluster');
  return { kind: 'made', offeredVersions, offeredZones: await surveyMachines(config, lookups, zones) };
}

async function surveyMachines(config: EksConfig, lookups: AwsLookups, zones: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted = nodeGroupKinds(config).flatMap((kind) => (config.nodes[kind]?.instanceTypes ?? []).map((type) => ({ type, where: `nodes-${kind}` })));
  // A type that is none has an answer of its own, better than that no zone has it.
  for (const { type, where } of wanted) machineType(type, 'instanceTypes', where);
  const offered = await lookups.instanceTypeZones([...new Set(wanted.map(({ type }) => type))]);
  for (const { type, where } of wanted) {
    const there = offered.get(type) ?? [];
    if (zones.some((zone) => there.includes(zone))) continue;
    const expected = there.length === 0 ? 'types that the region offers' : `types that a zone of the network offers; only ${there.join(', ')} has this one, and the network has ${zones.join(', ')}`;
    throw new InvalidInputError({ property: 'instanceTypes', value: type, expected, where });
  }
  return offered;
}

/** Range of a VPC, unless another is configured. */
export const DEFAULT_CIDR = '10.0.0.0/16';

/** Who gives access before there is a cluster. */
const NOBODY = {
  grant: () => {
    throw new Error('access was asked for before there is a cluster');
  },
};
