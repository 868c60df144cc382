import { type FieldPath, parsePath } from '../engine/field-path';
import type { Subject } from '../engine/object';
import type { ParsedText, Places } from './locate';
import type { Position, SourceObject } from './source';
import { linesBeforeContent } from './split';

/** What was read. Where it stands is found out only if someone asks. */
export class ReadSubject implements SourceObject {
  /** @param found where it is described as a whole, and where the fields are by which policies know it */
  constructor(
    readonly object: Subject,
    readonly partial: boolean,
    readonly file: string,
    private readonly places: Places,
    private readonly found: { readonly document: ParsedText; readonly start: FieldPath; readonly fields: FieldPath },
  ) {}

  get line(): number {
    return this.start().line;
  }

  get column(): number {
    return this.start().column;
  }

  readonly locate = (path: string): Position => {
    const { document, fields } = this.found;
    return path === '' ? this.start() : this.places.at(document, [...fields, ...parsePath(path)]);
  };

  private start(): Position {
    const { document, start } = this.found;
    if (start.length > 0) return this.places.at(document, start);
    return { line: document.linesBefore + 1 + linesBeforeContent(document.text), column: 1 };
  }
}
