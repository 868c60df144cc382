import { expand } from '../../../../constructs/core/crd/compact';

const DEFINITIONS = {
  pod: { properties: { container: { $ref: 'container' }, spare: { $ref: 'container' } } },
  container: { properties: { image: { type: 'string' } } },
};

test('puts definitions in the place of references, also of those inside definitions', () => {
  const container = { properties: { image: { type: 'string' } } };
  expect(expand({ list: [{ $ref: 'pod' }] }, DEFINITIONS)).toEqual({ list: [{ properties: { container, spare: container } }] });
});

test('parts are shared, so that a set costs little memory', () => {
  const done = new Map<string, unknown>();
  const [one, two] = [1, 2].map(() => expand({ $ref: 'container' }, DEFINITIONS, done));
  expect(one).toBe(two);
});

test('a property that is called $ref is no reference unless it is text', () => {
  const schema = { properties: { $ref: { type: 'string' } } };
  expect(expand(schema, DEFINITIONS)).toEqual(schema);
});

test('what is no object stays what it is', () => {
  for (const value of [null, 1, 'text', true, []]) expect(expand(value, {})).toEqual(value);
});

test('a reference to nothing is an error', () => {
  expect(() => expand({ $ref: 'gone' }, DEFINITIONS)).toThrow("no definition 'gone'");
});
