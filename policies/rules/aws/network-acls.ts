import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { PolicyContext, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { example } from '../cloud/example';
import { input, isOn, listed } from '../cloud/inputs';
import { type Family, isEverywhere } from '../cloud/network';
import { ACL_REMOTE_ADMINISTRATION } from './controls';
import { numeric } from './inputs';
import { portsWithin, REMOTE_ADMINISTRATION, type Traffic } from './ports';

const ACL = 'aws:ec2/networkAcl:NetworkAcl';
const DEFAULT_ACL = 'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl';
const RULE = 'aws:ec2/networkAclRule:NetworkAclRule';

interface AclRule extends Traffic {
  readonly action: unknown;
  readonly order: number;
  readonly ipv4: unknown;
  readonly ipv6: unknown;
}

/** CIS AWS 6.2. The lowest number that matches decides, so that a rule behind a refusal lets nothing in. */
export const networkAcls: ResourcePolicy = {
  id: 'aws-network-acl-remote-administration',
  title: 'Network ACLs do not let everyone reach SSH and RDP',
  severity: 'high',
  enforcement: 'mandatory',
  controls: ACL_REMOTE_ADMINISTRATION,
  rationale: 'A network ACL holds for all that is in a subnet, whatever a security group says. It is the second door, and should not stand open for remote administration.',
  remediation: 'Allow ports 22 and 3389 from the networks that need them only, or refuse them in a rule with a lower number.',
  reach: 'stack',
  examples: {
    fails: example(ACL, { ingress: [{ ruleNo: 100, action: 'allow', protocol: '-1', fromPort: 0, toPort: 0, cidrBlock: '0.0.0.0/0' }] }),
    passes: example(ACL, { ingress: [{ ruleNo: 100, action: 'allow', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock: '0.0.0.0/0' }] }),
  },
  resourceTypes: [ACL, DEFAULT_ACL, RULE],
  check(resource, report, context) {
    if (resource.type === RULE) {
      if (isOn(input(resource, 'egress'))) return;
      const rule = ruleOf(resource.properties, 'ruleAction', 'ruleNumber');
      const open = openPorts(rule, refusalsBeside(resource, context));
      if (open.length > 0) {
        const field = isEverywhere(rule.ipv4, 'IPv4') ? 'cidrBlock' : 'ipv6CidrBlock';
        report.finding({ path: [field], found: input(resource, field), message: `'${resource.name}' lets everyone reach port ${open.join(' and ')}` });
      }
      return;
    }
    const rules = listed(input(resource, 'ingress')).map((rule) => ruleOf(rule, 'action', 'ruleNo'));
    const refusals = [refusalsIn(rules)];
    rules.forEach((rule, index) => {
      const open = openPorts(rule, refusals);
      if (open.length > 0) report.finding({ path: ['ingress', index], found: read(resource.properties, 'ingress', index), message: `'${resource.name}' lets everyone reach port ${open.join(' and ')}` });
    });
  },
};

function ruleOf(rule: unknown, action: string, order: string): AclRule {
  return {
    action: read(rule, action),
    order: numeric(read(rule, order)) ?? Number.POSITIVE_INFINITY,
    protocol: read(rule, 'protocol'),
    fromPort: read(rule, 'fromPort'),
    toPort: read(rule, 'toPort'),
    ipv4: read(rule, 'cidrBlock'),
    ipv6: read(rule, 'ipv6CidrBlock'),
  };
}

const FAMILIES = [['IPv4', 'ipv4'], ['IPv6', 'ipv6']] as const;
/** A refusal for one of these covers what is allowed for any protocol: SSH and RDP go over TCP. */
const COVERING = new Set(['-1', 'all', 'tcp', '6']);

/** The first refusals to everyone, so that looking one up does not go through all of them. */
class Refusals {
  private readonly first = new Map<string, number>();

  add(rule: AclRule): void {
    if (rule.action !== 'deny') return;
    for (const [family, range] of FAMILIES) {
      if (!isEverywhere(rule[range], family)) continue;
      for (const port of portsWithin(rule, REMOTE_ADMINISTRATION)) {
        const key = `${family} ${port} ${nameOf(rule)}`;
        this.first.set(key, Math.min(rule.order, this.first.get(key) ?? Number.POSITIVE_INFINITY));
      }
    }
  }

  /** Whether what a rule allows on a port is refused before. */
  precede(rule: AclRule, family: Family, port: number): boolean {
    return [...COVERING, nameOf(rule)].some((protocol) => (this.first.get(`${family} ${port} ${protocol}`) ?? Number.POSITIVE_INFINITY) < rule.order);
  }
}

function nameOf({ protocol }: AclRule): string {
  return String(protocol).toLowerCase();
}

function refusalsIn(rules: readonly AclRule[]): Refusals {
  const refusals = new Refusals();
  for (const rule of rules) refusals.add(rule);
  return refusals;
}

/** Ports that a rule opens to everyone, less those that an earlier rule refuses to everyone. */
function openPorts(rule: AclRule, refusals: readonly Refusals[]): readonly number[] {
  if (rule.action !== 'allow') return [];
  const families = FAMILIES.filter(([family, range]) => isEverywhere(rule[range], family));
  return portsWithin(rule, REMOTE_ADMINISTRATION).filter((port) => families.some(([family]) => !refusals.some((each) => each.precede(rule, family, port))));
}

/** The refusals of the same network ACL. */
function refusalsBeside(rule: CloudResource, context: PolicyContext): readonly Refusals[] {
  const byAcl = context.derive(refusalsByAcl);
  return keysOf(rule).flatMap((key) => byAcl.get(key) ?? []);
}

function refusalsByAcl(inventory: Inventory): ReadonlyMap<unknown, Refusals> {
  const byAcl = new Map<unknown, Refusals>();
  for (const resource of inventory.ofType(RULE)) {
    const rule = readOr(undefined, () => (isOn(input(resource, 'egress')) ? undefined : ruleOf(resource.properties, 'ruleAction', 'ruleNumber')));
    if (rule?.action !== 'deny') continue;
    for (const key of keysOf(resource)) {
      const refusals = byAcl.get(key) ?? new Refusals();
      byAcl.set(key, refusals);
      refusals.add(rule);
    }
  }
  return byAcl;
}

/** What tells the network ACL of a rule from others. */
function keysOf(rule: CloudResource): readonly unknown[] {
  const value = readOr<unknown>(undefined, () => input(rule, 'networkAclId'));
  return [...(rule.dependencies?.networkAclId ?? []), ...(value === undefined ? [] : [value])];
}
