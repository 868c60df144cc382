import { REQUIRED_SERVICES, Services } from '../../../../components/gcp';
import { record } from '../../record';
import { provider } from '../stand';

describe('Services', () => {
  it('enables each API once, and leaves it enabled', async () => {
    const made = await record(() => new Services('services', { project: 'my-project', more: ['iap.googleapis.com', 'dns.googleapis.com'] }, { provider: provider() }));
    const enabled = made.ofType('gcp:projects/service:Service').map(({ inputs }) => inputs);
    expect(enabled.map(({ service }) => service)).toEqual([...REQUIRED_SERVICES, 'iap.googleapis.com']);
    expect(enabled.every((each) => each.disableOnDestroy === false && each.project === 'my-project')).toBe(true);
    expect(enabled.map(({ service }) => service)).toContain('containerscanning.googleapis.com');
  });

  it('refuses what is no API', () => {
    expect(() => new Services('services', { project: 'my-project', more: ['iap'] })).toThrow(/services: more\[0\] is 'iap'/);
  });
});
