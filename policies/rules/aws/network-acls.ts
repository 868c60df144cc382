import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { PolicyContext, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { example } from '../cloud/example';
import { input, isOn, listed } from '../cloud/inputs';
import { isEverywhere } from '../cloud/network';
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
      const open = openPorts(rule, siblings(resource, context));
      if (open.length > 0) {
        const field = isEverywhere(rule.ipv4, 'IPv4') ? 'cidrBlock' : 'ipv6CidrBlock';
        report.finding({ path: [field], found: input(resource, field), message: `'${resource.name}' lets everyone reach port ${open.join(' and ')}` });
      }
      return;
    }
    const rules = listed(input(resource, 'ingress')).map((rule) => ruleOf(rule, 'action', 'ruleNo'));
    rules.forEach((rule, index) => {
      const open = openPorts(rule, rules);
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

/** Ports that a rule opens to everyone, less those that an earlier rule refuses to everyone. */
function openPorts(rule: AclRule, all: readonly AclRule[]): readonly number[] {
  if (rule.action !== 'allow') return [];
  const open = new Set<number>();
  for (const [family, range] of [['IPv4', 'ipv4'], ['IPv6', 'ipv6']] as const) {
    if (!isEverywhere(rule[range], family)) continue;
    const earlier = all.filter((each) => each.action === 'deny' && each.order < rule.order && isEverywhere(each[range], family) && refusesAsMuch(each.protocol, rule.protocol));
    for (const port of portsWithin(rule, REMOTE_ADMINISTRATION)) {
      if (!earlier.some((each) => portsWithin(each, [port]).length > 0)) open.add(port);
    }
  }
  return [...open];
}

/** Whether a refusal for one protocol covers what is allowed for another: SSH and RDP go over TCP. */
function refusesAsMuch(refused: unknown, allowed: unknown): boolean {
  const [name, other] = [refused, allowed].map((each) => String(each).toLowerCase());
  return name === '-1' || name === 'all' || name === 'tcp' || name === '6' || name === other;
}

/** The rules for incoming traffic of the same network ACL. */
function siblings(rule: CloudResource, context: PolicyContext): readonly AclRule[] {
  const rules = context.derive(rulesByAcl);
  return keysOf(rule).flatMap((key) => rules.get(key) ?? []);
}

function rulesByAcl(inventory: Inventory): ReadonlyMap<unknown, readonly AclRule[]> {
  const byAcl = new Map<unknown, AclRule[]>();
  for (const resource of inventory.ofType(RULE)) {
    const rule = readOr(undefined, () => (isOn(input(resource, 'egress')) ? undefined : ruleOf(resource.properties, 'ruleAction', 'ruleNumber')));
    if (!rule || rule.action !== 'deny') continue;
    for (const key of keysOf(resource)) {
      const same = byAcl.get(key);
      if (same) same.push(rule);
      else byAcl.set(key, [rule]);
    }
  }
  return byAcl;
}

/** What tells the network ACL of a rule from others. */
function keysOf(rule: CloudResource): readonly unknown[] {
  const value = readOr<unknown>(undefined, () => input(rule, 'networkAclId'));
  return [...(rule.dependencies?.networkAclId ?? []), ...(value === undefined ? [] : [value])];
}
