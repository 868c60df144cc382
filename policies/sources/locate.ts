import { isAlias, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type FieldPath, parsePath } from '../engine/field-path';
import type { DocumentText } from './split';
import type { Position } from './source';

/**
 * Finds where fields of a document stand. The document is parsed a second time, with positions, when the first one is
 * asked for: most documents have no finding, and parsing with positions takes ten times as long.
 *
 * @param prefix path of the object in the document, if it is an item of a list
 */
export function locator({ text, linesBefore }: DocumentText, prefix: FieldPath): (path: string) => Position {
  let parsed: { readonly root: Node | null; readonly lines: LineCounter } | undefined;
  return (path) => {
    if (!parsed) {
      const lines = new LineCounter();
      parsed = { root: parseDocument(text, { lineCounter: lines, logLevel: 'silent', merge: true, uniqueKeys: false }).contents, lines };
    }
    const { line, col } = parsed.lines.linePos(offsetOf(parsed.root, [...prefix, ...parsePath(path)]));
    return { line: line + linesBefore, column: col };
  };
}

/** Offset of the field at a path, or of the nearest one around it. */
function offsetOf(root: Node | null, path: FieldPath): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  for (const step of path) {
    if (isAlias(node)) return offset;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => keyText(key) === step);
      if (!pair) return offset;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = rangeStart(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function keyText(key: unknown): unknown {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : key;
}

function rangeStart(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : undefined;
}
