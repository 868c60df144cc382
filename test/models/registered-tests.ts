import type { Recording } from '../components/record';
import { type Mapping, verdict, type Verdict } from './registered';

/**
 * The tests of a cloud's programs against its API models.
 *
 * @param expected values that must be among those compared: where names of fields differ, and where it matters most
 */
export function describeRegistered(cloud: string, recordings: () => Promise<readonly Recording<unknown>[]>, mapping: Mapping, expected: readonly string[]): void {
  describe(`what is registered with ${cloud}`, () => {
    let found: Verdict;
    beforeAll(async () => {
      found = verdict(await recordings(), mapping);
    }, 60_000);

    it('is what its APIs take', () => {
      expect(found.contradictions).toEqual([]);
    });

    it('is compared, or known to have nothing to compare (mapping.ts)', () => {
      expect(found.unmapped).toEqual([]);
      expect(found.idle).toEqual([]);
    });

    it('is compared where names of fields differ, and where it matters most', () => {
      expect(found.compared).toEqual(expect.arrayContaining([...expected]));
    });
  });
}
