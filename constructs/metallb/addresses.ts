import { ip2long, long2ip, Netmask } from 'netmask';
import { InvalidInputError } from '../core';

/** Addresses from `first` to `last`, both included, as numbers. */
export interface AddressRange {
  /** As it was written. */
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/** Where an address is written, for errors. */
export interface Place {
  readonly property: string;
  readonly where: string;
}

const IPV4 = /^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/;

/** Whether it is an IPv4 address in the usual form, without the leading zeros that some programs read as octal. */
export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

/**
 * Reads a block such as `192.168.10.0/24`, or a range such as `192.168.10.200-192.168.10.250`.
 *
 * @throws InvalidInputError if it is neither, the block has bits beyond its prefix, or the range goes backwards
 */
export function addressRange(text: string, { property, where }: Place): AddressRange {
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property, value: text, expected, where });
  };
  if (text.includes(':')) refuse('IPv4 addresses; IPv6 is not supported here');
  const [start = '', end, ...rest] = text.split('-').map((part) => part.trim());
  if (end !== undefined) {
    if (rest.length > 0 || !isIpv4(start) || !isIpv4(end)) refuse("a range of two IPv4 addresses, such as '192.168.10.200-192.168.10.250'");
    if (ip2long(start) > ip2long(end)) refuse(`a range from the lower address to the higher, such as '${end}-${start}'`);
    return { text, first: ip2long(start), last: ip2long(end) };
  }
  const [address = '', prefix = '', ...more] = text.split('/');
  if (more.length > 0 || !isIpv4(address) || !/^([1-9]|[12]\d|3[0-2])$/.test(prefix)) {
    refuse("an IPv4 block such as '192.168.10.0/24' (one address is '192.168.10.5/32'), or a range such as '192.168.10.200-192.168.10.250'");
  }
  const block = new Netmask(text);
  if (block.base !== address) refuse(`a block that begins at its first address: '${block.base}/${prefix}', or '${address}/32' for that address alone`);
  return { text, first: block.netLong, last: block.netLong + block.size - 1 };
}

/**
 * Addresses of a range that are in the shortest block of it, as a prefix length: what a router can be told of it at best.
 */
export function largestPrefix({ first, last }: AddressRange): number {
  for (let prefix = 1; prefix < 32; prefix += 1) {
    const size = 2 ** (32 - prefix);
    if (Math.ceil(first / size) * size + size - 1 <= last) return prefix;
  }
  return 32;
}

/** Two ranges with addresses in common, if there are such. */
export function overlap<T extends AddressRange>(ranges: readonly T[]): readonly [T, T] | undefined {
  const sorted = ranges.toSorted((a, b) => a.first - b.first || a.last - b.last);
  for (const [index, range] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next && next.first <= range.last) return [range, next];
  }
  return undefined;
}

/** The addresses two overlapping ranges share, for people. */
export function shared(a: AddressRange, b: AddressRange): string {
  const [first, last] = [Math.max(a.first, b.first), Math.min(a.last, b.last)].map(long2ip);
  return first === last ? `${first}` : `${first} to ${last}`;
}
