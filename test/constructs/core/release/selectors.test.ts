import * as fc from 'fast-check';
import { LabelIndex, mapSelectorOf, selectorOf, selects } from '../../../../constructs/core/release/selectors';

const key = fc.constantFrom('a', 'b', 'c');
const value = fc.constantFrom('1', '2', '3');
const labels = fc.dictionary(key, value);
const selector = fc.record({
  matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
  matchExpressions: fc.array(
    fc.record({ key, operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'), values: fc.uniqueArray(value, { minLength: 1 }) }),
    { maxLength: 2 },
  ),
});

test('the index selects exactly what the selector selects one by one', () => {
  fc.assert(
    fc.property(fc.array(labels), selector, (all, written) => {
      const parsed = selectorOf(written);
      const items = all.map((each) => ({ labels: each }));
      const found = new Set(new LabelIndex(items).select(parsed));
      expect(items.map((item) => found.has(item))).toEqual(items.map((item) => selects(parsed, item.labels)));
    }),
  );
});

test('a missing or empty selector selects everything, a label map only what has all of its labels', () => {
  expect(selects(selectorOf(undefined), {})).toBe(true);
  expect(selects(selectorOf({}), { a: '1' })).toBe(true);
  expect(selects(mapSelectorOf({ a: '1', b: '2' }), { a: '1', b: '2', c: '3' })).toBe(true);
  expect(selects(mapSelectorOf({ a: '1', b: '2' }), { a: '1' })).toBe(false);
});
