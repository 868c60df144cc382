import { assumedLookups, type AwsLookups } from '../../components/aws';
import type { EksConfig } from '../config';
import { PLATFORM_KUBERNETES } from '../kubernetes';

const ZONE_LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
/** A range no Services may have: whatever they are given, it does not overlap. */
const SOMEWHERE = '100.64.0.0/16';

/** Answers for synthesis without an account: what the configuration says of zones and subnets is true. */
export function assumptions(config: EksConfig): AwsLookups {
  const { region, accountId, network } = config;
  const lookups = assumedLookups({ region, accountId, zoneLetters: zoneLetters(config), kubernetesVersions: PLATFORM_KUBERNETES.versions });
  const outside = new Set(network.existing?.publicSubnetIds);
  return {
    ...lookups,
    async vpc(id) {
      const vpc = await lookups.vpc(id);
      return vpc && { ...vpc, cidr: SOMEWHERE };
    },
    subnets: async (ids) => (await lookups.subnets(ids)).map((subnet) => ({ ...subnet, public: outside.has(subnet.id) })),
  };
}

/** Those that are named, and as many more as there are subnets, or three. */
function zoneLetters({ region, network, nodes }: EksConfig): readonly string[] {
  const named = [network.zones, nodes.system.zones, nodes.cpu.zones, nodes.gpu?.zones].flatMap((zones) => zones ?? []);
  const letters = ZONE_LETTERS.filter((letter) => named.includes(`${region}${letter}`));
  const all = [...new Set([...letters, ...ZONE_LETTERS])];
  return all.slice(0, Math.max(3, letters.length, network.existing?.privateSubnetIds.length ?? 0)).toSorted();
}
