import { parseDocument } from '../../../policies/sources/parse';
import { problems } from './read';

describe('parseDocument', () => {
  it('reads YAML and JSON', () => {
    expect(parseDocument('a: yes')).toEqual({ value: { a: true } });
    expect(parseDocument('{"a": "yes"}')).toEqual({ value: { a: 'yes' }, json: true });
    expect(parseDocument('\n [1]')).toEqual({ value: [1], json: true });
  });

  it('refuses a key that is there twice', () => {
    expect(parseDocument('a: 1\na: 2')).toEqual({ reason: 'not valid YAML: duplicated mapping key', line: 2, column: 1 });
    expect(parseDocument('{"a": {"b": [{"__proto__": 1,\n "__proto__": 2}]}}')).toEqual({ reason: 'not valid YAML: duplicated mapping key', line: 2, column: 2 });
    expect(parseDocument('{"a": {"b:": ":"}, "b": [{"a": 1}, {"a": 1}]}')).toMatchObject({ json: true });
  });

  it('does not try as YAML what is large and meant to be JSON', () => {
    expect(parseDocument(`{"a": [\n${'1,'.repeat(9_000_000)}x]}`)).toEqual({ reason: 'not valid JSON: "x" where a value should be', line: 2, column: 18_000_001 });
  });
});

describe('templates that are not rendered', () => {
  it.each([
    ['a: 1\nx: {{ .Values.b }}\n', '2:4 a mapping stands for a key; it looks like a template: render it first'],
    ['a: 1\n{{- if .Values.b }}\nx: 1\n{{- end }}\n', '2:3 not valid YAML: missed comma between flow collection entries; it looks like a template: render it first'],
    ['{{ include "x" . }}\n', '1:1 a mapping stands for a key; it looks like a template: render it first'],
  ])('are told from YAML that is broken: %j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(problems(text, false)).toEqual([expected]);
  });

  it('but for what other programs expand in texts', () => {
    expect(parseDocument("a: '{{inputs.parameters.a}}'\nb: |\n  {{ x }}\n")).toEqual({ value: { a: '{{inputs.parameters.a}}', b: '{{ x }}\n' } });
  });
});
