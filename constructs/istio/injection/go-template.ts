/**
 * Builds Go templates whose output is YAML: plain data with expressions in it. Everything is written in YAML's flow style, which is
 * JSON that permits a comma after the last entry, so an entry may be there or not without the others knowing.
 */
export type TemplateNode = string | number | boolean | Expression | TemplateList | TemplateMap;

/** Entries by name; a {@link Conditional} value makes its entry conditional. */
export interface TemplateMap {
  readonly [key: string]: TemplateNode | Conditional | undefined;
}

/** Items, some of them conditional or repeated. */
export type TemplateList = readonly (TemplateNode | Conditional | Repeated)[];

/** An expression of the template language, whose value is written as JSON. */
export class Expression {
  constructor(readonly pipeline: string) {}
}

/** An entry or item that is written only if a condition holds. */
export class Conditional {
  constructor(
    readonly condition: string,
    readonly node: TemplateNode,
  ) {}
}

/** An item that is written for each value of a range. */
export class Repeated {
  constructor(
    readonly range: string,
    readonly node: TemplateNode,
  ) {}
}

/** A value computed from the pod, e.g. `go('.ProxyConfig.InterceptionMode.String')`. */
export function go(pipeline: string): Expression {
  return new Expression(pipeline);
}

/** Text put together of literal parts and expressions. */
export function text(parts: TemplateStringsArray, ...expressions: readonly Expression[]): Expression {
  const format = parts.map((part) => part.replaceAll('%', '%%')).join('%v');
  return go(`printf ${goString(format)} ${expressions.map(({ pipeline }) => `(${pipeline})`).join(' ')}`);
}

/** Writes an entry or item only if a condition holds. */
export function when(condition: string | Expression, node: TemplateNode): Conditional {
  return new Conditional(typeof condition === 'string' ? condition : condition.pipeline, node);
}

/** Writes an item for each value of a range, e.g. `each('$name, $value := .ProxyConfig.ProxyMetadata', ...)`. */
export function each(range: string, node: TemplateNode): Repeated {
  return new Repeated(range, node);
}

/** A string literal of the template language. */
export function goString(value: string): string {
  return JSON.stringify(value);
}

/** The text of a template. `prelude` comes before the document: variables and checks. */
export function templateText(node: TemplateNode, prelude = ''): string {
  return `${prelude}${render(node, 0)}\n`;
}

function render(node: TemplateNode | Conditional | Repeated, depth: number): string {
  if (node instanceof Expression) return `{{ ${node.pipeline} | toJson }}`;
  if (node instanceof Conditional) return `{{ if ${node.condition} }}${render(node.node, depth)},{{ end }}`;
  if (node instanceof Repeated) return `{{ range ${node.range} }}${render(node.node, depth)},{{ end }}`;
  if (typeof node !== 'object') return literal(node);
  if (isList(node)) return block('[', ']', node.map((item) => entry(item, '', depth + 1)), depth);
  const entries = Object.entries(node).flatMap(([key, value]) => (value === undefined ? [] : [entry(value, `${literal(key)}: `, depth + 1)]));
  return block('{', '}', entries, depth);
}

function entry(node: TemplateNode | Conditional | Repeated, key: string, depth: number): string {
  if (node instanceof Conditional) return `{{ if ${node.condition} }}${key}${render(node.node, depth)},{{ end }}`;
  if (node instanceof Repeated) return render(node, depth);
  return `${key}${render(node, depth)},`;
}

function block(open: string, close: string, entries: readonly string[], depth: number): string {
  if (entries.length === 0) return open + close;
  const indent = '  '.repeat(depth);
  return `${open}\n${entries.map((each) => `${indent}  ${each}\n`).join('')}${indent}${close}`;
}

function literal(value: string | number | boolean): string {
  const json = JSON.stringify(value);
  if (json.includes('{{')) throw new Error(`a literal with '{{' would be taken for an expression: ${json}`);
  return json;
}

function isList(node: TemplateList | TemplateMap): node is TemplateList {
  return Array.isArray(node);
}
