import { closingQuote } from './scan';

/** What a text that was to be JSON turned out to be. */
export type JsonCheck =
  | { readonly end: number; readonly repeated?: { readonly name: string; readonly offset: number } }
  | { readonly offset: number; readonly reason: string };

const PRIMITIVE = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})./gs;
/** The escapes of backslashes, out of the way of {@link ESCAPE}. */
const ESCAPED_BACKSLASH = /\\\\/g;
const COMMENT = /\/\/.*|\/\*[^]*?\*\//y;

class SyntaxProblem extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads the JSON value at an offset, to find where it ends, where it breaks off, or the first name that an object has twice.
 *
 * @param options.relaxed whether comments, and commas after the last item, are allowed, as editors' settings have them
 */
export function checkJson(text: string, offset: number, { deepest, relaxed = false }: { readonly deepest: number; readonly relaxed?: boolean }): JsonCheck {
  const check = new Check(text, deepest, relaxed);
  try {
    return { end: check.value(offset, 0), repeated: check.repeated };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { offset: Math.min(error.offset, text.length), reason: error.message };
    throw error;
  }
}

class Check {
  repeated: { readonly name: string; readonly offset: number } | undefined;

  constructor(
    private readonly text: string,
    private readonly deepest: number,
    private readonly relaxed: boolean,
  ) {}

  /** End of the value at, or after space at, an offset. */
  value(offset: number, depth: number): number {
    const at = this.space(offset);
    const first = this.text[at];
    if (depth > this.deepest) throw new SyntaxProblem(at, `nested more than ${this.deepest} levels deep`);
    if (first === '{') return this.list(at, '}', (member, names) => this.member(member, names, depth));
    if (first === '[') return this.list(at, ']', (item) => this.value(item, depth + 1));
    if (first === '"') return this.string(at);
    PRIMITIVE.lastIndex = at;
    if (PRIMITIVE.test(this.text)) return PRIMITIVE.lastIndex;
    throw this.unexpected(at, 'a value');
  }

  private list(open: number, close: string, part: (offset: number, names: Set<string>) => number): number {
    const names = new Set<string>();
    let at = this.space(open + 1);
    if (this.text[at] === close) return at + 1;
    for (;;) {
      at = this.space(part(at, names));
      if (this.text[at] === close) return at + 1;
      if (this.text[at] !== ',') throw this.unexpected(at, `',' or '${close}'`);
      at = this.space(at + 1);
      if (this.relaxed && this.text[at] === close) return at + 1;
    }
  }

  private member(offset: number, names: Set<string>, depth: number): number {
    if (this.text[offset] !== '"') throw this.unexpected(offset, 'a name in double quotes');
    const end = this.string(offset);
    const name = String(JSON.parse(this.text.slice(offset, end)));
    if (names.has(name)) this.repeated ??= { name, offset };
    names.add(name);
    const colon = this.space(end);
    if (this.text[colon] !== ':') throw this.unexpected(colon, "':'");
    return this.value(colon + 1, depth + 1);
  }

  private string(offset: number): number {
    const quote = closingQuote(this.text, offset);
    const inside = this.text.slice(offset + 1, quote < 0 ? undefined : quote);
    // eslint-disable-next-line no-control-regex
    const control = inside.search(/[\u0000-\u001f]/);
    if (control >= 0) throw new SyntaxProblem(offset + 1 + control, 'a string is not closed on its line');
    if (quote < 0) throw new SyntaxProblem(offset, 'a string is not closed');
    const escape = inside.includes('\\') ? inside.replaceAll(ESCAPED_BACKSLASH, '__').search(ESCAPE) : -1;
    if (escape >= 0) throw new SyntaxProblem(offset + 1 + escape, 'an escape that JSON does not have');
    return quote + 1;
  }

  private space(offset: number): number {
    let at = offset;
    for (;;) {
      while (' \t\n\r'.includes(this.text[at] ?? 'end')) at++;
      if (!this.relaxed || this.text[at] !== '/') return at;
      COMMENT.lastIndex = at;
      if (!COMMENT.test(this.text)) return at;
      at = COMMENT.lastIndex;
    }
  }

  private unexpected(offset: number, expected: string): SyntaxProblem {
    const found = this.text[offset];
    return new SyntaxProblem(offset, found === undefined ? `it ends where ${expected} should be` : `${JSON.stringify(found)} where ${expected} should be`);
  }
}

/** Whether a text is JSON but for comments, and commas after the last item, as the settings of editors and compilers are. */
export function isRelaxedJson(text: string): boolean {
  const check = checkJson(text, 0, { deepest: 100, relaxed: true });
  return 'end' in check && /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*$/.test(text.slice(check.end));
}
