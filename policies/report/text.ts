import type { Finding, Unevaluated, WaivedBy } from '../engine/finding';
import { showReference } from '../engine/object';
import { toJson } from './json-text';

/** Longer values are cut: a finding shows what stands there, not the whole file. */
const LONGEST_VALUE = 120;
/** What a terminal would obey, or what would turn the text after it around. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Text from a manifest or an error, fit for one line of a terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Cuts a text that is longer than a number of characters, never through one of them. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = length - 3;
  return `${text.slice(0, isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end)}...`;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** The value found, as JSON on one line. */
export function showValue(found: unknown): string {
  return found === null || found === undefined ? '(not set)' : cut(toJson(found), LONGEST_VALUE);
}

/** `file:line:column`, as far as they are known; `''` without a file. */
export function place({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  if (file === undefined) return '';
  return [file === '-' ? '(standard input)' : file, ...(line === undefined ? [] : [line, column ?? 1])].join(':');
}

/** Where and what it is that was not evaluated. */
export function showUnevaluated(problem: Unevaluated): string {
  const object = problem.object && showReference(problem.object);
  const nth = problem.index === undefined ? 'something' : `object ${problem.index + 1}`;
  return [place(problem), object].filter((part) => part).join(' ') || nth;
}

/** The reason of an exception, who answers for it and how long. */
export function showWaiver({ reason, owner, expires }: WaivedBy): string {
  return [reason, ...(owner ? [owner] : []), ...(expires ? [`until ${expires}`] : [])].join(', ');
}

/** The newest control, and how many others there are: the same in other benchmarks and versions. */
export function showControls([newest, ...others]: readonly string[]): string {
  if (newest === undefined) return '';
  return others.length === 0 ? newest : `${newest} (+${others.length})`;
}

/** `1 object`, `2 objects`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
