import type { BgpAdvertisement, BgpPeer } from '../../../constructs/metallb';
import { metalLb, pools } from './objects';

const router: BgpPeer = { myAsn: 64500, peerAsn: 64501, peerAddress: '10.0.0.1' };
const bgp = (advertisement: BgpAdvertisement = {}, peer: Partial<BgpPeer> = {}) => ({ peers: { router: { ...router, ...peer } }, advertisements: { all: advertisement } });

describe('on the network of the nodes', () => {
  test('every pool, unless told otherwise', () => {
    expect(metalLb().one('L2Advertisement', 'default').spec).toEqual({});
    expect(metalLb().ofKind('BGPAdvertisement')).toEqual([]);
  });

  test('pools, nodes and interfaces', () => {
    const { one } = metalLb({ pools: pools(['10.0.0.0/24'], ['10.0.1.0/24']), l2: { edge: { pools: ['a', 'b'], nodes: [{ edge: 'true' }, { rack: '7' }], interfaces: ['eth1'] } } });
    expect(one('L2Advertisement', 'edge')).toMatchObject({
      metadata: { namespace: 'metallb-system' },
      spec: { ipAddressPools: ['a', 'b'], interfaces: ['eth1'], nodeSelectors: [{ matchLabels: { edge: 'true' } }, { matchLabels: { rack: '7' } }] },
    });
  });
});

describe('to routers', () => {
  test('every pool to every router, and nothing on the network of the nodes', () => {
    const { one, ofKind } = metalLb({ bgp: { peers: { router } } });
    expect(one('BGPPeer', 'router')).toMatchObject({ apiVersion: 'metallb.io/v1beta2', spec: { myASN: 64500, peerASN: 64501, peerAddress: '10.0.0.1', peerPort: 179 } });
    expect(one('BGPAdvertisement', 'default').spec).toEqual({ aggregationLength: 32 });
    expect(ofKind('L2Advertisement')).toEqual([]);
  });

  test('everything that can be said', () => {
    const { one } = metalLb({
      bgp: bgp(
        { pools: ['public'], peers: ['router'], aggregationLength: 28, localPreference: 100, communities: ['65535:65281'], nodes: [{ edge: 'true' }] },
        { peerPort: 1179, sourceAddress: '10.0.0.5', routerId: '10.0.0.6', holdTimeSeconds: 30, passwordSecret: 'router-password', nodes: [{ edge: 'true' }] },
      ),
    });
    expect(one('BGPPeer', 'router').spec).toEqual({
      myASN: 64500, peerASN: 64501, peerAddress: '10.0.0.1', peerPort: 1179, sourceAddress: '10.0.0.5', routerID: '10.0.0.6', holdTime: '30s',
      passwordSecret: { name: 'router-password', namespace: 'metallb-system' },
      nodeSelectors: [{ matchLabels: { edge: 'true' } }],
    });
    expect(one('BGPAdvertisement', 'all').spec).toEqual({
      aggregationLength: 28, localPref: 100, communities: ['65535:65281'], ipAddressPools: ['public'], peers: ['router'], nodeSelectors: [{ matchLabels: { edge: 'true' } }],
    });
  });

  test.each([
    [bgp({}, { peerAsn: 0 }), 'bgp.peers.router.peerAsn is 0; expected a whole number from 1 to 4294967295'],
    [bgp({}, { myAsn: 2 ** 32 }), 'bgp.peers.router.myAsn is 4294967296'],
    [bgp({}, { peerPort: 20000 }), 'bgp.peers.router.peerPort is 20000; expected a whole number from 1 to 16384'],
    [bgp({}, { peerAddress: 'router.example.com' }), "bgp.peers.router.peerAddress is 'router.example.com'; expected an IPv4 address"],
    [bgp({}, { peerAddress: 'fc00::1' }), 'expected an IPv4 address'],
    [bgp({}, { routerId: '1' }), "bgp.peers.router.routerId is '1'"],
    [bgp({}, { holdTimeSeconds: 2 }), 'bgp.peers.router.holdTimeSeconds is 2; expected 0, or at least 3 seconds'],
    [bgp({}, { passwordSecret: 'Router' }), "metadata.name is 'Router'"],
    [{ peers: {} }, 'bgp.peers is {}; expected at least one router, or no bgp'],
    [bgp({ peers: ['other'] }), "bgp.advertisements.all.peers[0] is 'other'; expected one of router"],
    [bgp({ pools: ['other'] }), "bgp.advertisements.all.pools[0] is 'other'; expected one of public"],
    [bgp({ pools: [] }), 'bgp.advertisements.all.pools is []; expected at least one name, or the property left out, which means all'],
    [bgp({ aggregationLength: 24 }), "bgp.advertisements.all.aggregationLength is 24; expected 28 or more: no larger block is in '192.168.10.200-192.168.10.250' of pool public"],
    [bgp({ aggregationLength: 33 }), 'expected a whole number from 1 to 32'],
    [bgp({ localPreference: -1 }), 'bgp.advertisements.all.localPreference is -1'],
    [bgp({ communities: ['65536:1'] }), "bgp.advertisements.all.communities is '65536:1'; expected two numbers up to 65535"],
    [bgp({ communities: ['large:1:2:3'] }), 'expected two numbers up to 65535'],
    [bgp({ communities: ['1:2', '1:2'] }), 'expected each name once'],
  ])('%j is refused', (given, message) => {
    expect(() => metalLb({ bgp: given })).toThrow(message);
  });
});

describe('one prefix with two preferences', () => {
  const two = (b: BgpAdvertisement, a: BgpAdvertisement = {}) => () =>
    metalLb({
      pools: pools(['10.0.0.0/24'], ['10.0.1.0/24']),
      bgp: { peers: { left: router, right: { ...router, peerAddress: '10.0.0.2' } }, advertisements: { first: { localPreference: 100, ...a }, second: b } },
    });

  test('is refused, as MetalLB would', () => {
    expect(two({})).toThrow('metallb: bgp.advertisements.second.localPreference is 0; expected 100, as bgp.advertisements.first has it for the same pools, peers and aggregationLength');
    expect(two({ pools: ['a'], peers: ['left'] }, { peers: ['left', 'right'] })).toThrow('bgp.advertisements.second.localPreference is 0');
  });

  test.each<[BgpAdvertisement, BgpAdvertisement]>([
    [{ localPreference: 100 }, {}],
    [{ aggregationLength: 24 }, {}],
    [{ pools: ['a'] }, { pools: ['b'] }],
    [{ peers: ['left'] }, { peers: ['right'] }],
    [{ nodes: [{ rack: '1' }] }, { nodes: [{ rack: '2' }] }],
  ])('is none with %j beside %j', (b, a) => {
    expect(two(b, a)).not.toThrow();
  });
});

test('a pool nobody is told about is refused, since its addresses would lead nowhere', () => {
  const two = pools(['10.0.0.0/24'], ['10.0.1.0/24']);
  expect(() => metalLb({ pools: two, l2: { edge: { pools: ['a'] } } })).toThrow("metallb: pools.b is '10.0.1.0/24'; expected an entry of l2 or bgp.advertisements with this pool, or with none");
  expect(() => metalLb({ pools: two, l2: {} })).toThrow('pools.a');
  expect(metalLb({ pools: two, l2: { edge: { pools: ['a'] } }, bgp: bgp({ pools: ['b'] }) }).ofKind('BGPAdvertisement')).toHaveLength(1);
});

test.each([
  [{ edge: { pools: ['other'] } }, "l2.edge.pools[0] is 'other'; expected one of public"],
  [{ edge: { pools: ['public', 'public'] } }, "l2.edge.pools[1] is 'public'; expected each name once"],
  [{ edge: { interfaces: [] } }, 'l2.edge.interfaces is []'],
  [{ Edge: {} }, "metadata.name is 'Edge'"],
])('%j is refused', (l2, message) => {
  expect(() => metalLb({ l2 })).toThrow(message);
});
