import { createHash } from 'node:crypto';
import type { AwsLookups } from './facts';

/** What {@link assumedLookups} is to assume. */
export interface AssumedAws {
  readonly region: string;
  /** @default '000000000000' */
  readonly accountId?: string;
  /** Letters of the region's zones. @default three: a, b and c */
  readonly zoneLetters?: readonly string[];
  /** Kubernetes versions that are in standard support; every other is taken to be in none. */
  readonly kubernetesVersions: readonly string[];
}

/**
 * Answers without asking anybody, for synthesis without an account: whatever a configuration names exists, is in order, and is private.
 * Each zone offers every instance type. What is invented is the same each time.
 */
export function assumedLookups({ region, accountId = '000000000000', zoneLetters = ['a', 'b', 'c'], kubernetesVersions }: AssumedAws): AwsLookups {
  const zones = zoneLetters.map((letter, index) => ({ name: `${region}${letter}`, id: `${region}-az${index + 1}` }));
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  // Subnets are told the VPC that was asked for before them.
  let vpcId = 'vpc-00000000000000000';
  return {
    identity: async () => ({ accountId, partition, region, arn: `arn:${partition}:iam::${accountId}:role/deployer` }),
    zones: async () => zones,
    instanceTypeZones: async (types) => new Map(types.map((type) => [type, zones.map(({ name }) => name)])),
    kubernetesVersions: async () => kubernetesVersions.map((version) => ({ version, support: 'standard' })),
    async vpc(id) {
      vpcId = id;
      return { id, cidr: '10.0.0.0/16', dnsSupport: true, dnsHostnames: true };
    },
    subnets: async (ids) => ids.map((id, index) => ({ id, vpcId, zone: zones[index % zones.length]?.name ?? region, cidr: `10.0.${index * 16}.0/20`, freeAddresses: 4091, public: false })),
    async cluster(name) {
      const hex = createHash('sha256').update(name).digest('hex').toUpperCase();
      return {
        name,
        version: kubernetesVersions.at(-1) ?? '',
        status: 'ACTIVE',
        endpoint: `https://${hex.slice(0, 32)}.gr7.${region}.eks.amazonaws.com`,
        certificateAuthority: '',
        oidcIssuer: `https://oidc.eks.${region}.amazonaws.com/id/${hex.slice(0, 32)}`,
        securityGroupId: `sg-${hex.slice(0, 17).toLowerCase()}`,
        vpcId,
      };
    },
  };
}
