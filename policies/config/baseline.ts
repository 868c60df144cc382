import { createHash } from 'node:crypto';
import type { Finding } from '../engine/finding';
import { WAIVER_RULES } from '../engine/waivers/waiver-policies';

/** Findings that were there before: by what they are about, not by where they stand in a file. */
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly KnownFinding[];
}

/** One finding of a baseline, or several alike. */
export interface KnownFinding {
  readonly policy: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly container?: string;
  /** Field path without list positions: they move when a list grows. */
  readonly path: string;
  /** Digest of the value found, so that a worse one in its place is new. @default nothing was set */
  readonly found?: string;
  /** How many there are. */
  readonly count: number;
}

/** The baseline that would silence findings. What is waived or about a waiver is not part of it. */
export function baselineOf(findings: readonly Finding[]): Baseline {
  const entries = new Map<string, KnownFinding>();
  for (const finding of findings) {
    if (!canBeKnown(finding)) continue;
    const entry = entryOf(finding);
    const key = keyOf(entry);
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  return { version: 1, findings: sorted };
}

/** Marks findings that a baseline has; says how many of its entries are no longer found. */
export function applyBaseline(findings: readonly Finding[], baseline: Baseline): { readonly findings: readonly Finding[]; readonly gone: number } {
  const left = new Map(baseline.findings.map((entry) => [keyOf(entry), entry.count]));
  const marked = findings.map((finding): Finding => {
    if (!canBeKnown(finding)) return finding;
    const key = keyOf(entryOf(finding));
    const count = left.get(key) ?? 0;
    if (count === 0) return finding;
    left.set(key, count - 1);
    return { ...finding, baseline: true };
  });
  return { findings: marked, gone: [...left.values()].reduce((sum, count) => sum + count, 0) };
}

function canBeKnown({ waived, policy }: Finding): boolean {
  return waived === undefined && !WAIVER_RULES.some(({ id }) => id === policy);
}

function entryOf({ policy, object: { kind, namespace, name }, container, path, found }: Finding) {
  return { policy, kind, ...(namespace !== undefined && { namespace }), name, ...(container !== undefined && { container }), path: path.replaceAll(/\[\d+\]/g, '[]'), ...(found !== null && { found: digest(found) }) };
}

/** Short, and no copy of the value: that may be a secret. */
function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value) ?? '').digest('hex').slice(0, 16);
}

function keyOf({ policy, kind, namespace, name, container, path, found }: Omit<KnownFinding, 'count'>): string {
  return JSON.stringify([policy, kind, namespace ?? null, name, container ?? null, path, found ?? null]);
}
