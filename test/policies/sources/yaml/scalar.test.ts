import { plainScalar } from '../../../../policies/sources/yaml/scalar';

// What sigs.k8s.io/yaml 1.6.0 makes of each.
describe('plainScalar', () => {
  it.each<[string, unknown]>([
    ['yes', true], ['Y', true], ['on', true], ['TRUE', true], ['n', false], ['Off', false], ['No', false], ['yEs', 'yEs'], ['tRUE', 'tRUE'],
    ['', null], ['~', null], ['Null', null], ['nULL', 'nULL'], ['nil', 'nil'],
    ['0', 0], ['-0', 0], ['+12', 12], ['1_000', 1000], ['_1', '_1'],
    ['0644', 420], ['-017', -15], ['0o17', 15], ['0O7', 7], ['08', 8], ['0o8', '0o8'], ['00', 0],
    ['0x1F', 31], ['-0X1f', -31], ['0x', '0x'], ['0b101', 5], ['0b2', '0b2'],
    ['18446744073709551615', 2 ** 64], ['99999999999999999999', 1e20], ['0x1FFFFFFFFFFFFFFFF', '0x1FFFFFFFFFFFFFFFF'],
    ['1.5', 1.5], ['1.', 1], ['.5', 0.5], ['-.5e1', -5], ['1e3', 1000], ['1e400', '1e400'], ['1e', '1e'], ['.', '.'], ['-', '-'], ['._5', '._5'],
    ['.inf', Number.POSITIVE_INFINITY], ['-.INF', Number.NEGATIVE_INFINITY], ['+.Inf', Number.POSITIVE_INFINITY], ['.NaN', Number.NaN], ['Infinity', 'Infinity'],
    ['12:30', '12:30'], ['1:20:30.5', '1:20:30.5'], ['2024-01-01', '2024-01-01'], ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'], ['1.2.3', '1.2.3'],
    ['100m', '100m'], ['1Gi', '1Gi'], ['nginx', 'nginx'], ['über', 'über'],
  ])('%j is %p', (text, expected) => {
    expect(plainScalar(text)).toBe(expected);
  });
});
