import { UnknownValueError } from '../../../../policies';
import { withDefaults } from '../../../../policies/engine/templates/defaults';

it.each([
  [{}, { a: 1 }, { a: 1 }],
  [{ a: 2 }, { a: 1, b: 1 }, { a: 2, b: 1 }],
  [{ a: null }, { a: 1 }, { a: 1 }],
  [{ a: null }, {}, { a: null }],
  [{ a: { x: 1 } }, { a: { x: 2, y: 2 } }, { a: { x: 1, y: 2 } }],
  [{ a: [1] }, { a: [2, 3] }, { a: [1] }],
  [{ a: 'x' }, { a: { x: 1 } }, { a: 'x' }],
  [{ a: { x: 1 } }, { a: 'x' }, { a: { x: 1 } }],
])('%j over %j is %j', (own, defaults, expected) => {
  expect(withDefaults(own, defaults)).toEqual(expected);
});

it('does not read what is not known yet', () => {
  const unknown = { enumerable: true, get: () => { throw new UnknownValueError('not known yet'); } };
  const merged = withDefaults(Object.defineProperty({ b: 1 }, 'a', unknown), Object.defineProperty({ a: { x: 1 } }, 'c', unknown));
  expect(merged.b).toBe(1);
  expect(() => merged.a).toThrow('not known yet');
  expect(() => merged.c).toThrow('not known yet');
});

it('changes neither', () => {
  const [own, defaults] = [{ a: { x: 1 } }, { a: { y: 1 } }];
  withDefaults(own, defaults);
  expect([own, defaults]).toEqual([{ a: { x: 1 } }, { a: { y: 1 } }]);
});
