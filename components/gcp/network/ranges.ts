import { Netmask } from 'netmask';
import { InvalidInputError } from '../../../constructs/core';

/** Prefix lengths that a range may have, the largest range first. */
export interface PrefixLimits {
  readonly largest: number;
  readonly smallest: number;
}

/**
 * What GKE takes for the ranges of a cluster.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
 */
export const RANGE_LIMITS = {
  nodes: { largest: 8, smallest: 29 },
  pods: { largest: 9, smallest: 21 },
  services: { largest: 16, smallest: 28 },
  controlPlane: { largest: 28, smallest: 28 },
  managedServices: { largest: 16, smallest: 24 },
} as const satisfies Record<string, PrefixLimits>;

/** Addresses of a subnet that Google keeps: network, gateway, the last but one and broadcast. */
const RESERVED_ADDRESSES = 4;

/** Pods on a node that GKE takes at least and at most. @see https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr */
export const MAX_PODS_LIMITS = { least: 8, most: 256 } as const;

/** Ranges that are nobody's on the internet: RFC 1918, and RFC 6598 (carrier-grade NAT). */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map((range) => new Netmask(range));

/** Range of the bridge on every node, which addresses of it never leave. */
const BRIDGE = new Netmask('172.17.0.0/16');

const CIDR = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;

/** An IPv4 range that was checked, and the property that gave it. */
export interface Range {
  readonly property: string;
  readonly cidr: string;
  readonly prefix: number;
  /** Addresses in it. */
  readonly size: number;
}

/**
 * Reads an IPv4 range in CIDR notation.
 *
 * @throws InvalidInputError if it is none, or begins amid a range
 */
export function readCidr(property: string, cidr: string, where: string): Range {
  const block = CIDR.test(cidr) ? parse(cidr) : undefined;
  if (!block) throw new InvalidInputError({ property, value: cidr, expected: "an IPv4 range in CIDR notation such as '10.0.0.0/20'", where });
  const right = `${block.base}/${block.bitmask}`;
  if (right !== cidr) throw new InvalidInputError({ property, value: cidr, expected: `the first address of the range: '${right}'`, where });
  return { property, cidr, prefix: block.bitmask, size: block.size };
}

/**
 * Reads a range for a cluster: private, and of a size that GKE takes.
 *
 * @throws InvalidInputError
 */
export function readRange(property: string, cidr: string, { largest, smallest }: PrefixLimits, where: string): Range {
  const range = readCidr(property, cidr, where);
  if (!isPrivate(cidr)) {
    throw new InvalidInputError({ property, value: cidr, expected: 'a private range (in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10)', where });
  }
  if (BRIDGE.contains(cidr) || new Netmask(cidr).contains(BRIDGE)) {
    throw new InvalidInputError({ property, value: cidr, expected: 'a range apart from 172.17.0.0/16, which nodes use for themselves', where });
  }
  if (range.prefix < largest || range.prefix > smallest) {
    const expected = largest === smallest ? `a range of size /${largest}` : `a range of size /${largest} to /${smallest}`;
    throw new InvalidInputError({ property, value: cidr, expected, where });
  }
  return range;
}

/** Whether all of a range is private. */
export function isPrivate(cidr: string): boolean {
  return PRIVATE.some((block) => block.contains(cidr));
}

/**
 * Checks that no two ranges share an address.
 *
 * @throws InvalidInputError for the first that overlaps one before it
 */
export function checkApart(ranges: readonly Range[], where: string): void {
  for (const [index, range] of ranges.entries()) {
    const block = new Netmask(range.cidr);
    const other = ranges.slice(0, index).find(({ cidr }) => block.contains(cidr) || new Netmask(cidr).contains(range.cidr));
    if (other) {
      throw new InvalidInputError({ property: range.property, value: range.cidr, expected: `a range that does not overlap ${other.property} (${other.cidr})`, where });
    }
  }
}

/** Prefix of the range that GKE gives each node for its pods: at least twice as many addresses as pods. */
export function podPrefixOfNode(maxPodsPerNode: number): number {
  return 32 - Math.ceil(Math.log2(maxPodsPerNode * 2));
}

/** Nodes that the ranges are enough for. */
export function nodesThatFit(nodes: Range, pods: Range, maxPodsPerNode: number): { readonly nodes: number; readonly pods: number } {
  return { nodes: nodes.size - RESERVED_ADDRESSES, pods: Math.floor(2 ** (podPrefixOfNode(maxPodsPerNode) - pods.prefix)) };
}

/**
 * Checks that as many nodes as there may be have an address, and one for each of their pods.
 *
 * @throws InvalidInputError naming the range that is too small, and the size that is enough
 */
export function checkRoom(nodes: Range, pods: Range, { maxNodes, maxPodsPerNode }: { readonly maxNodes: number; readonly maxPodsPerNode: number }, where: string): void {
  const fit = nodesThatFit(nodes, pods, maxPodsPerNode);
  if (fit.nodes < maxNodes) {
    const prefix = 32 - Math.ceil(Math.log2(maxNodes + RESERVED_ADDRESSES));
    throw new InvalidInputError({ property: nodes.property, value: nodes.cidr, expected: `room for ${maxNodes} nodes: /${prefix} or larger (it has room for ${fit.nodes})`, where });
  }
  if (fit.pods < maxNodes) {
    const prefix = podPrefixOfNode(maxPodsPerNode) - Math.ceil(Math.log2(maxNodes));
    const expected = `room for ${maxNodes} nodes of ${maxPodsPerNode} pods: /${prefix} or larger (it has room for ${fit.pods} nodes)`;
    throw new InvalidInputError({ property: pods.property, value: pods.cidr, expected, where });
  }
}

function parse(cidr: string): Netmask | undefined {
  try {
    return new Netmask(cidr);
  } catch {
    return undefined;
  }
}
