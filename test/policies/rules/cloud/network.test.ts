import { hasPort, isEverywhere, portRange } from '../../../../policies/rules/cloud/network';

it.each([
  ['0.0.0.0/0', true, false],
  ['::/0', false, true],
  ['0000:0000:0000:0000:0000:0000:0000:0000/0', false, true],
  ['10.0.0.0/8', false, false],
  ['10.0.0.0/10', false, false],
  [null, false, false],
  [' 0.0.0.0/00 ', true, false],
  ['0.0.0.0', false, false],
  ['internet/0', false, false],
  [['0.0.0.0/0'], false, false],
])('%j is every IPv4 address: %s, every IPv6 address: %s', (range, ipv4, ipv6) => {
  expect([isEverywhere(range, 'IPv4'), isEverywhere(range, 'IPv6')]).toEqual([ipv4, ipv6]);
  expect(isEverywhere(range)).toBe(ipv4 || ipv6);
});

it.each([
  ['22', { from: 22, to: 22 }],
  [22, { from: 22, to: 22 }],
  [' 20 - 25 ', { from: 20, to: 25 }],
  ['*', undefined],
  ['20-25-30', undefined],
  ['ssh', undefined],
  ['', undefined],
  [null, undefined],
  [['22'], undefined],
])('%j are the ports %j', (ports, expected) => {
  expect(portRange(ports)).toEqual(expected);
});

it('has the ports at both ends of a range', () => {
  expect([19, 20, 22, 25, 26].filter((port) => hasPort({ from: 20, to: 25 }, port))).toEqual([20, 22, 25]);
  expect(hasPort(undefined, 22)).toBe(false);
});
