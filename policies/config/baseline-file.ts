import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Baseline } from './baseline';
import { PolicyConfigError } from './policy-config';
import { writeWhole } from './write-whole';

const KNOWN_FINDING = z.strictObject({
  policy: z.string(),
  kind: z.string(),
  namespace: z.string().exactOptional(),
  name: z.string(),
  container: z.string().exactOptional(),
  path: z.string(),
  found: z.string().exactOptional(),
  count: z.number().int().positive(),
});
const BASELINE = z.strictObject({ version: z.literal(1), findings: z.array(KNOWN_FINDING) });

/**
 * Reads a baseline file.
 *
 * @throws PolicyConfigError if it cannot be read or is none
 */
export function readBaseline(file: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new PolicyConfigError(`the baseline ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = BASELINE.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PolicyConfigError(`${file} is no baseline: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'malformed'}; write one with check --write-baseline`);
}

/** Writes a baseline file, whole or not at all. */
export function writeBaseline(file: string, baseline: Baseline): void {
  writeWhole(file, [`${JSON.stringify(baseline, undefined, 2)}\n`]);
}
