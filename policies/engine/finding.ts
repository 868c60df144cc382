import type { Fields, ObjectReference } from './object';
import type { Enforcement, Severity } from './policy';

/** One problem, with all that a report says about it. */
export interface Finding {
  /** Policy id. */
  readonly policy: string;
  readonly title: string;
  /** Exact benchmark references. */
  readonly controls: readonly string[];
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  readonly object: ObjectReference;
  readonly container?: string;
  /** Field at fault, e.g. `spec.template.spec.containers[0].securityContext.privileged`; `''` for the whole object. */
  readonly path: string;
  /** The value that stands there; `null` if none does. */
  readonly found: unknown;
  readonly message: string;
  readonly remediation: string;
  /** The fix as a strategic merge patch of the object, if one can be given; `null` removes a field. */
  readonly patch?: Fields;
  /** The waiver that covers it; absent if none does. */
  readonly waived?: WaivedBy;
  /** Whether the baseline has it: it was there before, and does not fail a build. @default false */
  readonly baseline?: true;
  /** Where it stands, if the object was read from a file: path as given, line and column from 1. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The exception under which a finding stands. */
export interface WaivedBy {
  readonly reason: string;
  readonly owner?: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** Annotation path, or file, in which it is written. */
  readonly declared: string;
}

/** A check that came to no verdict: not known yet in a preview, or decided by another object. */
export interface Undecided {
  readonly policy: string;
  readonly object: ObjectReference;
  readonly container?: string;
  readonly path: string;
  readonly reason: string;
}

/** Something that was given but not checked at all. Never silent: it makes `check` fail. */
export interface Unevaluated {
  /** File as given, if it came from one. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The object, if it could be read. */
  readonly object?: ObjectReference;
  /** Its place among the objects given, if they were not read from files. */
  readonly index?: number;
  readonly reason: string;
}

/** What an evaluation saw. */
export interface Coverage {
  /** Kubernetes objects that every policy was offered. */
  readonly objects: number;
  /** Cloud resources that every policy was offered. */
  readonly resources: number;
  /** Objects that were not judged because their namespace is exempt. */
  readonly exempt: number;
  /** Policies that ran. */
  readonly policies: number;
  readonly podTemplates: number;
  readonly containers: number;
  readonly undecided: readonly Undecided[];
  readonly unevaluated: readonly Unevaluated[];
}

/** Whether a finding fails a build: mandatory, not waived, and not known before. */
export function isBlocking(finding: Pick<Finding, 'enforcement' | 'waived' | 'baseline'>): boolean {
  return finding.enforcement === 'mandatory' && finding.waived === undefined && finding.baseline === undefined;
}
