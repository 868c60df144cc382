import type { Unevaluated } from '../engine/finding';
import type { Subject } from '../engine/object';

/** A place in a text, both numbers from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is to be judged, and where it was read. */
export interface SourceObject extends Position {
  readonly object: Subject;
  /** Whether it only completes an object of someone else, as a patch does. @default false */
  readonly partial?: boolean;
  /** File as it was given or found; `-` for standard input. */
  readonly file: string;
  /** Where a field path of the object stands; for a field that is missing, where the nearest one around it does. */
  locate(path: string): Position;
}

/** Something found that is not for policies to judge, and is not meant to be. It fails nothing. */
export interface Ignored extends Partial<Position> {
  /** File or folder. */
  readonly file: string;
  readonly reason: string;
}

/** What was read, and what could not be. */
export interface Sources {
  readonly objects: readonly SourceObject[];
  readonly unevaluated: readonly Unevaluated[];
  /** Documents with something in them, whether they could be read or not. */
  readonly documents: number;
  /** Files that were opened. */
  readonly files: number;
  /** What was found in folders and is no manifest, by its name or by what it holds. */
  readonly ignored: readonly Ignored[];
  /** Why what is missing may exist all the same: something was only a part. @default what is missing is not there */
  readonly incomplete?: string;
}
