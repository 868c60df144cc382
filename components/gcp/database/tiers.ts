import { InvalidInputError } from '../../../constructs/core';

/** What a server costs and may be: machines of one edition are none of the other. */
export type Edition = 'ENTERPRISE' | 'ENTERPRISE_PLUS';

/**
 * Machines of one's own measure: vCPUs, and MiB of memory for each of them.
 *
 * @see https://cloud.google.com/sql/docs/mysql/instance-settings
 */
export const CUSTOM_TIER = { mostVcpus: 96, memoryStep: 256, leastMemory: 3840, leastMemoryPerVcpu: 0.9 * 1024, mostMemoryPerVcpu: 6.5 * 1024 } as const;
/** vCPUs that machines of Enterprise Plus have. */
export const PERFORMANCE_VCPUS = [2, 4, 8, 16, 32, 48, 64, 80, 96, 128] as const;
/** Parts of a core, without an SLA: for development. */
export const SHARED_CORE_TIERS = ['db-f1-micro', 'db-g1-small'] as const;

/**
 * The edition that has a machine.
 *
 * @throws InvalidInputError if no edition has it
 */
export function editionOf(tier: string, where: string): Edition {
  if (SHARED_CORE_TIERS.some((each) => each === tier)) return 'ENTERPRISE';
  const [, vcpus, memory] = /^db-custom-(\d+)-(\d+)$/.exec(tier) ?? [];
  if (vcpus !== undefined && memory !== undefined && isCustom(Number(vcpus), Number(memory))) return 'ENTERPRISE';
  const [, performance] = /^db-perf-optimized-N-(\d+)$/.exec(tier) ?? [];
  if (PERFORMANCE_VCPUS.some((each) => String(each) === performance)) return 'ENTERPRISE_PLUS';
  const { mostVcpus, memoryStep, leastMemory } = CUSTOM_TIER;
  throw new InvalidInputError({
    property: 'tier',
    value: tier,
    expected:
      `'db-custom-<vCPUs>-<MiB>' with 1 or an even number of vCPUs up to ${mostVcpus}, 0.9 to 6.5 GiB of memory for each, a multiple of ${memoryStep} MiB and at least ${leastMemory} ` +
      `(e.g. 'db-custom-2-8192'); 'db-perf-optimized-N-<vCPUs>' with ${PERFORMANCE_VCPUS.join(', ')}; or ${SHARED_CORE_TIERS.join(', ')}`,
    where,
  });
}

function isCustom(vcpus: number, memory: number): boolean {
  const { mostVcpus, memoryStep, leastMemory, leastMemoryPerVcpu, mostMemoryPerVcpu } = CUSTOM_TIER;
  const each = memory / vcpus;
  return (vcpus === 1 || (vcpus > 0 && vcpus % 2 === 0)) && vcpus <= mostVcpus && memory % memoryStep === 0 && memory >= leastMemory && each >= leastMemoryPerVcpu && each <= mostMemoryPerVcpu;
}
