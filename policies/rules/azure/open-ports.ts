import type { Policy, PolicyDescription, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { azureResource } from './azure-resource';
import { openings, type SecurityRule, securityRules } from './security-rules';

interface OpenPortPolicy extends Omit<PolicyDescription, 'reach' | 'examples' | 'remediation' | 'controls'> {
  readonly protocol: 'tcp' | 'udp';
  readonly ports: readonly number[] | 'any';
  /** Ports that may be open for good reasons, which the rule does not tell. @default none */
  readonly yoursToJudge?: readonly number[];
  /** What the Internet reaches: `SSH (port 22)`. */
  readonly reached: string;
  /** Number of the control in its section. */
  readonly number: number;
}

/** A policy that network security groups do not let the Internet reach some ports. */
function openPortPolicy({ protocol, ports, yoursToJudge = [], reached, number, ...description }: OpenPortPolicy): ResourcePolicy {
  const rule = (sourceAddressPrefix: string) => ({
    name: 'example',
    access: 'Allow',
    direction: 'Inbound',
    priority: 100,
    protocol: protocol === 'tcp' ? 'Tcp' : 'Udp',
    sourceAddressPrefix,
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: ports === 'any' ? '*' : String(ports[0]),
  });
  return {
    ...description,
    controls: foundations('azure', { '6.0.0': `7.${number}`, '5.0.0': `7.${number}`, '4.0.0': `8.${number}`, '3.0.0': `7.${number}`, '2.1.0': `6.${number}`, '2.0.0': `6.${number}` }),
    remediation: 'Name the addresses that need it as sources of the rule, or delete the rule.',
    resourceTypes: ['azure-native:network:NetworkSecurityGroup', 'azure-native:network:SecurityRule'],
    examples: {
      fails: azureResource('network:NetworkSecurityGroup', { securityRules: [rule('*')] }),
      passes: azureResource('network:NetworkSecurityGroup', { securityRules: [rule('10.0.0.0/8')] }),
    },
    check(resource, report) {
      const reported = new Set<SecurityRule>();
      const rules = securityRules(resource);
      for (const { rule: open, path, source, bare } of openings(rules, protocol, ports)) {
        const of = open.path.length === 0 ? '' : ` of network security group '${resource.name}'`;
        report.finding({ path, found: source, message: `rule '${open.name}'${of} lets the Internet reach ${reached}`, ...(bare && { enforcement: 'advisory' as const }) });
        reported.add(open);
      }
      for (const { rule: open, path } of openings(rules, protocol, yoursToJudge)) {
        if (!reported.has(open)) report.undecided({ path, reason: `whether the public is meant to reach port ${yoursToJudge.join(', ')} is not said here` });
      }
    },
  };
}

export const OPEN_PORTS: readonly Policy[] = [
  openPortPolicy({
    id: 'azure-open-rdp',
    title: 'RDP is not open to the Internet',
    severity: 'critical',
    enforcement: 'mandatory',
    rationale: 'Machines that offer remote desktops to the Internet are found within minutes, and their passwords guessed until one fits.',
    protocol: 'tcp',
    ports: [3389],
    reached: 'RDP (port 3389)',
    number: 1,
  }),
  openPortPolicy({
    id: 'azure-open-ssh',
    title: 'SSH is not open to the Internet',
    severity: 'critical',
    enforcement: 'mandatory',
    rationale: 'Machines that offer SSH to the Internet are found within minutes, and attacked with guessed passwords, stolen keys and every new flaw of the server.',
    protocol: 'tcp',
    ports: [22],
    reached: 'SSH (port 22)',
    number: 2,
  }),
  openPortPolicy({
    id: 'azure-open-udp',
    title: 'UDP is not open to the Internet',
    severity: 'high',
    enforcement: 'mandatory',
    rationale: 'Senders of UDP can be forged. Services that answer are used to amplify attacks on others, from your address and at your cost.',
    protocol: 'udp',
    ports: 'any',
    reached: 'services over UDP',
    number: 3,
  }),
  openPortPolicy({
    id: 'azure-open-http',
    title: 'Plain HTTP is not open to the Internet',
    severity: 'low',
    enforcement: 'advisory',
    rationale: 'What is sent over plain HTTP can be read and changed on its way. Port 80 may be open only to redirect to HTTPS, and HTTPS only for what serves the public, which nobody can tell from a rule.',
    protocol: 'tcp',
    ports: [80],
    yoursToJudge: [443],
    reached: 'HTTP (port 80)',
    number: 4,
  }),
];
