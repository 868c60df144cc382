import type { FieldPath } from './field-path';
import type { Inventory } from './inventory';
import type { CloudResource, KubernetesObject, ObjectKind, Subject } from './object';
import type { PolicyParameters } from './parameters';
import type { Container, PodTemplate } from './pod-template';

/** How bad it is if the finding is real. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** `mandatory` findings fail a build and block an update; `advisory` ones are shown. */
export type Enforcement = 'mandatory' | 'advisory';

/** One rule: pure, and the single definition that packs, the command line and tests run. */
export type Policy = ObjectPolicy | ResourcePolicy;

/** A rule over one Kubernetes object. */
export interface ObjectPolicy extends PolicyDescription {
  /** Whether the policy has anything to say about objects of this kind. */
  appliesTo(kind: ObjectKind): boolean;
  /** Reports what is wrong; reports nothing if the object passes. */
  check(object: KubernetesObject, report: Report, context: PolicyContext): void;
}

/** A rule over one resource of a cloud. */
export interface ResourcePolicy extends PolicyDescription {
  /** Pulumi types it has anything to say about, e.g. `aws:eks/cluster:Cluster`. */
  readonly resourceTypes: readonly string[];
  /** Reports what is wrong; reports nothing if the resource passes. */
  check(resource: CloudResource, report: Report, context: PolicyContext): void;
}

/** What is said of a policy: in reports, in `check --explain`, and on its page. */
export interface PolicyDescription {
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
  /**
   * What it must see to come to a verdict: the `object` alone, or others of the `stack` too. In Pulumi the latter run
   * once everything is registered.
   *
   * @default 'object'
   */
  readonly reach?: 'object' | 'stack';
  /** What fails and what passes: read by people, and run by the tests. */
  readonly examples: {
    readonly fails: Example;
    readonly passes: Example;
    /** What must be set for the policy to ask anything. @default nothing */
    readonly parameters?: Partial<PolicyParameters>;
  };
}

/** An object, or several of which a policy of the stack sees all. */
export type Example = Subject | readonly Subject[];

/** Where a check says what it found. */
export interface Report {
  /** Something is wrong. */
  finding(problem: Problem): void;
  /** The object does not say; the answer lies elsewhere or is not known yet. Shown in the coverage, never a pass. */
  undecided(question: Question): void;
}

/** What is wrong, and where. */
export interface Problem {
  /** The field at fault, or the one that is missing. Of a cloud resource: from its inputs. */
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
  /** Those of the policy's controls that this problem violates, if not all of them. @default all */
  readonly controls?: readonly string[];
  /** @default the policy's */
  readonly enforcement?: Enforcement;
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
  /** Everything in this evaluation. Only policies that reach the whole stack may conclude from what is not in it. */
  readonly inventory: Inventory;
  /** What `build` makes of the inventory, made once an evaluation: indexes, so that cost stays linear. */
  derive<T>(build: (inventory: Inventory, context: PolicyContext) => T): T;
  readonly parameters: PolicyParameters;
}

/** Whether a policy is about cloud resources rather than Kubernetes objects. */
export function isResourcePolicy(policy: Policy): policy is ResourcePolicy {
  return 'resourceTypes' in policy;
}
