import type { FieldPath } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { elements, input, isOn, isOneOf } from '../cloud/inputs';
import { hasPort, isEverywhere, portRange } from '../cloud/network';
import { google } from './controls';

const FIREWALL = 'gcp:compute/firewall:Firewall';
const POLICY_RULES = [
  'gcp:compute/firewallPolicyRule:FirewallPolicyRule',
  'gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule',
  'gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule',
];
/** Numbers and names of the protocol. */
const TCP = new Set(['tcp', '6', 'all']);

/** Where the two kinds of rules keep the same things. */
interface Layout {
  readonly sources: FieldPath;
  readonly protocols: FieldPath;
  readonly protocol: string;
}

const RULE: Layout = { sources: ['sourceRanges'], protocols: ['allows'], protocol: 'protocol' };
const POLICY_RULE: Layout = { sources: ['match', 'srcIpRanges'], protocols: ['match', 'layer4Configs'], protocol: 'ipProtocol' };

/** The internet written as an address without a prefix: a single host, and nobody's. That it is meant is advice. */
const UNSPECIFIED = new Set<unknown>(['0.0.0.0', '::', '::0']);

/** Whether a rule lets anything in. */
function letsIn(resource: CloudResource): boolean {
  if (isOn(input(resource, 'disabled')) || isOneOf(input(resource, 'direction'), 'EGRESS')) return false;
  return resource.type === FIREWALL || isOneOf(input(resource, 'action'), 'ALLOW');
}

/** Whether a list of ports, as a rule gives it, has a port in it. No ports are all ports. */
function opensPort(resource: CloudResource, ports: FieldPath, port: number): boolean {
  const listed = elements(resource, ...ports);
  return listed.length === 0 || listed.some(({ value }) => hasPort(portRange(value), port));
}

interface Service {
  readonly id: string;
  readonly name: string;
  readonly port: number;
  readonly control: string;
}

function closedPort({ id, name, port, control }: Service): ResourcePolicy {
  return {
    id,
    title: `Firewalls do not open ${name} to the internet`,
    severity: 'high',
    enforcement: 'mandatory',
    controls: google(control),
    rationale: `An open ${name} port is found within minutes and then tried with passwords and flaws until something gives.`,
    remediation: `Limit sourceRanges to networks of yours, e.g. 35.235.240.0/20 for Identity-Aware Proxy, or leave port ${port} out.`,
    examples: {
      fails: firewall({ sourceRanges: ['0.0.0.0/0'], allows: [{ protocol: 'tcp', ports: [String(port)] }] }),
      passes: firewall({ sourceRanges: ['35.235.240.0/20'], allows: [{ protocol: 'tcp', ports: [String(port)] }] }),
    },
    resourceTypes: [FIREWALL, ...POLICY_RULES],
    check(resource, report) {
      if (!letsIn(resource)) return;
      const { sources, protocols, protocol } = resource.type === FIREWALL ? RULE : POLICY_RULE;
      const listed = elements(resource, ...sources);
      const everywhere = listed.find(({ value }) => isEverywhere(value));
      const anywhere = everywhere ?? listed.find(({ value }) => UNSPECIFIED.has(value));
      if (!anywhere) return;
      const opens = elements(resource, ...protocols).some(({ path }) => {
        const value = input(resource, ...path, protocol);
        return TCP.has(String(value).toLowerCase()) && opensPort(resource, [...path, 'ports'], port);
      });
      if (!opens) return;
      const subject = `'${resource.name}' opens ${name} (port ${port}) to`;
      if (everywhere) report.finding({ path: anywhere.path, found: anywhere.value, message: `${subject} the whole internet` });
      else report.finding({ path: anywhere.path, found: anywhere.value, message: `${subject} ${String(anywhere.value)}, which may be meant to be the whole internet`, enforcement: 'advisory' });
    },
  };
}

function firewall(properties: Fields): CloudResource {
  return { type: FIREWALL, name: 'admin', properties: { network: 'main', ...properties } };
}

/** CIS Google Cloud 3.6. */
export const openSsh = closedPort({ id: 'gcp-firewall-ssh', name: 'SSH', port: 22, control: '3.6' });
/** CIS Google Cloud 3.7. */
export const openRdp = closedPort({ id: 'gcp-firewall-rdp', name: 'RDP', port: 3389, control: '3.7' });
