import { checkVersion } from '../../../constructs/core';

const EXPECTATION = { range: '^1.18.0', expected: 'a release of 1.x, 1.18.0 or later', where: 'existingThing' };

test.each([['1.18.0', '1.18.0'], ['v1.20.2', '1.20.2'], ['1.99.0', '1.99.0']])('%s will do', (version, bare) => {
  expect(checkVersion(version, EXPECTATION)).toBe(bare);
});

test.each(['1.17.9', '2.0.0', '1.20', 'latest', '', '1.20.0-beta.0', '1.20.0+build', ' 1.20.0', 'vv1.20.0'])('%j will not', (version) => {
  expect(() => checkVersion(version, EXPECTATION)).toThrow(`existingThing: version is '${version}'; expected a release of 1.x, 1.18.0 or later`);
});
