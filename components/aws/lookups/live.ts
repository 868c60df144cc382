import * as aws from '@pulumi/aws';
import type { AwsIdentity, AwsLookups, EksClusterFacts, EksVersion, SubnetFacts } from './facts';

/**
 * Asks AWS through a provider.
 *
 * @param provider explicit, with the region and the credentials of the stack
 */
export function liveLookups(provider: aws.Provider): AwsLookups {
  const options = { provider };
  return {
    identity: () => identity(options),
    async zones() {
      const { names, zoneIds } = await aws.getAvailabilityZones(
        { state: 'available', filters: [{ name: 'zone-type', values: ['availability-zone'] }, { name: 'opt-in-status', values: ['opt-in-not-required', 'opted-in'] }] },
        options,
      );
      return names.map((name, index) => ({ name, id: zoneIds[index] ?? '' }));
    },
    async instanceTypeZones(instanceTypes) {
      const zones = new Map<string, string[]>(instanceTypes.map((type) => [type, []]));
      const { instanceTypes: types, locations } = await aws.ec2.getInstanceTypeOfferings(
        { locationType: 'availability-zone', filters: [{ name: 'instance-type', values: [...new Set(instanceTypes)] }] },
        options,
      );
      types.forEach((type, index) => zones.get(type)?.push(locations[index] ?? ''));
      for (const list of zones.values()) list.sort();
      return zones;
    },
    async kubernetesVersions() {
      const { clusterVersions } = await aws.eks.getClusterVersions({ includeAll: true }, options);
      return clusterVersions.map(({ clusterVersion, versionStatus }) => ({ version: clusterVersion, support: supportOf(versionStatus) }));
    },
    async vpc(id) {
      const { ids } = await aws.ec2.getVpcs({ filters: [{ name: 'vpc-id', values: [id] }] }, options);
      if (!ids.includes(id)) return undefined;
      const { cidrBlock, enableDnsSupport, enableDnsHostnames } = await aws.ec2.getVpc({ id }, options);
      return { id, cidr: cidrBlock, dnsSupport: enableDnsSupport, dnsHostnames: enableDnsHostnames };
    },
    async subnets(ids) {
      if (ids.length === 0) return [];
      const found = await aws.ec2.getSubnets({ filters: [{ name: 'subnet-id', values: [...new Set(ids)] }] }, options);
      return Promise.all(ids.filter((id) => found.ids.includes(id)).map((id) => subnet(id, options)));
    },
    cluster: (name) => cluster(name, options),
  };
}

interface Asked {
  readonly provider: aws.Provider;
}

async function identity(options: Asked): Promise<AwsIdentity> {
  const [{ accountId, arn }, { region }] = await Promise.all([aws.getCallerIdentity({}, options), aws.getRegion({}, options)]);
  return { accountId, arn, region, partition: partitionOf(arn) };
}

function partitionOf(arn: string): AwsIdentity['partition'] {
  const [, partition] = arn.split(':');
  if (partition === 'aws' || partition === 'aws-cn' || partition === 'aws-us-gov') return partition;
  throw new Error(`'${arn}' is in partition '${partition ?? ''}', which is none that EKS is offered in to the public`);
}

function supportOf(status: string): EksVersion['support'] {
  if (status === 'STANDARD_SUPPORT') return 'standard';
  return status === 'EXTENDED_SUPPORT' ? 'extended' : 'none';
}

async function subnet(id: string, options: Asked): Promise<SubnetFacts> {
  const facts = await aws.ec2.getSubnet({ id }, options);
  return {
    id,
    vpcId: facts.vpcId,
    zone: facts.availabilityZone,
    cidr: facts.cidrBlock,
    freeAddresses: facts.availableIpAddressCount,
    public: await leadsToInternet(id, facts.vpcId, options),
  };
}

/** A subnet is public by its route table; without one of its own it has the main one of the VPC. */
async function leadsToInternet(subnetId: string, vpcId: string, options: Asked): Promise<boolean> {
  const own = await aws.ec2.getRouteTables({ filters: [{ name: 'association.subnet-id', values: [subnetId] }] }, options);
  const { ids } = own.ids.length > 0 ? own : await aws.ec2.getRouteTables({ vpcId, filters: [{ name: 'association.main', values: ['true'] }] }, options);
  const tables = await Promise.all(ids.map((routeTableId) => aws.ec2.getRouteTable({ routeTableId }, options)));
  return tables.some(({ routes }) => routes.some(({ gatewayId }) => gatewayId.startsWith('igw-')));
}

async function cluster(name: string, options: Asked): Promise<EksClusterFacts | undefined> {
  const { names } = await aws.eks.getClusters({}, options);
  if (!names.includes(name)) return undefined;
  const facts = await aws.eks.getCluster({ name }, options);
  return {
    name,
    version: facts.version,
    status: facts.status,
    endpoint: facts.endpoint,
    certificateAuthority: facts.certificateAuthorities[0]?.data ?? '',
    oidcIssuer: facts.identities[0]?.oidcs[0]?.issuer ?? '',
    securityGroupId: facts.vpcConfig.clusterSecurityGroupId,
    vpcId: facts.vpcConfig.vpcId,
  };
}
