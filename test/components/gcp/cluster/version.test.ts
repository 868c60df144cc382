import { chooseVersion } from '../../../../components/gcp';

const CHECK = { supported: '>=1.33.0 <1.36.0', where: 'cluster' };
const VERSIONS = {
  defaults: { RAPID: '1.36.0-gke.1', REGULAR: '1.34.1-gke.20', STABLE: '1.32.9-gke.3' },
  offered: ['1.36.0-gke.1', '1.34.2-gke.5', '1.34.1-gke.20', '1.33.5-gke.7', '1.32.9-gke.3'],
};

describe('chooseVersion', () => {
  it.each([
    [undefined, 'REGULAR', '1.34.1-gke.20'],
    ['1.33', 'REGULAR', '1.33.5-gke.7'],
    ['1.34.1', 'RAPID', '1.34.1-gke.20'],
    ['1.34.2-gke.5', 'RAPID', '1.34.2-gke.5'],
  ] as const)('%s in channel %s is %s', (wanted, channel, version) => {
    expect(chooseVersion(VERSIONS, wanted, channel, CHECK)).toBe(version);
  });

  it.each([
    [undefined, 'STABLE', /releaseChannel is 'STABLE'; .*this one gives 1.32.9-gke.3.*'version' set to 1.34 or 1.33/],
    [undefined, 'RAPID', /releaseChannel is 'RAPID'/],
    [undefined, 'EXTENDED', /a channel of the region \(RAPID, REGULAR, STABLE\)/],
    ['1.35', 'REGULAR', /version is '1.35'; expected a version that the region offers \(1.36, 1.34, 1.33, 1.32\)/],
    ['1.3', 'REGULAR', /every component/],
    ['1.32', 'REGULAR', /every component of the platform supports/],
    ['v1.34', 'REGULAR', /a version such as/],
  ] as const)('refuses %s in channel %s', (wanted, channel, message) => {
    expect(() => chooseVersion(VERSIONS, wanted, channel, CHECK)).toThrow(message);
  });
});
