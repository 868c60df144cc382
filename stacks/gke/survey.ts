import { chooseVersion, existingGkeCluster, type GcpLookups, type GkeTarget, POOL_DEFAULTS, readMachineType, zonesOffering } from '../../components/gcp';
import { InvalidInputError } from '../../constructs/core';
import type { GkeConfig } from '../config/schemas/gke';
import { PLATFORM_KUBERNETES } from '../kubernetes';

/** Kinds of node pools. */
export type PoolKind = keyof typeof POOL_DEFAULTS;

/** A cluster there is already, or what is known of one before it is made. */
export type Survey =
  | { readonly kind: 'existing'; readonly cluster: GkeTarget }
  | {
      readonly kind: 'made';
      /** Zones of pools whose machines, or configuration, allow some only. */
      readonly zones: Readonly<Partial<Record<PoolKind, readonly string[]>>>;
      /** Nodes that the network must have room for. */
      readonly maxNodes: number;
    };

/** Nodes that a network has room for without anybody asking: pools grow later, and its ranges never do. */
const ROOM = 100;

/**
 * All that is asked of Google Cloud about the cluster, before anything is made.
 *
 * @throws InvalidInputError for a version, machine type or zone that the region has not, or a cluster that is not there or cannot work
 */
export async function survey(config: GkeConfig, lookups: GcpLookups): Promise<Survey> {
  const { existing, releaseChannel = 'REGULAR' } = config.cluster;
  if (existing) {
    if (!config.network.existing) {
      const expected = 'the subnet that the existing cluster is in: a database or files in another network could not be reached';
      throw new InvalidInputError({ property: 'existing', value: undefined, expected, where: 'network' });
    }
    return { kind: 'existing', cluster: await existingGkeCluster(lookups, { ...existing, supported: PLATFORM_KUBERNETES.range }, 'cluster') };
  }
  const maxNodes = roomFor(config);
  const { kubernetesVersion: wanted } = config;
  const where = wanted === undefined ? 'cluster' : 'gcp';
  // Only that there will be one that works: which one is for the channel, as long as the configuration names none.
  chooseVersion(await lookups.versions(), wanted, releaseChannel, { supported: PLATFORM_KUBERNETES.range, property: 'kubernetesVersion', where });
  return { kind: 'made', zones: await zonesOf(config, lookups), maxNodes };
}

/** Kinds of pools that there are. */
export function poolKinds({ nodes }: GkeConfig): readonly PoolKind[] {
  return nodes.gpu ? ['system', 'cpu', 'gpu'] : ['system', 'cpu'];
}

async function zonesOf(config: GkeConfig, lookups: GcpLookups): Promise<Partial<Record<PoolKind, readonly string[]>>> {
  const all = await lookups.zones();
  const found = await Promise.all(
    poolKinds(config).map(async (kind) => {
      const { zones: wanted, machineType = POOL_DEFAULTS[kind].machineType } = config.nodes[kind] ?? {};
      const where = `nodes-${kind}`;
      // A type that is none has an answer of its own, better than that no zone has it.
      readMachineType('machineType', machineType, where);
      const zones = await zonesOffering(lookups, { machineType, property: 'machineType', where, ...(wanted && { zones: wanted }) });
      return { kind, zones: wanted || zones.length < all.length ? zones : undefined };
    }),
  );
  return Object.fromEntries(found.flatMap(({ kind, zones }) => (zones ? [[kind, zones]] : [])));
}

function roomFor(config: GkeConfig): number {
  const { network } = config;
  const most = poolKinds(config)
    .map((kind) => config.nodes[kind]?.max ?? Math.max(POOL_DEFAULTS[kind].max, config.nodes[kind]?.min ?? 0))
    .reduce((sum, max) => sum + max, 0);
  const configured = network.existing ? network.existing.maxNodes : network.maxNodes;
  if (configured !== undefined && configured < most) {
    const expected = `at least ${most}: as many nodes may the pools have together (nodes.<pool>.max)`;
    throw new InvalidInputError({ property: network.existing ? 'existing.maxNodes' : 'maxNodes', value: configured, expected, where: 'network' });
  }
  return configured ?? Math.max(ROOM, most);
}
