import fc from 'fast-check';
import { long2ip } from 'netmask';
import { addressRange, largestPrefix, overlap } from '../../../constructs/metallb/addresses';
import { metalLb, pools } from './objects';

const at = { property: 'addresses', where: 'test' };

test('a pool comes out with what it says, and what it does not say is said', () => {
  const objects = metalLb({
    pools: {
      public: { addresses: ['203.0.113.8/29', '198.51.100.7/32'] },
      team: { addresses: ['192.168.10.1 - 192.168.10.9'], autoAssign: false, avoidBuggyIps: true, serviceAllocation: { priority: 10, namespaces: ['team-a'], services: { tier: 'gold' } } },
    },
  });
  expect(objects.one('IPAddressPool', 'public')).toMatchObject({
    metadata: { namespace: 'metallb-system' },
    spec: { addresses: ['203.0.113.8/29', '198.51.100.7/32'], autoAssign: true, avoidBuggyIPs: false },
  });
  expect(objects.one('IPAddressPool', 'team').spec).toEqual({
    addresses: ['192.168.10.1 - 192.168.10.9'],
    autoAssign: false,
    avoidBuggyIPs: true,
    serviceAllocation: { priority: 10, namespaces: ['team-a'], serviceSelectors: [{ matchLabels: { tier: 'gold' } }] },
  });
  expect(objects.component.pools).toEqual(['public', 'team']);
});

describe('addresses that are in two places are refused', () => {
  test.each([
    ['a block in a block', [['10.0.0.0/16'], ['10.0.5.0/24']], "metallb: pools.b.addresses is '10.0.5.0/24'; expected addresses that are nowhere else; pools.a.addresses has '10.0.0.0/16', and both have 10.0.5.0 to 10.0.5.255"],
    ['a range that ends where another begins', [['10.0.0.1-10.0.0.9'], ['10.0.0.9-10.0.0.20']], 'and both have 10.0.0.9'],
    ['a block and a range', [['192.168.1.240/28'], ['192.168.1.200-192.168.1.240']], "pools.b.addresses has '192.168.1.200-192.168.1.240', and both have 192.168.1.240"],
    ['the same twice in one pool', [['10.0.0.0/24', '10.0.0.0/24']], "pools.a.addresses is '10.0.0.0/24'"],
    ['far apart in the list', [['10.9.0.0/16'], ['10.1.0.0/16'], ['10.9.255.255/32']], "pools.c.addresses is '10.9.255.255/32'"],
  ])('%s', (_, addresses, message) => {
    expect(() => metalLb({ pools: pools(...addresses) })).toThrow(message);
  });

  test.each([
    [[['10.0.0.0/24'], ['10.0.1.0/24']]],
    [[['10.0.0.1-10.0.0.9'], ['10.0.0.10-10.0.0.20']]],
    [[['255.255.255.255/32'], ['0.0.0.1/32']]],
  ])('%j is fine', (addresses) => {
    expect(metalLb({ pools: pools(...addresses) }).ofKind('IPAddressPool')).toHaveLength(2);
  });

  test('as a comparison of every pair says', () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 8 })).map(([first, more]) => ({ text: '', first, last: first + more }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
        const pairs = ranges.flatMap((a, index) => ranges.slice(index + 1).filter((b) => a.first <= b.last && b.first <= a.last));
        expect(overlap(ranges) !== undefined).toBe(pairs.length > 0);
      }),
    );
  });
});

describe('what a range covers', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['200.1.2.128/25', '200.1.2.128', '200.1.2.255'],
    ['192.168.1.5/32', '192.168.1.5', '192.168.1.5'],
    ['192.168.1.4/31', '192.168.1.4', '192.168.1.5'],
    ['192.168.1.1-192.168.2.1', '192.168.1.1', '192.168.2.1'],
  ])('%s', (text, first, last) => {
    const range = addressRange(text, at);
    expect([long2ip(range.first), long2ip(range.last)]).toEqual([first, last]);
  });

  test.each([['10.0.0.0/24', 24], ['10.0.0.1/32', 32], ['10.0.0.0-10.0.0.255', 24], ['10.0.0.1-10.0.0.255', 25], ['10.0.0.1-10.0.0.2', 32], ['10.0.0.255-10.0.1.255', 24]])(
    'the largest block of %s has a prefix of %d',
    (text, prefix) => {
      expect(largestPrefix(addressRange(text, at))).toBe(prefix);
    },
  );
});

describe('what is no range is refused', () => {
  test.each([
    ['192.168.10.5/24', "a block that begins at its first address: '192.168.10.0/24', or '192.168.10.5/32' for that address alone"],
    ['192.168.10.9-192.168.10.1', "such as '192.168.10.1-192.168.10.9'"],
    ['192.168.10.0', "one address is '192.168.10.5/32'"],
    ['192.168.10.0/33', 'an IPv4 block'],
    ['0.0.0.0/0', 'an IPv4 block'],
    ['192.168.10.256/32', 'an IPv4 block'],
    // Programs that read octal numbers take this for 10.8.0.0.
    ['10.010.0.0/16', 'an IPv4 block'],
    ['10.0.0.0/255.255.0.0', 'an IPv4 block'],
    ['10/8', 'an IPv4 block'],
    ['10.0.0.1-10.0.0.5-10.0.0.9', 'a range of two IPv4 addresses'],
    ['10.0.0.1-5', 'a range of two IPv4 addresses'],
    ['fc00::/64', 'IPv4 addresses; IPv6 is not supported here'],
    ['', 'an IPv4 block'],
  ])('%s', (text, expected) => {
    expect(() => metalLb({ pools: pools([text]) })).toThrow(`metallb: pools.a.addresses[0] is '${text}'; expected`);
    expect(() => metalLb({ pools: pools([text]) })).toThrow(expected);
  });

  test.each([
    [{}, 'metallb: pools is {}; expected at least one pool of addresses'],
    [{ a: { addresses: [] } }, 'pools.a.addresses is []; expected at least one block or range'],
    [{ A: { addresses: ['10.0.0.0/24'] } }, "metadata.name is 'A'; expected a DNS subdomain"],
    [{ a: { addresses: ['10.0.0.0/24'], serviceAllocation: { namespaces: ['Team'] } } }, "pools.a.serviceAllocation.namespaces is 'Team'"],
  ])('%j', (given, message) => {
    expect(() => metalLb({ pools: given })).toThrow(message);
  });
});
