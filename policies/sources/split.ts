/** One YAML document of a file. */
export interface DocumentText {
  readonly text: string;
  /** Lines before it in the file. */
  readonly linesBefore: number;
}

const ONLY_COMMENTS = /^(?:[ \t]*(?:#.*)?(?:\r?\n|$))*$/;
const ONLY_DIRECTIVES = /^(?:(?:%.*|[ \t]*(?:#.*)?)(?:\r?\n|$))*$/;
/** `---` and `...` at the start of a line end a document wherever they stand, even in a block of text. */
const MARKER = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;

/**
 * Splits a file into its documents without parsing them, so that a broken one does not take the others with it.
 * Empty ones (nothing but comments) are left out.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  let directives = false;
  let lines = 0;
  let counted = 0;
  const take = (end: number): void => {
    const part = text.slice(start, end);
    if (!directives && ONLY_DIRECTIVES.test(part) && /^%/m.test(part)) {
      // Directives belong to the document that the marker after them begins.
      directives = true;
      return;
    }
    const content = part.replace(/^(?:---|\.\.\.)(?=[ \t\r\n]|$)/, '');
    if (!ONLY_COMMENTS.test(content)) {
      for (; counted < start; counted++) if (text.charCodeAt(counted) === 10) lines++;
      documents.push({ text: part, linesBefore: lines });
    }
    directives = false;
    start = end;
  };
  for (const { index, 0: marker } of text.matchAll(MARKER)) {
    if (index === start) continue;
    take(index);
    if (marker === '...') start = index + marker.length;
  }
  take(text.length);
  return documents;
}
