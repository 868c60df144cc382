import { Netmask } from 'netmask';
import { InvalidInputError } from '../../../constructs/core';

/** An IPv4 address range that somebody configured. */
export interface Range {
  /** Property it was given as. */
  readonly property: string;
  readonly cidr: string;
}

/** Address ranges that AKS keeps for itself. @see https://learn.microsoft.com/azure/aks/concepts-network-legacy-cni#prerequisites */
export const RESERVED_BY_AKS: readonly string[] = ['169.254.0.0/16', '172.30.0.0/16', '172.31.0.0/16', '192.0.2.0/24'];

/** Addresses of each subnet that Azure keeps: network, gateway, two for DNS, broadcast. @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
export const RESERVED_ADDRESSES = 5;

/** Sizes a range may have, as the prefix lengths of the largest and the smallest. */
export interface RangeSizes {
  readonly largest: number;
  readonly smallest: number;
}

/**
 * Reads an address range.
 *
 * @throws InvalidInputError if it is no IPv4 range, does not begin at its first address, or is too large or small
 */
export function checkRange({ property, cidr }: Range, { largest, smallest }: RangeSizes, where: string): Netmask {
  const expected = `an IPv4 range from /${largest} to /${smallest}, such as '10.224.0.0/${largest > 16 ? largest : Math.min(16, smallest)}'`;
  const [, address = '', bits = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const prefix = Number(bits);
  if (bits === '' || prefix > 32 || address.split('.').some((part) => Number(part) > 255)) throw new InvalidInputError({ property, value: cidr, expected, where });
  const range = new Netmask(cidr);
  if (range.base !== address) throw new InvalidInputError({ property, value: cidr, expected: `a range that begins at its first address: '${range.base}/${prefix}'`, where });
  if (prefix < largest || prefix > smallest) throw new InvalidInputError({ property, value: cidr, expected, where });
  return range;
}

/**
 * Refuses ranges that have addresses in common, with one another or with those AKS keeps for itself.
 *
 * @throws InvalidInputError naming both
 */
export function checkApart(ranges: readonly Range[], where: string): void {
  for (const [index, range] of ranges.entries()) {
    const others = [...ranges.slice(0, index), ...RESERVED_BY_AKS.map((cidr) => ({ property: 'a range that AKS keeps for itself', cidr }))];
    const other = others.find(({ cidr }) => overlap(cidr, range.cidr));
    if (other) throw new InvalidInputError({ property: range.property, value: range.cidr, expected: `a range apart from ${other.property} (${other.cidr})`, where });
  }
}

/** Whether two ranges have addresses in common: one of them then has the other's first. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [new Netmask(one), new Netmask(other)];
  return a.contains(b.base) || b.contains(a.base);
}

/** Whether a range lies in another as a whole. */
export function isWithin(range: string, outer: string): boolean {
  const [inside, whole] = [new Netmask(range), new Netmask(outer)];
  return inside.bitmask >= whole.bitmask && whole.contains(inside.base);
}

/** The nth address of a range, from 0. */
export function addressAt(range: Netmask, index: number): string {
  return numberToAddress(addressToNumber(range.base) + index);
}

/** A range of some prefix length, the nth of that size within another. */
export function part(range: Netmask, prefix: number, index: number): string {
  return `${numberToAddress(addressToNumber(range.base) + index * 2 ** (32 - prefix))}/${prefix}`;
}

function addressToNumber(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function numberToAddress(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}
