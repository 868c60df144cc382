import { suggest } from '../../../policies/engine/suggest';

describe('suggest', () => {
  const ids = ['host-path', 'host-pid', 'host-port', 'run-as-non-root'];
  it.each([
    ['hostpath', 'host-path'],
    ['host-pids', 'host-pid'],
    ['run-as-nonroot', 'run-as-non-root'],
    ['completely-different', undefined],
  ])('%s -> %s', (name, expected) => {
    expect(suggest(name, ids)).toBe(expected);
  });
});
