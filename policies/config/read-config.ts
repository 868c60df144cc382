import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckOptions } from '../check';
import { parseDocument } from '../sources/parse';
import { readWaiverFile } from '../sources/waiver-file';
import { checkConfig, PolicyConfigError } from './policy-config';

/**
 * Reads the configuration of the policies from a YAML or JSON file, and the waivers it names.
 *
 * @throws PolicyConfigError, WaiverFileError if one cannot be read, or says what cannot be
 */
export function readPolicyConfig(file: string): CheckOptions {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PolicyConfigError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = parseDocument(text);
  if ('reason' in parsed) throw new PolicyConfigError(`${file}:${parsed.line}:${parsed.column}: ${parsed.reason}`);
  const { waiverFiles, ...options } = checkConfig(parsed.value, file);
  return { ...options, waivers: waiverFiles.flatMap((name) => readWaiverFile(path.resolve(path.dirname(file), name))) };
}
