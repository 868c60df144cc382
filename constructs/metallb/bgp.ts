import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkObjectName, checkWholeNumber, InvalidInputError } from '../core';
import { isIpv4, largestPrefix } from './addresses';
import type { BgpAdvertisement, BgpPeer, BgpProps } from './advertisements';
import type { PoolRange } from './pools';
import { checkNames, nodeSelectors } from './selection';

const LARGEST_ASN = 2 ** 32 - 1;
const LARGEST_UINT32 = 2 ** 32 - 1;
/** The CRD takes no higher port. */
const LARGEST_PEER_PORT = 16384;

const EVERYTHING: Readonly<Record<string, BgpAdvertisement>> = { default: {} };

/** The advertisements, or the one of everything. */
export function bgpAdvertisements(bgp: BgpProps): Readonly<Record<string, BgpAdvertisement>> {
  return bgp.advertisements ?? EVERYTHING;
}

/** @throws InvalidInputError for a session that could not be, or a name that is not declared */
export function checkBgp(bgp: BgpProps, ranges: readonly PoolRange[], where: string): void {
  const peers = Object.keys(bgp.peers);
  if (peers.length === 0) throw new InvalidInputError({ property: 'bgp.peers', value: bgp.peers, expected: 'at least one router, or no bgp', where });
  for (const [name, peer] of Object.entries(bgp.peers)) checkPeer(name, peer, where);
  for (const [name, advertisement] of Object.entries(bgpAdvertisements(bgp))) {
    const at = `bgp.advertisements.${name}`;
    checkObjectName('BGPAdvertisement', name, where);
    checkNames(`${at}.pools`, advertisement.pools, ranges.map(({ pool }) => pool), where);
    checkNames(`${at}.peers`, advertisement.peers, peers, where);
    checkAdvertisement(at, advertisement, ranges, where);
  }
  checkLocalPreferences(Object.entries(bgpAdvertisements(bgp)), where);
}

/** A router would be told one prefix with two preferences. MetalLB refuses all of its configuration then. */
function checkLocalPreferences(advertisements: readonly (readonly [string, BgpAdvertisement])[], where: string): void {
  for (const [index, [name, a]] of advertisements.entries()) {
    const clash = advertisements.slice(0, index).find(
      ([, b]) =>
        (a.localPreference ?? 0) !== (b.localPreference ?? 0) &&
        (a.aggregationLength ?? 32) === (b.aggregationLength ?? 32) &&
        [[a.pools, b.pools], [a.peers, b.peers]].every(([these, those]) => haveCommon(these, those)) &&
        // Which nodes labels select is known in the cluster only.
        !(a.nodes && b.nodes),
    );
    if (clash) {
      const [other, { localPreference = 0 }] = clash;
      throw new InvalidInputError({
        property: `bgp.advertisements.${name}.localPreference`,
        value: a.localPreference ?? 0,
        expected: `${localPreference}, as bgp.advertisements.${other} has it for the same pools, peers and aggregationLength`,
        where,
      });
    }
  }
}

/** Whether two lists of names, of which none means all, have one in common. */
function haveCommon(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((name) => b.includes(name));
}

function checkPeer(name: string, peer: BgpPeer, where: string): void {
  const at = `bgp.peers.${name}`;
  checkObjectName('BGPPeer', name, where);
  checkWholeNumber(`${at}.myAsn`, peer.myAsn, where, { least: 1, most: LARGEST_ASN });
  checkWholeNumber(`${at}.peerAsn`, peer.peerAsn, where, { least: 1, most: LARGEST_ASN });
  checkWholeNumber(`${at}.peerPort`, peer.peerPort ?? 179, where, { least: 1, most: LARGEST_PEER_PORT });
  for (const property of ['peerAddress', 'sourceAddress', 'routerId'] as const) {
    const value = peer[property];
    if (value !== undefined && !isIpv4(value)) throw new InvalidInputError({ property: `${at}.${property}`, value, expected: 'an IPv4 address', where });
  }
  const hold = checkWholeNumber(`${at}.holdTimeSeconds`, peer.holdTimeSeconds ?? 90, where, { least: 0, most: 65535 });
  if (hold === 1 || hold === 2) throw new InvalidInputError({ property: `${at}.holdTimeSeconds`, value: hold, expected: '0, or at least 3 seconds', where });
  if (peer.passwordSecret !== undefined) checkObjectName('Secret', peer.passwordSecret, where);
}

function checkAdvertisement(at: string, { pools, aggregationLength = 32, localPreference = 0, communities }: BgpAdvertisement, ranges: readonly PoolRange[], where: string): void {
  checkWholeNumber(`${at}.localPreference`, localPreference, where, { least: 0, most: LARGEST_UINT32 });
  checkWholeNumber(`${at}.aggregationLength`, aggregationLength, where, { least: 1, most: 32 });
  for (const range of ranges.filter(({ pool }) => pools?.includes(pool) ?? true)) {
    const prefix = largestPrefix(range);
    if (aggregationLength < prefix) {
      throw new InvalidInputError({ property: `${at}.aggregationLength`, value: aggregationLength, expected: `${prefix} or more: no larger block is in '${range.text}' of pool ${range.pool}`, where });
    }
  }
  for (const community of communities ?? []) {
    const [high, low, ...rest] = community.split(':').map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : Number.NaN));
    if (rest.length > 0 || !((high ?? Number.NaN) <= 65535) || !((low ?? Number.NaN) <= 65535)) {
      throw new InvalidInputError({ property: `${at}.communities`, value: community, expected: "two numbers up to 65535, such as '65535:65281'", where });
    }
  }
  checkNames(`${at}.communities`, communities, communities ?? [], where);
}

/** Declares routers and what they are told. */
export function bgpObjects(scope: Construct, namespace: string, bgp: BgpProps): void {
  for (const [name, peer] of Object.entries(bgp.peers)) {
    new ApiObject(scope, `bgp-peer-${name}`, {
      apiVersion: 'metallb.io/v1beta2',
      kind: 'BGPPeer',
      metadata: { name, namespace },
      spec: {
        myASN: peer.myAsn,
        peerASN: peer.peerAsn,
        peerAddress: peer.peerAddress,
        peerPort: peer.peerPort ?? 179,
        ...(peer.sourceAddress && { sourceAddress: peer.sourceAddress }),
        ...(peer.routerId && { routerID: peer.routerId }),
        ...(peer.holdTimeSeconds !== undefined && { holdTime: `${peer.holdTimeSeconds}s` }),
        ...(peer.passwordSecret && { passwordSecret: { name: peer.passwordSecret, namespace } }),
        ...nodeSelectors(peer.nodes),
      },
    });
  }
  for (const [name, advertisement] of Object.entries(bgpAdvertisements(bgp))) {
    const { pools, peers, nodes, aggregationLength, localPreference, communities } = advertisement;
    new ApiObject(scope, `bgp-advertisement-${name}`, {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'BGPAdvertisement',
      metadata: { name, namespace },
      spec: {
        aggregationLength: aggregationLength ?? 32,
        ...(localPreference !== undefined && { localPref: localPreference }),
        ...(communities && { communities: [...communities] }),
        ...(pools && { ipAddressPools: [...pools] }),
        ...(peers && { peers: [...peers] }),
        ...nodeSelectors(nodes),
      },
    });
  }
}
