import fc from 'fast-check';
import { parse } from 'yaml';
import { createToken, jsonText, splitTokens, yamlText } from '../../../constructs/core';

const VALUE = { b: [1, { d: true, c: 'text' }], a: { z: null, y: 'multi\nline' }, gone: undefined };

describe.each<[string, (value: object) => string, (text: string) => unknown]>([
  ['jsonText', jsonText, JSON.parse],
  ['yamlText', yamlText, (text) => parse(text)],
])('%s', (_, write, read) => {
  test('reads back as what was written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        // JSON has no negative zero.
        const plain: object = JSON.parse(JSON.stringify(value));
        expect(read(write(plain))).toEqual(plain);
      }),
    );
  });

  test('does not depend on the order of keys', () => {
    expect(write({ a: 1, b: { c: 2, d: 3 } })).toBe(write({ b: { d: 3, c: 2 }, a: 1 }));
  });

  test('leaves out what is undefined, and keeps lists in order', () => {
    expect(read(write(VALUE))).toEqual({ a: { z: null, y: 'multi\nline' }, b: [1, { c: 'text', d: true }] });
  });

  test('a deploy-time value put in cannot break out of its string', () => {
    const hostile = 'x"\n  evil: "true\\';
    const token = createToken({}, 'hostile value');
    const filled = splitTokens(write({ bucket: `s3://${token}/data`, other: 'kept' }))
      .map((part) => (typeof part === 'string' ? part : part.json ? JSON.stringify(hostile).slice(1, -1) : hostile))
      .join('');
    expect(read(filled)).toEqual({ bucket: `s3://${hostile}/data`, other: 'kept' });
  });
});

test('YAML has no anchors, which some readers do not know', () => {
  const shared = { a: 1 };
  expect(yamlText({ one: shared, two: shared })).toBe('one:\n  a: 1\ntwo:\n  a: 1\n');
});

test('YAML does not fold long lines', () => {
  expect(yamlText({ text: 'word '.repeat(50).trim() }).split('\n')).toHaveLength(2);
});
