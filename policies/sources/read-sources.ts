import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Unevaluated } from '../engine/finding';
import { isFields } from '../engine/object';
import { objectsIn } from './documents';
import type { SourceObject, Sources } from './source';

/** Stands for standard input among the paths. */
export const STANDARD_INPUT = '-';

const MANIFEST = /\.(ya?ml|json)$/i;
/** Folders that hold other people's files, not the user's manifests. */
const NOT_ENTERED = new Set(['node_modules', '.git']);
/** A longer text cannot be held as one string. */
const LARGEST_FILE = 512 * 1024 * 1024;

/**
 * Reads manifests: files of any name, folders (all `.yaml`, `.yml` and `.json` files below them) and, as `-`, standard
 * input. What cannot be read is reported, not thrown, and does not keep the rest from being read.
 */
export function readSources(paths: readonly string[]): Sources {
  const objects: SourceObject[] = [];
  const unevaluated: Unevaluated[] = [];
  const ignored: string[] = [];
  let documents = 0;
  let files = 0;
  for (const file of paths.flatMap((given) => filesAt(given, unevaluated, ignored))) {
    files++;
    const text = readText(file);
    if ('reason' in text) {
      unevaluated.push({ file, reason: text.reason });
      continue;
    }
    const found = objectsIn(text.text, file);
    documents += found.documents;
    for (const object of found.objects) objects.push(object);
    for (const problem of found.unevaluated) unevaluated.push(problem);
  }
  return { objects, unevaluated, documents, files, ignored };
}

function filesAt(given: string, unevaluated: Unevaluated[], ignored: string[]): string[] {
  if (given === STANDARD_INPUT) return [given];
  const visited = new Set<string>();
  const walk = (at: string, named: boolean): string[] => {
    try {
      const stat = statSync(at);
      if (!stat.isDirectory()) {
        if (named || MANIFEST.test(at)) return [at];
        ignored.push(at);
        return [];
      }
      const real = realpathSync(at);
      if (visited.has(real)) return [];
      visited.add(real);
      return readdirSync(at)
        .sort()
        .flatMap((name) => {
          const inside = path.join(at, name);
          if (!NOT_ENTERED.has(name)) return walk(inside, false);
          ignored.push(inside);
          return [];
        });
    } catch (error) {
      unevaluated.push({ file: at, reason: cannotRead(error) });
      return [];
    }
  };
  const files = walk(given, true);
  if (files.length === 0 && !unevaluated.some(({ file }) => file === given)) {
    unevaluated.push({ file: given, reason: 'no .yaml, .yml or .json file in this folder' });
  }
  return files;
}

function readText(file: string): { text: string } | { reason: string } {
  try {
    if (file !== STANDARD_INPUT && statSync(file).size > LARGEST_FILE) return { reason: `larger than ${LARGEST_FILE} bytes` };
    const bytes = readFileSync(file === STANDARD_INPUT ? 0 : file);
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return { reason: 'UTF-16; expected UTF-8' };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return { reason: cannotRead(error) };
  }
}

function cannotRead(error: unknown): string {
  const { code, message } = isFields(error) ? error : {};
  if (code === 'ENOENT') return 'no such file or folder';
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not UTF-8 text' : `cannot be read: ${String(message)}`;
}
