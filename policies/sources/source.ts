import type { Unevaluated } from '../engine/finding';
import type { KubernetesObject } from '../engine/object';

/** A place in a text, both numbers from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An object and where it was read. */
export interface SourceObject extends Position {
  readonly object: KubernetesObject;
  /** File as it was given or found; `-` for standard input. */
  readonly file: string;
  /** Where a field path of the object stands; for a field that is missing, where the nearest one around it does. */
  locate(path: string): Position;
}

/** What was read, and what could not be. */
export interface Sources {
  readonly objects: readonly SourceObject[];
  readonly unevaluated: readonly Unevaluated[];
  /** Documents with something in them, whether they could be read or not. */
  readonly documents: number;
  readonly files: number;
  /** What was found in folders and is no manifest by its name; it was not opened. */
  readonly ignored: readonly string[];
}
