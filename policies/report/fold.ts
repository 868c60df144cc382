import type { Finding } from '../engine/finding';
import { toJson } from './json-text';
import { stateOf } from './state';

/** Findings that have one cause, the first of them the worst. */
export type Entry = readonly [Finding, ...Finding[]];

/** More in one entry nobody reads. */
const MOST_FOLDED = 16;
/** A text that began before one of these would say the opposite without it. */
const NEGATIONS: ReadonlySet<string> = new Set(['not', 'no', 'nor', 'neither', 'never', 'none', 'nothing', 'cannot', 'without']);

/**
 * Puts findings together that stand on the same value of the same field: one cause that violates several policies.
 * What blocks and what advises stay apart.
 *
 * @param findings of one object, the worst first
 */
export function fold(findings: readonly Finding[]): readonly Entry[] {
  const entries: [Finding, ...Finding[]][] = [];
  const latest = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = placeOf(finding);
    const entry = key === undefined ? undefined : latest.get(key);
    if (entry && entry.length < MOST_FOLDED) {
      entry.push(finding);
      continue;
    }
    const started: [Finding, ...Finding[]] = [finding];
    entries.push(started);
    if (key !== undefined) latest.set(key, started);
  }
  return entries;
}

/** The value at fault; `undefined` if it is the whole object, of which many things may be wrong. */
function placeOf(finding: Finding): string | undefined {
  const { path, container, found, line, column } = finding;
  if (path === '') return undefined;
  return JSON.stringify([path, container, line, column, stateOf(finding), toJson(found ?? null)]);
}

/** What the other findings of an entry say beyond the one above each, e.g. `and keeps the NET_RAW capability (medium)`. */
export function continuations([first, ...others]: Entry): readonly { readonly finding: Finding; readonly text: string }[] {
  return others.map((finding, index) => {
    const { message, severity, enforcement } = finding;
    const above = index === 0 ? first.message : (others[index - 1]?.message ?? '');
    const marks = [...(severity === first.severity ? [] : [severity]), ...(enforcement === 'advisory' ? [enforcement] : [])];
    const rest = message === above ? message : withoutBeginning(message, above);
    return { finding, text: `and ${rest}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}` };
  });
}

function withoutBeginning(message: string, before: string): string {
  const words = message.split(' ');
  const others = before.split(' ');
  // Something is left of either.
  const most = Math.min(words.length, others.length) - 1;
  let same = 0;
  while (same < most && words[same] === others[same] && !NEGATIONS.has(words[same] ?? '')) same++;
  return words.slice(same).join(' ');
}
