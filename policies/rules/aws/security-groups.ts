import { type FieldPath, read } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy, Severity } from '../../engine/policy';
import { example } from '../cloud/example';
import { input, listed } from '../cloud/inputs';
import { type Family, isEverywhere } from '../cloud/network';
import { CIFS_ACCESS, REMOTE_ADMINISTRATION_IPV4, REMOTE_ADMINISTRATION_IPV6 } from './controls';
import { CIFS, portsWithin, REMOTE_ADMINISTRATION, type Traffic } from './ports';

const GROUP = 'aws:ec2/securityGroup:SecurityGroup';
const DEFAULT_GROUP = 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup';
const RULE = 'aws:ec2/securityGroupRule:SecurityGroupRule';
const INGRESS_RULE = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const NODE_GROUP = 'aws:eks/nodeGroup:NodeGroup';

/** What a rule lets in, and from where. */
interface Opening extends Traffic {
  /** Ranges of addresses, each with its place. */
  readonly ranges: readonly { readonly path: FieldPath; readonly range: unknown }[];
}

interface OpenPorts {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly controls: readonly string[];
  readonly rationale: string;
  readonly ports: readonly number[];
  readonly families: readonly Family[];
}

function openPorts({ ports, families, ...description }: OpenPorts): ResourcePolicy {
  const [port = 0] = ports;
  const from = families.includes('IPv4') ? { cidrBlocks: ['0.0.0.0/0'] } : { ipv6CidrBlocks: ['::/0'] };
  return {
    ...description,
    enforcement: 'mandatory',
    remediation: `Open port ${ports.join(' and ')} to the networks that need it, or to none: Session Manager reaches instances without an open port.`,
    examples: {
      fails: example(GROUP, { ingress: [{ protocol: 'tcp', fromPort: port, toPort: port, ...from }] }),
      passes: example(GROUP, { ingress: [{ protocol: 'tcp', fromPort: port, toPort: port, cidrBlocks: ['10.0.0.0/8'] }, { protocol: 'tcp', fromPort: 443, toPort: 443, ...from }] }),
    },
    resourceTypes: [GROUP, DEFAULT_GROUP, RULE, INGRESS_RULE, ...(ports.includes(22) && families.includes('IPv4') ? [NODE_GROUP] : [])],
    check(resource, report) {
      if (resource.type === NODE_GROUP) {
        // EKS opens the port to everyone unless it is told to whom.
        if (input(resource, 'remoteAccess', 'ec2SshKey') === undefined || listed(input(resource, 'remoteAccess', 'sourceSecurityGroupIds')).length > 0) return;
        report.finding({ path: ['remoteAccess', 'sourceSecurityGroupIds'], found: undefined, message: `node group '${resource.name}' opens port 22 to every IPv4 address` });
        return;
      }
      for (const opening of openingsOf(resource)) {
        const open = portsWithin(opening, ports);
        if (open.length === 0) continue;
        for (const { path, range } of opening.ranges) {
          const family = families.find((each) => isEverywhere(range, each));
          if (family) report.finding({ path, found: range, message: `'${resource.name}' opens port ${open.join(' and ')} to every ${family} address` });
        }
      }
    },
  };
}

function openingsOf(resource: CloudResource): readonly Opening[] {
  if (resource.type === RULE) return input(resource, 'type') === 'ingress' ? [opening(resource, [])] : [];
  if (resource.type === INGRESS_RULE) {
    return [
      {
        protocol: input(resource, 'ipProtocol'),
        fromPort: input(resource, 'fromPort'),
        toPort: input(resource, 'toPort'),
        ranges: ['cidrIpv4', 'cidrIpv6'].map((field) => ({ path: [field], range: input(resource, field) })),
      },
    ];
  }
  return listed(input(resource, 'ingress')).map((_, index) => opening(resource, ['ingress', index]));
}

function opening(resource: CloudResource, at: FieldPath): Opening {
  const rule = read(resource.properties, ...at);
  const ranges = ['cidrBlocks', 'ipv6CidrBlocks'].flatMap((field) => listed(read(rule, field)).map((range, index) => ({ path: [...at, field, index], range })));
  return { protocol: read(rule, 'protocol'), fromPort: read(rule, 'fromPort'), toPort: read(rule, 'toPort'), ranges };
}

const RATIONALE = 'Ports for remote administration are tried around the clock from everywhere. One weak password, leaked key or unpatched server behind them is found within hours.';

/** CIS AWS 6.1.2, 6.3 and 6.4. */
export const SECURITY_GROUPS: readonly ResourcePolicy[] = [
  openPorts({
    id: 'aws-remote-administration-ipv4',
    title: 'SSH and RDP are not open to every IPv4 address',
    severity: 'critical',
    controls: REMOTE_ADMINISTRATION_IPV4,
    rationale: RATIONALE,
    ports: REMOTE_ADMINISTRATION,
    families: ['IPv4'],
  }),
  openPorts({
    id: 'aws-remote-administration-ipv6',
    title: 'SSH and RDP are not open to every IPv6 address',
    severity: 'critical',
    controls: REMOTE_ADMINISTRATION_IPV6,
    rationale: RATIONALE,
    ports: REMOTE_ADMINISTRATION,
    families: ['IPv6'],
  }),
  openPorts({
    id: 'aws-cifs-access',
    title: 'CIFS is not open to every address',
    severity: 'high',
    controls: CIFS_ACCESS,
    rationale: 'Port 445 gives access to shared files, and its servers have been the way in for many worms. It is meant for a local network.',
    ports: CIFS,
    families: ['IPv4', 'IPv6'],
  }),
];
