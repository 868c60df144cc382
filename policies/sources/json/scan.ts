/** A member of a JSON object: where its name and its value begin. */
export interface JsonMember {
  readonly name: string;
  readonly at: number;
  readonly value: number;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Whether a text that is YAML may also be JSON: it begins with an object or a list. */
export function looksLikeJson(text: string): boolean {
  const first = text.charCodeAt(skipSpace(text, 0));
  return first === OPEN_OBJECT || first === OPEN_LIST;
}

/** Whether a text must be meant to be JSON: an object whose first name is in quotes, or a list of such things. */
export function isMeantAsJson(text: string): boolean {
  return /^\s*(?:\{\s*(?:["}]|\/[/*])|\[\s*[[{"\d\]])/.test(text);
}

/** Number of names in all objects of a valid JSON text, and how deeply they are nested: found without building anything. */
export function measureJson(text: string): { readonly names: number; readonly depth: number } {
  let names = 0;
  let open = 0;
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === QUOTE) {
      offset = endOfString(text, offset) - 1;
    } else if (code === COLON) {
      names++;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (++open > depth) depth = open;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      open--;
    }
  }
  return { names, depth };
}

/** The members of an object in valid JSON, one after another, without looking into their values. */
export function* members(text: string, object: number): Iterable<JsonMember> {
  let at = skipSpace(text, object + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const end = endOfString(text, at);
    const value = skipSpace(text, skipSpace(text, end) + 1);
    const name = text.slice(at + 1, end - 1);
    yield { name: name.includes('\\') ? String(JSON.parse(`"${name}"`)) : name, at, value };
    at = skipSpace(text, endOfValue(text, value));
    if (text.charCodeAt(at) !== COMMA) return;
    at = skipSpace(text, at + 1);
  }
}

/** Where the items of a list in valid JSON begin. */
export function* items(text: string, list: number): Iterable<number> {
  let at = skipSpace(text, list + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_LIST) {
    yield at;
    at = skipSpace(text, endOfValue(text, at));
    if (text.charCodeAt(at) !== COMMA) return;
    at = skipSpace(text, at + 1);
  }
}

/** Whether an object begins at an offset of valid JSON; `undefined` if neither object nor list does. */
export function isObjectAt(text: string, offset: number): boolean | undefined {
  const code = text.charCodeAt(offset);
  return code === OPEN_OBJECT ? true : code === OPEN_LIST ? false : undefined;
}

/** First offset from which on a text is not blank. */
export function skipSpace(text: string, offset: number): number {
  let at = offset;
  for (let code = text.charCodeAt(at); code === 32 || (code >= 9 && code <= 13) || code === 0xfeff; code = text.charCodeAt(at)) at++;
  return at;
}

/** End of the string that begins at an offset: after its closing quote, or the end of the text if it has none. */
export function endOfString(text: string, offset: number): number {
  const quote = closingQuote(text, offset);
  return quote < 0 ? text.length : quote + 1;
}

/** The quote that closes the string that begins at an offset; -1 if none does. */
export function closingQuote(text: string, offset: number): number {
  for (let end = text.indexOf('"', offset + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/** End of the value that begins at an offset of valid JSON. */
function endOfValue(text: string, offset: number): number {
  let open = 0;
  for (let at = offset; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at) - 1;
      if (open === 0) return at + 1;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      open++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      // The end of what contains a number or a word is the end of that too.
      if (open === 0) return at;
      if (--open === 0) return at + 1;
    } else if (open === 0 && (code === COMMA || code <= 32)) {
      return at;
    }
  }
  return text.length;
}
