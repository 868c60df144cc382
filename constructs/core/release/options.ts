import type { Fields } from './fields';
import type { Manifest, ObjectRef } from './model';
import type { ObjectIndex } from './object-index';
import type { PodTemplateLocation } from './pod-templates';
import type { EdgeRule } from './rule';

/** A field of one kind that names another object. */
export interface ReferenceType {
  readonly group: string;
  readonly kind: string;
  /** Field pattern of the reference: `spec.issuerRef`, `spec.gateways[*]`. */
  readonly path: string;
  /** The object the field's value names; several if the first that exists counts, none if it names nothing. */
  readonly target: ReferenceTarget;
}

export type ReferenceTarget = (value: unknown, owner: Manifest, index: ObjectIndex) => readonly ObjectRef[];

/** A kind whose controller writes another object, so that waiting for that one means waiting for this. */
export interface ProducerType {
  readonly group: string;
  readonly kind: string;
  /** What it writes, and the field that says so. */
  readonly produces: (owner: Fields & Manifest) => { readonly ref: ObjectRef; readonly path: string } | undefined;
}

/** What components add to the graph's own knowledge. */
export interface ReleaseGraphOptions {
  /** References between kinds the graph does not know. @default none */
  readonly references?: readonly ReferenceType[];
  /** Custom resources that write Secrets or other objects. @default none */
  readonly producers?: readonly ProducerType[];
  /** Custom resources that make pods. @default none */
  readonly podTemplates?: readonly PodTemplateLocation[];
  /** Whole rules, for what a table cannot say. @default none */
  readonly rules?: readonly EdgeRule[];
}
