import path from 'node:path';
import type { Unevaluated } from '../engine/finding';
import { objectsIn } from './documents';
import { MOST_BYTES, readText, STANDARD_INPUT } from './folder/file-text';
import { findFiles, type FoundFile } from './folder/find-files';
import { isChartTemplate, toolFile } from './folder/tool-files';
import type { Ignored, SourceObject, Sources } from './source';
import { Lines } from './text/lines';

export { STANDARD_INPUT };

/**
 * Reads manifests: files of any name, folders (all `.yaml`, `.yml` and `.json` files below them) and, as `-`, standard
 * input. What cannot be read is reported, not thrown, and does not keep the rest from being read. What is well-formed but
 * no manifest is reported if it was named itself, and ignored in a folder.
 */
export function readSources(paths: readonly string[]): Sources {
  const found = findFiles(paths);
  const objects: SourceObject[] = [];
  const unevaluated: Unevaluated[] = [...found.unevaluated];
  const ignored: Ignored[] = [...found.ignored];
  let documents = 0;
  let left = MOST_BYTES;
  let incomplete: string | undefined;
  for (const file of found.files) {
    const content = readText(file.file, left);
    if ('reason' in content) {
      unevaluated.push({ file: file.file, reason: content.reason });
      continue;
    }
    left -= content.bytes;
    const unrendered = templateIn(file, content.text);
    if (unrendered) {
      documents++;
      unevaluated.push(unrendered);
      continue;
    }
    const read = objectsIn(content.text, file.file, file.named);
    documents += read.documents;
    incomplete ??= read.incomplete;
    for (const object of read.objects) objects.push(object);
    for (const problem of read.unevaluated) unevaluated.push(problem);
    for (const other of read.ignored) ignored.push(other);
  }
  return { objects, unevaluated, documents, files: found.files.length, ignored, ...(incomplete !== undefined && { incomplete }) };
}

/** Why a file as a whole is nothing to judge: it is one that manifests are made of. */
function templateIn({ file, named }: FoundFile, text: string): Unevaluated | undefined {
  if (file === STANDARD_INPUT) return undefined;
  const reason = named ? toolFile(file) : undefined;
  if (reason !== undefined) return { file, reason };
  const expression = text.indexOf('{{');
  if (expression < 0 || !isChartTemplate(path.resolve(file))) return undefined;
  return { file, ...new Lines(text).at(expression), reason: 'a template of a Helm chart: check what `helm template` prints' };
}
