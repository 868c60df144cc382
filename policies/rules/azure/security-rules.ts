import { type FieldPath, read } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import { elements, input, isOneOf } from '../cloud/inputs';
import { hasPort, portRange } from '../cloud/network';
import { shown } from '../shown';

/** A rule of a network security group, declared in the group or apart. */
export interface SecurityRule {
  readonly path: FieldPath;
  readonly name: string;
  field(...path: FieldPath): unknown;
}

/** What of a rule is open to the Internet: where it says so. */
export interface Opening {
  readonly rule: SecurityRule;
  readonly path: FieldPath;
  readonly source: unknown;
  /** Whether it names an address without a prefix: a single host, and nobody's, that may be meant to be all. */
  readonly bare: boolean;
}

/** Rules of a group, or the one rule that a resource is. */
export function securityRules(resource: CloudResource): readonly SecurityRule[] {
  if (resource.type.endsWith(':SecurityRule')) return [{ path: [], name: resource.name, field: (...path) => input(resource, ...path) }];
  return elements(resource, 'securityRules').map(({ path, value }, index) => ({
    path,
    name: shown(read(value, 'name') ?? index),
    field: (...field) => input(resource, ...path, ...field),
  }));
}

/**
 * Rules by which the Internet reaches one of some ports (`any`: whichever), unless a rule before them denies it. One by
 * one, so that what is found stands before a value that is not known yet.
 */
export function* openings(rules: readonly SecurityRule[], protocol: 'tcp' | 'udp', ports: readonly number[] | 'any'): Generator<Opening> {
  for (const rule of rules) {
    const source = matches(rule, 'Allow', [protocol, '*']) ? internetSource(rule) : undefined;
    if (!source) continue;
    // A rule for all protocols opens, of a protocol asked for as a whole, what is usually attacked or nothing of note.
    const asked = ports === 'any' && isOneOf(rule.field('protocol'), '*') ? COMMON_UDP : ports;
    const open = asked === 'any' ? !deniedBefore(rule, rules, protocol, asked) : asked.some((port) => covers(rule, port) && !deniedBefore(rule, rules, protocol, port));
    if (open) yield { rule, path: [...rule.path, ...source.path], source: source.value, bare: source.value === BARE };
  }
}

/** DNS, NTP, SNMP, CLDAP and SSDP: what attacks are amplified by. */
const COMMON_UDP = [53, 123, 161, 389, 1900];

function matches(rule: SecurityRule, access: string, protocols: readonly string[]): boolean {
  return isOneOf(rule.field('access'), access) && isOneOf(rule.field('direction'), 'Inbound') && isOneOf(rule.field('protocol'), ...protocols);
}

/** Where a rule names the Internet as a source. */
function internetSource(rule: SecurityRule): { readonly path: FieldPath; readonly value: unknown } | undefined {
  const one = rule.field('sourceAddressPrefix');
  if (isInternet(one)) return { path: ['sourceAddressPrefix'], value: one };
  const list = rule.field('sourceAddressPrefixes');
  if (!Array.isArray(list)) return undefined;
  const index = list.findIndex((_, at) => isInternet(rule.field('sourceAddressPrefixes', at)));
  return index < 0 ? undefined : { path: ['sourceAddressPrefixes', index], value: rule.field('sourceAddressPrefixes', index) };
}

const BARE = '0.0.0.0';

/** All addresses, however they are written; half of them is meant to be all. */
function isInternet(prefix: unknown): boolean {
  return isOneOf(prefix, '*', 'Internet', 'Any', BARE) || (typeof prefix === 'string' && /\/[01]$/.test(prefix.trim()));
}

function covers(rule: SecurityRule, port: number | 'any'): boolean {
  const list = rule.field('destinationPortRanges');
  const ranges = [rule.field('destinationPortRange'), ...(Array.isArray(list) ? list.map((_, index) => rule.field('destinationPortRanges', index)) : [])];
  return ranges.some((range) => rangeHas(range, port));
}

const ALL_PORTS = [1, 65_535];

function rangeHas(range: unknown, port: number | 'any'): boolean {
  const parts = typeof range === 'string' ? range.split(',') : [range];
  return parts.some((part) => isOneOf(part, '*') || (port === 'any' ? ALL_PORTS : [port]).every((each) => hasPort(portRange(part), each)));
}

/** Whether a rule of the group that comes first denies the same from everywhere, so that the rule is never asked. */
function deniedBefore(rule: SecurityRule, rules: readonly SecurityRule[], protocol: string, port: number | 'any'): boolean {
  const priority = rule.field('priority');
  if (typeof priority !== 'number') return false;
  return rules.some((other) => {
    const earlier = other.field('priority');
    if (typeof earlier !== 'number' || earlier >= priority) return false;
    const everywhere = isOneOf(other.field('sourceAddressPrefix'), '*', 'Internet', 'Any', '0.0.0.0/0') && isOneOf(other.field('destinationAddressPrefix'), '*', 'Any', '0.0.0.0/0');
    return everywhere && isOneOf(other.field('sourcePortRange') ?? '*', '*') && matches(other, 'Deny', [protocol, '*']) && covers(other, port);
  });
}
