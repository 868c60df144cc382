import { checkJson } from './json/check';
import { isMeantAsJson, looksLikeJson, skipSpace } from './json/scan';
import { countLines } from './text/lines';
import { DEEPEST } from './yaml/load';

/** One document of a file. */
export interface DocumentText {
  readonly text: string;
  /** Lines before it in the file. */
  readonly linesBefore: number;
}

const MARKER_LENGTH = 3;
const COMMENT_LINE = /[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\r|$)/y;
const DIRECTIVE_LINE = /%[^\r\n]*(?:\r?\n|\r|$)/y;
const MARKER_LINE = /---[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\r|$)/y;

/**
 * Splits a file into its documents without parsing them, so that a broken one does not take the others with it.
 * Empty ones (nothing but comments) are left out.
 */
export function splitDocuments(file: string): readonly DocumentText[] {
  const text = withPlainLineEnds(file);
  const documents: DocumentText[] = [];
  let start = 0;
  let content = 0;
  let lines = 0;
  let counted = 0;
  const take = (end: number): void => {
    if (skipLines(text, content, end, [COMMENT_LINE]) >= end) return;
    lines += countLines(text, counted, start);
    counted = start;
    documents.push({ text: text.slice(start, end), linesBefore: lines });
  };
  for (const { at, ends } of markers(text)) {
    // Directives belong to the document that the marker after them begins.
    if (ends || !holdsOnlyDirectives(text, content, at)) {
      take(at);
      start = ends ? at + MARKER_LENGTH : at;
    }
    content = at + MARKER_LENGTH;
  }
  take(text.length);
  return documents;
}

/** The same text, of the same length, with line ends that are looked for below; only odd files need it. */
function withPlainLineEnds(text: string): string {
  const plain = text.includes('\uFEFF') ? text.replaceAll('\n\uFEFF', '\n') : text;
  return plain.includes('\r') && !plain.includes('\n') ? plain.replaceAll('\r', '\n') : plain;
}

/** `---` and, which `ends`, `...` at the start of a line: they end a document wherever they stand, even in a block of text. */
function* markers(text: string): Iterable<{ readonly at: number; readonly ends: boolean }> {
  if (isMarker(text, 0, '---')) yield { at: 0, ends: false };
  let begin = text.indexOf('\n---');
  let end = text.indexOf('\n...');
  while (begin >= 0 || end >= 0) {
    const ends = begin < 0 || (end >= 0 && end < begin);
    const at = (ends ? end : begin) + 1;
    if (isMarker(text, at, ends ? '...' : '---')) yield { at, ends };
    if (ends) end = text.indexOf('\n...', at);
    else begin = text.indexOf('\n---', at);
  }
}

function isMarker(text: string, at: number, marker: string): boolean {
  const after = at + MARKER_LENGTH;
  return text.startsWith(marker, at) && (after === text.length || ' \t\r\n'.includes(text.charAt(after)));
}

function holdsOnlyDirectives(text: string, from: number, to: number): boolean {
  const first = skipLines(text, from, to, [COMMENT_LINE]);
  return text[first] === '%' && skipLines(text, first, to, [COMMENT_LINE, DIRECTIVE_LINE]) >= to;
}

/** Lines of a document before the first that says something. */
export function linesBeforeContent(text: string): number {
  return countLines(text, 0, skipLines(text, 0, text.length, [COMMENT_LINE, DIRECTIVE_LINE, MARKER_LINE]));
}

/** First offset from which on lines are of none of the kinds. */
function skipLines(text: string, from: number, to: number, kinds: readonly RegExp[]): number {
  let at = from;
  while (at < to) {
    const end = endOfLine(text, at, kinds);
    if (end === undefined) break;
    at = end;
  }
  return at;
}

function endOfLine(text: string, at: number, kinds: readonly RegExp[]): number | undefined {
  for (const kind of kinds) {
    kind.lastIndex = at;
    if (kind.test(text) && kind.lastIndex > at) return kind.lastIndex;
  }
  return undefined;
}

/**
 * Splits a document that is several JSON values, one after another. After one that is broken, the next that begins a line
 * is looked for. A document that is anything else is its own only part.
 */
export function splitJson(document: DocumentText): readonly DocumentText[] {
  const { text, linesBefore } = document;
  if (!isMeantAsJson(text)) return [document];
  const parts: DocumentText[] = [];
  let lines = linesBefore;
  let counted = 0;
  for (let start = skipSpace(text, 0); start < text.length; ) {
    const end = endOfPart(text, start) ?? text.length;
    // The first that is broken may be YAML, which also has braces.
    if (parts.length === 0 && skipSpace(text, end) >= text.length) return [document];
    lines += countLines(text, counted, start);
    counted = start;
    parts.push({ text: text.slice(start, end), linesBefore: lines });
    start = skipSpace(text, end);
  }
  return parts;
}

function endOfPart(text: string, start: number): number | undefined {
  const check = checkJson(text, start, { deepest: DEEPEST });
  if ('end' in check) {
    const next = skipSpace(text, check.end);
    return next >= text.length || looksLikeJson(text.slice(next, next + 1)) ? check.end : undefined;
  }
  const next = text.indexOf('\n{', check.offset);
  return next < 0 ? undefined : next + 1;
}
