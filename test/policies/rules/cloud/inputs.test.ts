import { UnknownValueError } from '../../../../policies';
import { documentOf, elements, input, isNamed, isOff, isOn, isOneOf, isStated, listed, nameOf, setting } from '../../../../policies/rules/cloud/inputs';
import { resource, unknown } from '../aws/subjects';

const of = (properties: Readonly<Record<string, unknown>>) => resource('test:index:Thing', properties);

it('reads inputs, with their place where it is asked for', () => {
  expect(input(of({ a: { b: 1 } }), 'a', 'b')).toBe(1);
  expect(input(of({ a: null }), 'a')).toBeUndefined();
  expect(setting(of({ a: { b: 1 } }), 'a', 'b')).toEqual({ path: ['a', 'b'], value: 1 });
});

it('tells the place of a value that is not known yet', () => {
  let caught: unknown;
  try {
    input(of({ a: unknown({}, 'b') }), 'a', 'b');
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(UnknownValueError);
  expect(caught).toMatchObject({ path: ['a', 'b'] });
});

it('lists elements with their place', () => {
  expect(elements(of({ a: ['x', null] }), 'a')).toEqual([{ path: ['a', 0], value: 'x' }, { path: ['a', 1], value: undefined }]);
  expect(elements(of({ a: { b: 1 } }), 'a')).toEqual([{ path: ['a'], value: { b: 1 } }]);
  for (const a of [undefined, null, 'x', 1]) expect(elements(of({ a }), 'a')).toEqual([]);
  expect([['x'], 'x', undefined, null].map(listed)).toEqual([['x'], ['x'], [], []]);
});

it.each<[unknown, boolean, boolean]>([
  [true, true, false],
  ['TRUE', true, false],
  [false, false, true],
  ['False', false, true],
  [undefined, false, false],
  [1, false, false],
  ['', false, false],
  ['yes', false, false],
])('%j is on: %s, off: %s', (value, on, off) => {
  expect([isOn(value), isOff(value)]).toEqual([on, off]);
});

it('compares names without their case', () => {
  expect(isOneOf('Tls1_2', 'TLS1_2', 'TLS1_3')).toBe(true);
  for (const value of ['TLS1_1', '', undefined, null, 3, ['TLS1_2']]) expect(isOneOf(value, 'TLS1_2')).toBe(false);
});

it.each<[unknown, boolean, boolean]>([
  ['x', true, true],
  [' ', true, false],
  ['', false, false],
  [3, false, true],
  [undefined, false, false],
  [null, false, false],
])('%j is a name: %s, is stated: %s', (value, named, stated) => {
  expect([isNamed(value), isStated(value)]).toEqual([named, stated]);
});

it('knows no name that is not known yet', () => {
  expect(nameOf(of({ name: 'a' }))).toBe('a');
  expect(nameOf(of({ bucket: 'b' }), 'bucket')).toBe('b');
  for (const properties of [{}, { name: '' }, { name: 3 }, unknown({}, 'name')]) expect(nameOf(of(properties))).toBeUndefined();
});

it.each<[unknown, unknown]>([
  ['{"a":1}', { a: 1 }],
  [{ a: 1 }, { a: 1 }],
  ['a: 1', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the document %j', (value, expected) => {
  expect(documentOf(value)).toEqual(expected);
});
