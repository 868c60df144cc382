import { ip2long } from 'netmask';
import type { App } from 'cdk8s';
import { type CertificateIssuer, InvalidInputError, type ServiceLoadBalancer } from '../../constructs/core';
import { MetalLb } from '../../constructs/metallb';
import { addressRange, isIpv4 } from '../../constructs/metallb/addresses';
import type { OnpremConfig } from '../config';
import { ofSection } from '../config/of-section';

type OwnAddresses = Extract<NonNullable<OnpremConfig['loadBalancer']>, { readonly addresses: unknown }>;

/** Annotations of Services that MetalLB reads. @see https://github.com/metallb/metallb/blob/v0.16.1/controller/service.go */
const ADDRESS_POOL = 'metallb.io/address-pool';
const REQUESTED_ADDRESS = 'metallb.io/loadBalancerIPs';
const POOL = 'default';

/** What gives the ingress gateway its address, if the configuration says so. */
export function loadBalancer(app: App, { loadBalancer: section }: OnpremConfig, certificates: CertificateIssuer): ServiceLoadBalancer | undefined {
  if (!section) return undefined;
  if ('existing' in section) return { annotations: section.existing.annotations, waivers: [] };
  const metalLb = ofSection('loadBalancer', () => new MetalLb(app, 'metallb', { certificates, pools: { [POOL]: { addresses: section.addresses } }, ...(section.bgp && { bgp: section.bgp }) }), { [`pools.${POOL}.`]: '' });
  return { annotations: { [ADDRESS_POOL]: POOL, ...requestedAddress(section) }, waivers: [], providedBy: metalLb };
}

function requestedAddress({ addresses, ingressAddress }: OwnAddresses): Readonly<Record<string, string>> {
  if (ingressAddress === undefined) return {};
  const ranges = addresses.map((range) => addressRange(range, { property: 'addresses', where: 'loadBalancer' }));
  if (!isIpv4(ingressAddress) || !ranges.some(({ first, last }) => ip2long(ingressAddress) >= first && ip2long(ingressAddress) <= last)) {
    throw new InvalidInputError({ property: 'ingressAddress', value: ingressAddress, expected: `an address out of ${addresses.join(', ')}`, where: 'loadBalancer' });
  }
  return { [REQUESTED_ADDRESS]: ingressAddress };
}
