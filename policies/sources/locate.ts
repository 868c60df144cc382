import { type FieldPath, parsePath } from '../engine/field-path';
import { jsonOffset } from './json/positions';
import type { Position } from './source';
import type { DocumentText } from './split';
import { Lines } from './text/lines';
import { positionsIn } from './yaml/load';
import type { YamlPositions } from './yaml/positions';

/** Finds the offset of a field in the text of a document. */
type Find = (path: FieldPath) => number;

/** A document that could be parsed. */
export interface ParsedText extends DocumentText {
  /** Whether it is JSON; all that is not is YAML. @default false */
  readonly json?: boolean;
  /** Where everything is. @default it is found out when asked for */
  readonly positions?: YamlPositions;
}

/**
 * Finds where fields of documents stand. A document is looked through again when the first of its fields is asked for:
 * most have no finding. What was found out is kept only until another document is asked about.
 */
export class Places {
  private document: ParsedText | undefined;
  private find: Find = () => 0;
  private lines = new Lines('');

  /** Where a field of a document stands; for one that is missing, where the nearest one around it does. */
  at(document: ParsedText, path: FieldPath): Position {
    if (document !== this.document) {
      this.find = document.json ? jsonOffset(document.text) : yamlOffset(document);
      this.lines = new Lines(document.text, document.linesBefore);
      this.document = document;
    }
    return this.lines.at(this.find(path));
  }
}

function yamlOffset({ text, positions = positionsIn(text) }: ParsedText): Find {
  return (path) => positions.offsetOf(path);
}

/** Finds fields of one document, which could be parsed, by their paths. */
export function locator(text: string, { json }: Pick<ParsedText, 'json'>): (path: string) => Position {
  const document = { text, linesBefore: 0, json };
  const places = new Places();
  return (path) => places.at(document, parsePath(path));
}
