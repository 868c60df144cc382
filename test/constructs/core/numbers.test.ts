import { checkWholeNumber } from '../../../constructs/core';
import { refusalOf } from './refusals';

test.each([1, 2, 5])('%d is from 1 to 5', (value) => {
  expect(checkWholeNumber('size', value, 'here', { least: 1, most: 5 })).toBe(value);
});

test.each([0, -1, 1.5, 6, NaN, Infinity])('%d is not', (value) => {
  expect(() => checkWholeNumber('size', value, 'here', { least: 1, most: 5 })).toThrow(refusalOf('size', 'here'));
});

test('the error says the range', () => {
  expect(() => checkWholeNumber('size', 9, 'here', { least: 1, most: 5 })).toThrow('here: size is 9; expected a whole number from 1 to 5');
  expect(() => checkWholeNumber('size', -1, 'here', { least: 0 })).toThrow('here: size is -1; expected a whole number, at least 0');
});

test('without an upper end there is none', () => {
  expect(checkWholeNumber('size', Number.MAX_SAFE_INTEGER, 'here', { least: 0 })).toBe(Number.MAX_SAFE_INTEGER);
});
