import type { Schema } from './schema';

/** Numbers that are only written about a value: all in what the pattern captures. @throws Error if nothing of the kind is written any more */
export function statedNumbers(schema: Schema | undefined, pattern: RegExp): readonly number[] {
  const text = schema?.text ?? '';
  const found = pattern.exec(text);
  if (!found) throw new Error(`nothing like ${String(pattern)} is written: ${text}`);
  return found.slice(1).flatMap((part) => (part.match(/\d+/g) ?? []).map(Number));
}

/** A rule of ours, as names are tried against it. */
export function accepts({ minLength, maxLength, pattern }: { readonly minLength: number; readonly maxLength: number; readonly pattern: RegExp }) {
  return { least: minLength, most: maxLength, accepts: (name: string) => name.length >= minLength && name.length <= maxLength && pattern.test(name) };
}

/** Whether a check of ours lets a name pass. */
export function takes(check: (name: string) => void): (name: string) => boolean {
  return (name) => {
    try {
      check(name);
      return true;
    } catch {
      return false;
    }
  };
}
