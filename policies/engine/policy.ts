import type { FieldPath } from './field-path';
import type { KubernetesObject, ObjectKind } from './object';
import type { Container, PodTemplate } from './pod-template';

/** How bad it is if the finding is real. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** `mandatory` findings fail a build and block an update; `advisory` ones are shown. */
export type Enforcement = 'mandatory' | 'advisory';

/** One rule over one object: pure, and the single definition that packs, the command line and tests run. */
export interface Policy {
  /** Stable name, a DNS label of at most 63 characters, so that it fits in an annotation key. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  /** Exact benchmark references, e.g. `cis-kubernetes-2.0.1:5.2.5`, the newest benchmark first. */
  readonly controls: readonly string[];
  /** Why it matters, in a few sentences. */
  readonly rationale: string;
  /** What to do about a finding. */
  readonly remediation: string;
  /** An object that fails and one that passes: read by people, and run by the tests. */
  readonly examples: { readonly fails: KubernetesObject; readonly passes: KubernetesObject };
  /** Whether the policy has anything to say about objects of this kind. */
  appliesTo(kind: ObjectKind): boolean;
  /** Reports what is wrong; reports nothing if the object passes. */
  check(object: KubernetesObject, report: Report, context: PolicyContext): void;
}

/** Where a check says what it found. */
export interface Report {
  /** Something is wrong. */
  finding(problem: Problem): void;
  /** The object does not say; the answer lies elsewhere or is not known yet. Shown in the coverage, never a pass. */
  undecided(question: Question): void;
}

/** What is wrong, and where. */
export interface Problem {
  /** The field at fault, or the one that is missing. */
  readonly path: FieldPath;
  /** What stands there; `undefined` if nothing does. */
  readonly found: unknown;
  /** One sentence without a full stop that names the container, if any, and the problem. */
  readonly message: string;
  /** The container or pod template it is about. @default the object as a whole */
  readonly at?: Container | PodTemplate;
  /** What would be right at `path`; `null` to remove it. @default no patch is offered */
  readonly fix?: unknown;
  /** Field that the fix changes. @default `path` */
  readonly fixAt?: FieldPath;
}

/** What could not be decided, and why. */
export interface Question {
  readonly path: FieldPath;
  /** E.g. "comes from the ServingRuntime". */
  readonly reason: string;
  readonly at?: Container | PodTemplate;
}

/** What a check may read besides the object. */
export interface PolicyContext {
  /** Every pod template in an object, found once. */
  podTemplates(object: KubernetesObject): readonly PodTemplate[];
  /** All objects of a kind in this evaluation. In a Pulumi preview there is only the one object. */
  objectsOfKind(kind: string): readonly KubernetesObject[];
}
