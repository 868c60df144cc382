import { parse } from 'yaml';
import { each, go, templateText, text, when } from '../../../../constructs/istio/injection/go-template';

test('plain data is YAML of itself', () => {
  const data = { name: 'a "quoted" name', numbers: [1, 2], flag: true, nothing: [], empty: {}, nested: { list: [{ a: 'b' }] } };
  expect(parse(templateText(data))).toEqual(data);
});

test('an expression is written so that its value is JSON, whatever it holds', () => {
  expect(templateText({ image: go('.ProxyImage') })).toBe('{\n  "image": {{ .ProxyImage | toJson }},\n}\n');
});

test('a conditional entry takes its key and comma with it', () => {
  expect(templateText({ a: 1, b: when('.Wanted', 'x') })).toBe('{\n  "a": 1,\n  {{ if .Wanted }}"b": "x",{{ end }}\n}\n');
});

test('conditional and repeated items leave a list that is YAML, whether they are there or not', () => {
  const template = templateText(['a', when('.Wanted', 'b'), each('$name := .Names', { name: go('$name') })]);
  expect(template).toContain('{{ if .Wanted }}"b",{{ end }}');
  expect(template).toContain('{{ range $name := .Names }}{');
  expect(parse(template.replaceAll(/\{\{ (if|range) .*\n?(.*\n)*?.*\{\{ end \}\}/g, ''))).toEqual(['a']);
});

test('text around expressions keeps its percent signs', () => {
  expect(text`100%=${go('.A')}`.pipeline).toBe('printf "100%%=%v" (.A)');
});

test('entries without a value are left out', () => {
  expect(parse(templateText({ a: 1, b: undefined }))).toEqual({ a: 1 });
});

test('a literal that would be taken for an expression is refused', () => {
  expect(() => templateText({ a: '{{ .Secrets }}' })).toThrow("a literal with '{{'");
});
