/** What a model says of a value, whichever cloud's it is. What it does not say is absent. */
export interface Schema {
  /** All values there are. */
  readonly values?: readonly string[];
  /** What the whole text must match. */
  readonly pattern?: string;
  /** Least and most: of a number, of the characters of a text, of the items of a list. */
  readonly least?: number;
  readonly most?: number;
  /** What the items of a list are. */
  items?(): Schema | undefined;
  /** What a field of an object is. */
  field?(name: string): Schema | undefined;
  /** What is written about it. */
  readonly text?: string;
}

/** Whether a text matches the pattern of a model. Some are written for other engines than ours, but none of the ones in use. */
export function matches(text: string, pattern: string): boolean {
  const whole = `^(?:${pattern})$`;
  return (isUnicode(whole) ? new RegExp(whole, 'u') : new RegExp(whole)).test(text);
}

function isUnicode(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Whether a provider and a model mean the same field: names differ in case, and in whether what there may be several of is in the plural. */
export function sameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/s$/, '');
}
