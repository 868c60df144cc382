import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkDnsLabel, checkObjectName, InvalidInputError } from '../core';
import { type AddressRange, addressRange, overlap, shared } from './addresses';

/**
 * Addresses that Services of type LoadBalancer are given.
 *
 * @see https://github.com/metallb/metallb/blob/v0.16.1/api/v1beta1/ipaddresspool_types.go
 */
export interface IpAddressPool {
  /** IPv4 blocks (`192.168.10.0/24`) and ranges (`192.168.10.200-192.168.10.250`). Addresses are in one pool only. */
  readonly addresses: readonly string[];
  /** Whether a Service that names no pool may be given one of these. @default true */
  readonly autoAssign?: boolean;
  /** Keep back addresses that end in 0 or 255, which some old networks drop. @default false */
  readonly avoidBuggyIps?: boolean;
  /** Services that may have these addresses. @default all */
  readonly serviceAllocation?: {
    /** The pool with the lowest number is taken first, one without a number last. @default none */
    readonly priority?: number;
    /** Namespaces of the Services. @default all */
    readonly namespaces?: readonly string[];
    /** Labels of the Services. @default any */
    readonly services?: Readonly<Record<string, string>>;
  };
}

/** Pools by name. */
export type Pools = Readonly<Record<string, IpAddressPool>>;

/** A range with the pool it is in. */
export interface PoolRange extends AddressRange {
  readonly pool: string;
}

/**
 * The ranges of all pools.
 *
 * @throws InvalidInputError for an address that cannot be, and for addresses that are in two places
 */
export function checkPools(pools: Pools, where: string): readonly PoolRange[] {
  const entries = Object.entries(pools);
  if (entries.length === 0) throw new InvalidInputError({ property: 'pools', value: pools, expected: 'at least one pool of addresses', where });
  const ranges = entries.flatMap(([pool, { addresses, serviceAllocation }]) => {
    checkObjectName('IPAddressPool', pool, where);
    if (addresses.length === 0) throw new InvalidInputError({ property: `pools.${pool}.addresses`, value: addresses, expected: 'at least one block or range', where });
    for (const namespace of serviceAllocation?.namespaces ?? []) checkDnsLabel(`pools.${pool}.serviceAllocation.namespaces`, namespace, where);
    return addresses.map((text, index) => ({ ...addressRange(text, { property: `pools.${pool}.addresses[${index}]`, where }), pool }));
  });
  const found = overlap(ranges);
  if (found) {
    const [a, b] = found;
    throw new InvalidInputError({
      property: `pools.${b.pool}.addresses`,
      value: b.text,
      expected: `addresses that are nowhere else; pools.${a.pool}.addresses has '${a.text}', and both have ${shared(a, b)}`,
      where,
    });
  }
  return ranges;
}

/** Declares the pools. */
export function ipAddressPools(scope: Construct, namespace: string, pools: Pools): void {
  for (const [name, { addresses, autoAssign, avoidBuggyIps, serviceAllocation }] of Object.entries(pools)) {
    const { priority, namespaces, services } = serviceAllocation ?? {};
    new ApiObject(scope, `pool-${name}`, {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name, namespace },
      spec: {
        addresses: [...addresses],
        autoAssign: autoAssign ?? true,
        avoidBuggyIPs: avoidBuggyIps ?? false,
        ...(serviceAllocation && {
          serviceAllocation: {
            ...(priority !== undefined && { priority }),
            ...(namespaces && { namespaces: [...namespaces] }),
            ...(services && { serviceSelectors: [{ matchLabels: { ...services } }] }),
          },
        }),
      },
    });
  }
}
