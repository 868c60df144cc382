import { visitFields } from '../../../../constructs/core/release/fields';

function visited(root: unknown, pattern: string, base?: string): [string, unknown][] {
  const found: [string, unknown][] = [];
  visitFields(root, pattern, (value, path) => found.push([path, value]), base);
  return found;
}

test.each([
  [{ a: { b: 1 } }, 'a.b', [['a.b', 1]]],
  [{ a: [{ b: 1 }, {}, { b: 2 }] }, 'a[*].b', [['a[0].b', 1], ['a[2].b', 2]]],
  [{ a: { x: { b: 1 }, 'y.z': { b: 2 } } }, 'a.*.b', [['a.x.b', 1], ['a["y.z"].b', 2]]],
  [{ a: { 'x.io/y': 1 } }, 'a["x.io/y"]', [['a["x.io/y"]', 1]]],
  [{ a: 'text' }, 'a.b', []],
  [{ a: { b: 1 } }, 'a[*]', []],
  [{ a: null }, 'a', []],
])('%o at %s', (root, pattern, expected) => {
  expect(visited(root, pattern)).toEqual(expected);
});

test('an empty pattern is the root itself, and paths continue a base', () => {
  expect(visited({ a: 1 }, '')).toEqual([['', { a: 1 }]]);
  expect(visited({ a: 1 }, 'a', 'spec')).toEqual([['spec.a', 1]]);
});
