import { portsWithin } from '../../../../policies/rules/aws/ports';

it.each([
  ['tcp', 22, 22, [22]],
  ['TCP', 0, 65535, [22, 3389]],
  ['6', '20', '25', [22]],
  ['udp', 3000, 4000, [3389]],
  ['-1', 0, 0, [22, 3389]],
  [-1, undefined, undefined, [22, 3389]],
  ['all', undefined, undefined, [22, 3389]],
  ['tcp', 0, 0, [22, 3389]],
  [undefined, 22, 22, [22]],
  ['tcp', 23, 3388, []],
  ['icmp', -1, -1, []],
  ['icmp', 0, 65535, []],
  ['tcp', undefined, 22, []],
  ['tcp', 'ssh', 'ssh', []],
])('protocol %s from %s to %s includes %j', (protocol, fromPort, toPort, expected) => {
  expect(portsWithin({ protocol, fromPort, toPort }, [22, 3389])).toEqual(expected);
});
