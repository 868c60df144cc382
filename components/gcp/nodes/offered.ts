import { InvalidInputError } from '../../../constructs/core';
import type { GcpLookups } from '../lookups';

/** A machine type that a pool asks for. */
export interface WantedMachine {
  readonly machineType: string;
  /** Zones that the pool names. @default any of the region */
  readonly zones?: readonly string[];
  /** Property and section of the configuration, for errors. */
  readonly property: string;
  readonly where: string;
}

/**
 * The zones to put a pool in: those it names, or those of the region that have its machine type. GPUs are not in every zone.
 *
 * @throws InvalidInputError if a zone is none of the region's, or has none of the type, naming the zones that have
 */
export async function zonesOffering(lookups: GcpLookups, { machineType, zones, property, where }: WantedMachine): Promise<readonly string[]> {
  const all = await lookups.zones();
  const stranger = zones?.find((zone) => !all.includes(zone));
  if (stranger !== undefined) throw new InvalidInputError({ property: 'zones', value: stranger, expected: `zones of region '${lookups.region}': ${all.join(', ')}`, where });
  const answers = await Promise.all(all.map(async (zone) => ({ zone, offered: await lookups.machine(zone, machineType) })));
  const offering = answers.flatMap(({ zone, offered }) => (offered ? [zone] : []));
  if (offering.length === 0) throw new InvalidInputError({ property, value: machineType, expected: `a machine type that region '${lookups.region}' has in some zone`, where });
  const lacking = zones?.find((zone) => !offering.includes(zone));
  if (lacking !== undefined) throw new InvalidInputError({ property: 'zones', value: lacking, expected: `zones that have ${machineType}: ${offering.join(', ')}`, where });
  return zones ?? offering;
}
