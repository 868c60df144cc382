import { InvalidInputError } from '../../../constructs/core';
import type { AzureLookups } from '../lookups';
import { hasTrustedLaunch, zonesOf, type NodePool } from './pool';

/**
 * Checks that a location offers what pools are made of: size, zones, encryption at host and trusted launch.
 *
 * @param property how the configuration names a pool
 * @throws InvalidInputError naming the pool, and what is offered
 */
export async function checkOffered(lookups: AzureLookups, location: string, pools: readonly NodePool[], where = 'nodes', property = (pool: NodePool): string => `pools.${pool.name}`): Promise<void> {
  const sizes = await lookups.vmSizes(location);
  if (!sizes) return;
  for (const pool of pools) {
    const refuse = (field: string, value: unknown, expected: string): never => {
      throw new InvalidInputError({ property: `${property(pool)}.${field}`, value, expected, where });
    };
    const size = sizes.find(({ name }) => name.toLowerCase() === pool.vmSize.toLowerCase());
    if (!size) {
      const family = /^Standard_[A-Z]+/.exec(pool.vmSize)?.[0] ?? 'Standard_';
      const alike = sizes.flatMap(({ name }) => (name.startsWith(family) ? [name] : [])).slice(0, 8);
      return refuse('vmSize', pool.vmSize, `a size that ${location} offers to the subscription${alike.length > 0 ? `, such as ${alike.join(', ')}` : `; it offers none of ${family}`}`);
    }
    const missing = zonesOf(pool).filter((zone) => !size.zones.includes(zone));
    if (missing.length > 0) refuse('zones', zonesOf(pool), size.zones.length > 0 ? `zones of ${location} that have ${size.name}: ${size.zones.join(', ')}` : `[]: ${location} offers ${size.name} in no zone in particular`);
    if (pool.encryptionAtHost !== false && !size.encryptionAtHost) refuse('encryptionAtHost', true, `false, or a size whose host encrypts: ${size.name} has none`);
    if (hasTrustedLaunch(pool) && !size.trustedLaunch) refuse('trustedLaunch', true, `false, or a size with secure boot: ${size.name} has none`);
  }
}
