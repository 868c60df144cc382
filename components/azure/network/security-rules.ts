import type * as inputs from '@pulumi/azure-native/types/input';
import { InvalidInputError } from '../../../constructs/core';
import type { AddressPlan, SubnetName } from './plan';
import { checkRange } from './cidr';

type Rule = inputs.network.SecurityRuleArgs;

interface Admission {
  readonly name: string;
  readonly from: readonly string[];
  readonly ports: readonly string[];
  readonly protocol?: 'Tcp' | '*';
}

/** First priority of a rule that admits; each next one is 10 later. */
const FIRST = 100;
/** The last priority there is, before Azure's own rules. */
const LAST = 4096;

/** Anyone on the Internet, as {@link checkIngressFrom} takes it. */
export const INTERNET = 'Internet';

/**
 * Checks from where load balancers of the cluster may be reached.
 *
 * @throws InvalidInputError
 */
export function checkIngressFrom(ingressFrom: readonly string[], where: string): void {
  for (const [index, cidr] of ingressFrom.entries()) {
    if (cidr !== INTERNET) checkRange({ property: `ingressFrom[${index}]`, cidr }, { largest: 1, smallest: 32 }, where);
  }
  if (ingressFrom.includes(INTERNET) && ingressFrom.length > 1) {
    throw new InvalidInputError({ property: 'ingressFrom', value: ingressFrom, expected: `either '${INTERNET}' alone or ranges`, where });
  }
}

/** What may reach each subnet from outside it. All else is refused, also from elsewhere in the network. */
export function securityRules(subnet: SubnetName, plan: AddressPlan, ingressFrom: readonly string[]): Rule[] {
  const { nodes, apiServer } = plan.subnets;
  const admissions: Readonly<Record<SubnetName, readonly Admission[]>> = {
    nodes: [
      // In the overlay, packets between nodes keep the addresses of their pods.
      { name: 'cluster', from: [nodes, apiServer, plan.podCidr], ports: ['*'], protocol: '*' },
      { name: 'health-probes', from: ['AzureLoadBalancer'], ports: ['*'], protocol: '*' },
      ...(ingressFrom.length > 0 ? [{ name: 'ingress', from: ingressFrom, ports: ['80', '443'] }] : []),
    ],
    apiServer: [
      // People with a private cluster come from here or from networks connected to it.
      { name: 'kubernetes', from: ['VirtualNetwork'], ports: ['443', '4443'] },
      // A rule has either one service tag or ranges.
      { name: 'pods', from: [plan.podCidr], ports: ['443', '4443'] },
      { name: 'health-probes', from: ['AzureLoadBalancer'], ports: ['9988'] },
    ],
    // HTTPS; NFS and SMB of file shares.
    endpoints: [{ name: 'cluster', from: [nodes, apiServer], ports: ['443', '445', '2049'] }],
    database: [
      { name: 'mysql', from: [nodes], ports: ['3306'] },
      // A server and its standby.
      { name: 'replication', from: [plan.subnets.database], ports: ['*'], protocol: '*' },
    ],
  };
  return [...admissions[subnet].map(admit), refuseRest()];
}

function admit({ name, from, ports, protocol = 'Tcp' }: Admission, index: number): Rule {
  const [only, ...more] = from;
  const [port, ...ports2] = ports;
  return {
    name: `allow-${name}`,
    priority: FIRST + index * 10,
    direction: 'Inbound',
    access: 'Allow',
    protocol,
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    ...(more.length === 0 ? { sourceAddressPrefix: only } : { sourceAddressPrefixes: [...from] }),
    ...(ports2.length === 0 ? { destinationPortRange: port } : { destinationPortRanges: [...ports] }),
  };
}

function refuseRest(): Rule {
  return {
    name: 'deny-all',
    priority: LAST,
    direction: 'Inbound',
    access: 'Deny',
    protocol: '*',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '*',
  };
}
