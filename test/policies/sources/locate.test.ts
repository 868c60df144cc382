import { locator } from '../../../policies/sources/locate';
import { parseDocument } from '../../../policies/sources/parse';
import { CONFIG_MAP, place } from './read';

function at(text: string, path: string): string {
  const parsed = parseDocument(text);
  if ('reason' in parsed) throw new Error(parsed.reason);
  const { line, column } = locator(text, parsed)(path);
  return `${line}:${column}`;
}

describe('positions in YAML', () => {
  const text = `${CONFIG_MAP}---\n# second\napiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {app.x/y: z}}\nspec:\n  containers:\n    - name: one\n      image: x\n    - name: two\n      securityContext:\n        privileged: true\n`;

  it('are those of the key', () => {
    expect(place(text, 'spec.containers[1].securityContext.privileged', 1)).toBe('16:9');
    expect(place(text, 'metadata.labels["app.x/y"]', 1)).toBe('9:30');
    expect(place(text, 'spec.containers[0]', 1)).toBe('12:7');
  });

  it('are the nearest around a field that is missing', () => {
    expect(place(text, 'spec.containers[0].resources.limits.cpu', 1)).toBe('12:7');
    expect(place(text, 'spec.containers[1].securityContext.runAsUser', 1)).toBe('15:7');
    expect(place(text, 'spec.containers[7].image', 1)).toBe('11:3');
    expect(place(text, 'spec.hostPID', 1)).toBe('10:1');
    expect(place(text, 'nothing.of.it', 1)).toBe('7:1');
    expect(place(text, '', 1)).toBe('7:1');
  });

  it('hold in the items of a list', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  spec:\n    hostPID: true\n';
    expect(place(list, 'spec.hostPID')).toBe('7:5');
    expect(place(list, '')).toBe('4:3');
  });

  it.each([
    ['keys in quotes', '"a b": 1\n\'c\': {"d": 2}\n', [['["a b"]', '1:1'], ['c', '2:1'], ['c.d', '2:7']]],
    ['keys that are no text', 'on: {1: a, 0x10: b}\n~: c', [['true', '1:1'], ['true["1"]', '1:6'], ['true["16"]', '1:12'], ['null', '2:1']]],
    ['values on the next line, after comments', 'a: # one\n  # two\n  b:\n    # three\n    - c: 1\n', [['a.b', '3:3'], ['a.b[0]', '5:7'], ['a.b[0].c', '5:7']]],
    ['lists not indented', 'a:\n- x\n-\n  b: 1\n- - y\n  - z\n', [['a[0]', '2:3'], ['a[1]', '4:3'], ['a[1].b', '4:3'], ['a[2][1]', '6:5']]],
    ['flow collections over lines', 'a: {b: [1, 2,\n  {c: 3}], d,\n  e: 4}', [['a.b[1]', '1:12'], ['a.b[2].c', '2:4'], ['a.d', '2:12'], ['a.e', '3:3']]],
    ['anchors, tags and aliases', 'a: &x\n  b: 1\nc: *x\n&k d: !!map\n  e: 2\n', [['a.b', '2:3'], ['c.b', '3:1'], ['d', '4:1'], ['d.e', '5:3']]],
    ['explicit keys', '? a\n: b: 1\n? c\n', [['a', '1:3'], ['a.b', '2:3'], ['c', '3:3']]],
    ['texts over lines', 'a: |\n  b: 1\n\n  c: 2\nd: "x\n  y: z"\ne: one\n  two\nf: 1\n', [['a', '1:1'], ['d', '5:1'], ['e', '7:1'], ['f', '9:1']]],
    ['no value', 'a:\nb:\n- c:\n  d: 1\n', [['a', '1:1'], ['a.x', '1:1'], ['b[0].c', '3:3'], ['b[0].d', '4:3']]],
    ['the last of two equal keys', 'a: 1\nb: 2\n', [['b', '2:1']]],
    ['directives and a marker', '%YAML 1.1\n--- # x\na: 1\n', [['a', '3:1'], ['', '3:1']]],
    ['content on the line of the marker', '--- {a: 1}\n', [['a', '1:6']]],
    ['Windows line ends', 'a: 1\r\nb:\r\n  c: 2\r\n', [['b.c', '3:3']]],
    ['keys with colons in them', 'a::b: {x: 1}\nhttp://c: 2\n', [['["a::b"].x', '1:8'], ['["http://c"]', '2:1']]],
  ])('%s', (_name, document, places) => {
    for (const [path = '', expected] of places) expect([path, at(document, path)]).toEqual([path, expected]);
  });

  it('of a key that is there twice are those of the last', () => {
    expect(place(`${CONFIG_MAP}data: {a: 1}\ndata: {b: 2}\n`, 'data.b')).toBe('6:8');
  });
});

describe('positions in JSON', () => {
  it.each([
    ['names and items', '{\n  "a": [1, "x,]", {"b": {"c": null}}],\n\t"d": true }', [['', '1:1'], ['a', '2:3'], ['a[1]', '2:12'], ['a[2].b.c', '2:26'], ['d', '3:2']]],
    ['what is missing', '{"a": [{"b": 1}], "e": {}}', [['a[5].x', '1:2'], ['a[0].c', '1:8'], ['a.b', '1:2'], ['e.x', '1:19'], ['z', '1:1']]],
    ['escapes', '{"a\\"b": {"\\u0063": 1, "d\\\\": 2}}', [['["a\\"b"].c', '1:11'], ['["a\\"b"]["d\\\\"]', '1:24']]],
    ['a list', '[ {"a": 1},\n  2 ]', [['[0].a', '1:4'], ['[1]', '2:3']]],
  ])('are those of %s', (_name, document, places) => {
    for (const [path = '', expected] of places) expect([path, at(document, path)]).toEqual([path, expected]);
  });

  it('hold after the marker of a document', () => {
    expect(place('---\n{"apiVersion": "v1",\n "kind": "Pod"}', 'kind')).toBe('3:2');
  });
});
