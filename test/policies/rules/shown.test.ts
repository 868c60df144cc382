import { shown } from '../../../policies/rules/shown';
import { unknown } from './azure/run';

it.each([
  ['text', 'text'],
  ['', ''],
  [7, '7'],
  [false, 'false'],
  [null, 'null'],
  [{ a: [1] }, '{"a":[1]}'],
  [['a', {}], '["a",{}]'],
  [unknown('a'), 'a value that is not known yet'],
])('shows a value, of whatever type (%#)', (value, text) => {
  expect(shown(value)).toBe(text);
});
