const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);
const LONGEST_WORD = 5;

const TEXT = 0;
const WORD = 1;
const NUMBER = 2;
/** What a scalar may be, by its first character: nearly all are text, and need no closer look. */
const HINTS = new Uint8Array(128);
for (const word of WORDS.keys()) HINTS[word.charCodeAt(0)] = WORD;
for (const character of '0123456789+-.') HINTS[character.charCodeAt(0)] = NUMBER;

const DECIMAL = /^[-+]?(?:0|[1-9]\d*)$/;
const PREFIXED = /^([-+]?)0(?:[xX]([\da-fA-F]+)|[oO]?([0-7]+)|[bB]([01]+))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const POINT = 46;
const LARGEST_INTEGER = 2 ** 64;

let lastText: string | undefined;
let lastValue: unknown;

/** What a scalar without quotes is: a boolean, a number, null, or the text itself. */
export function plainScalar(text: string): unknown {
  // The parser asks for each type in turn.
  if (text !== lastText) {
    lastValue = resolve(text);
    lastText = text;
  }
  return lastValue;
}

function resolve(text: string): unknown {
  const first = text.charCodeAt(0);
  const hint = HINTS[first] ?? TEXT;
  if (hint === TEXT && text !== '') return text;
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  if (hint === WORD) return text;
  // Underscores may separate digits, but not where a number begins with its point.
  const plain = first !== POINT && text.includes('_') ? text.replaceAll('_', '') : text;
  const value = integer(plain);
  if (value !== undefined) return value;
  if (!FLOAT.test(plain)) return text;
  const number = Number(plain);
  return Number.isFinite(number) ? number : text;
}

/** An integer of at most 64 bits, in any base that Go's literals have; a leading 0 alone is octal. */
function integer(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    // Adding 0 makes 0 of -0.
    return Math.abs(value) <= LARGEST_INTEGER ? value + 0 : undefined;
  }
  const [, sign, hexadecimal, octal, binary] = PREFIXED.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const value = hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(binary ?? '', 2);
  if (!(value <= LARGEST_INTEGER)) return undefined;
  return (sign === '-' ? -value : value) + 0;
}
