import type { FieldPath } from '../engine/field-path';
import type { Unevaluated } from '../engine/finding';
import { isFields, isKubernetesObject } from '../engine/object';
import { locator } from './locate';
import { parseDocument } from './parse';
import type { SourceObject } from './source';
import { type DocumentText, splitDocuments } from './split';

/** What one file holds. */
export interface FileContent {
  readonly objects: readonly SourceObject[];
  readonly unevaluated: readonly Unevaluated[];
  readonly documents: number;
}

/** The objects in the text of a file: one a document, or the items of a list. */
export function objectsIn(text: string, file: string): FileContent {
  const objects: SourceObject[] = [];
  const unevaluated: Unevaluated[] = [];
  const documents = splitDocuments(text);
  if (documents.length === 0) unevaluated.push({ file, reason: 'empty: there is no document in it' });
  for (const document of documents) {
    const parsed = parseDocument(document.text);
    if ('reason' in parsed) {
      unevaluated.push({ file, line: parsed.line + document.linesBefore, column: parsed.column, reason: parsed.reason });
    } else {
      open(parsed.value, document, file, [], objects, unevaluated);
    }
  }
  return { objects, unevaluated, documents: documents.length };
}

/** Takes an object, or opens a list of objects. */
function open(value: unknown, document: DocumentText, file: string, at: FieldPath, objects: SourceObject[], unevaluated: Unevaluated[]): void {
  const locate = locator(document, at);
  if (isFields(value) && typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)) {
    const { kind, apiVersion } = value;
    value.items.forEach((item: unknown, index) => {
      // The items of a typed list (PodList) may leave out what the list says.
      const typed = isFields(item) && kind !== 'List' ? { apiVersion, kind: kind.slice(0, -'List'.length), ...item } : item;
      open(typed, document, file, [...at, 'items', index], objects, unevaluated);
    });
    return;
  }
  if (isKubernetesObject(value)) {
    const start = at.length === 0 ? { line: firstLine(document), column: 1 } : locate('');
    objects.push({ object: value, file, ...start, locate });
    return;
  }
  unevaluated.push({ file, ...locate(''), reason: whyNot(value) });
}

/** Line of the first content, found without parsing. */
function firstLine({ text, linesBefore }: DocumentText): number {
  const before = /^(?:(?:---|%.*)?[ \t]*(?:#.*)?\r?\n)*/.exec(text)?.[0] ?? '';
  return linesBefore + before.split('\n').length;
}

function whyNot(value: unknown): string {
  if (Array.isArray(value)) return 'not a Kubernetes object: a list';
  if (!isFields(value)) return `not a Kubernetes object: ${value === null ? 'nothing' : `the ${typeof value} ${JSON.stringify(value).slice(0, 60)}`}`;
  const missing = ['apiVersion', 'kind'].filter((field) => typeof value[field] !== 'string' || value[field] === '');
  return `not a Kubernetes object: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing or not text`;
}
