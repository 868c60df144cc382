import type { Coverage, Finding, Undecided, Unevaluated } from './finding';
import { Inventory } from './inventory';
import { meantKind } from './kinds';
import { isCloudResource, isKubernetesObject, type KubernetesObject, objectOf, referenceTo, type Subject } from './object';
import { type CheckSettings, ObjectCheck } from './object-check';
import { DEFAULT_PARAMETERS, type PolicyParameters } from './parameters';
import type { PodTemplate } from './pod-template';
import { isResourcePolicy, type Policy, type PolicyContext } from './policy';
import { findPodTemplates, MalformedObjectError } from './templates/find';
import { readOr, UnknownValueError } from './unknown-value';
import { WaiverLedger } from './waivers/ledger';
import type { ObjectWaiver } from './waivers/waiver';

/** What an evaluation runs with. */
export interface EngineOptions extends CheckSettings {
  readonly policies: readonly Policy[];
  /** Ids a waiver may name besides those of `policies`. */
  readonly knownPolicies?: Iterable<string>;
  /** Ids of policies that no waiver may name. @default none */
  readonly notWaivable?: Iterable<string>;
  /** Waivers for objects that cannot be edited. */
  readonly waivers?: readonly ObjectWaiver[];
  /** The day on which waivers are judged. @default no waiver has expired yet */
  readonly now?: Date;
  /** Whether the object at an index only completes another, as a patch does, so that what it leaves out is no finding. @default none does */
  readonly partial?: (index: number) => boolean;
  /** @default {@link DEFAULT_PARAMETERS} */
  readonly parameters?: PolicyParameters;
}

/** Findings by object, in the order given. */
export interface EngineResult {
  readonly byObject: readonly (readonly Finding[])[];
  /** Findings on waivers that were given apart from the objects. */
  readonly onWaivers: readonly Finding[];
  readonly coverage: Coverage;
}

/** Runs policies over Kubernetes objects and cloud resources. Pure: the same subjects and options give the same result. */
export function evaluateEach(subjects: readonly unknown[], options: EngineOptions): EngineResult {
  return new Evaluation(subjects, options).run();
}

/** What all objects of one evaluation share. */
class Evaluation {
  private readonly ledger: WaiverLedger;
  private readonly inventory: Inventory;
  private readonly exempt: ReadonlySet<unknown>;
  private readonly parameters: PolicyParameters;
  private readonly undecided: Undecided[] = [];
  private readonly unevaluated: Unevaluated[] = [];
  private readonly derived = new Map<unknown, unknown>();
  private readonly templates = new Map<KubernetesObject, Templates>();
  private readonly applicable = new Map<string, readonly Policy[]>();
  private readonly count = { objects: 0, resources: 0, exempt: 0, podTemplates: 0, containers: 0 };

  private readonly subjects: readonly unknown[];

  constructor(
    given: readonly unknown[],
    private readonly options: EngineOptions,
  ) {
    this.subjects = given.map((subject, index) => this.corrected(subject, index));
    this.ledger = new WaiverLedger({
      known: options.knownPolicies ?? [],
      evaluated: options.policies,
      notWaivable: new Set(options.notWaivable),
      now: options.now,
      external: options.waivers ?? [],
    });
    this.inventory = new Inventory(this.subjects);
    this.parameters = options.parameters ?? DEFAULT_PARAMETERS;
    this.exempt = new Set(this.parameters.exemptNamespaces);
  }

  run(): EngineResult {
    const byObject = this.subjects.map((subject, index) => this.evaluate(subject, index));
    const { undecided, unevaluated } = this;
    return {
      byObject,
      onWaivers: this.ledger.close(),
      coverage: { ...this.count, policies: this.options.policies.length, undecided, unevaluated },
    };
  }

  /** An object whose kind is only written in the wrong case is reported, and judged as what is meant. */
  private corrected(subject: unknown, index: number): unknown {
    if (!isKubernetesObject(subject)) return subject;
    const kind = meantKind(subject);
    if (kind === undefined) return subject;
    this.unevaluated.push({ index, object: referenceTo(subject), reason: `there is no kind '${subject.kind}' in ${subject.apiVersion}; did you mean '${kind}'?` });
    return objectOf({ apiVersion: subject.apiVersion, kind }, subject);
  }

  private evaluate(subject: unknown, index: number): readonly Finding[] {
    if (isKubernetesObject(subject)) return this.evaluateObject(subject, index);
    if (!isCloudResource(subject)) {
      this.unevaluated.push({ index, reason: 'not a Kubernetes object: apiVersion and kind are missing' });
      return [];
    }
    this.count.resources++;
    return this.check(subject, [], this.context());
  }

  private evaluateObject(object: KubernetesObject, index: number): readonly Finding[] {
    if (this.exempt.size > 0 && this.exempt.has(namespaceOf(object))) {
      this.count.exempt++;
      return [];
    }
    const partial = this.options.partial?.(index) ?? false;
    const templates = readTemplates(object, partial);
    if (!partial) this.templates.set(object, templates);
    const found = readOr([], () => templates.found());
    // What does not depend on its containers is judged all the same.
    if (templates.reason === undefined) this.count.objects++;
    else this.unevaluated.push({ index, object: referenceTo(object), reason: templates.reason });
    this.count.podTemplates += found.length;
    for (const template of found) this.count.containers += template.containers.length;
    return this.check(object, found, this.context(object, templates));
  }

  private check(subject: Subject, templates: readonly PodTemplate[], context: PolicyContext): readonly Finding[] {
    return new ObjectCheck(subject, context, this.ledger.open(subject, templates), this.undecided, this.options).run(this.policiesFor(subject));
  }

  private context(object?: KubernetesObject, templates?: Templates): PolicyContext {
    const context: PolicyContext = {
      podTemplates: (asked) => (templates && asked === object ? templates.found() : this.templatesOf(asked)),
      inventory: this.inventory,
      parameters: this.parameters,
      derive: <T>(build: (inventory: Inventory, context: PolicyContext) => T): T => {
        // Only what `build` itself made is stored under it.
        if (!this.derived.has(build)) this.derived.set(build, build(this.inventory, context));
        return this.derived.get(build) as T;
      },
    };
    return context;
  }

  /** The pod templates of another object of the evaluation; none if it cannot be looked through, which is reported on it. */
  private templatesOf(object: KubernetesObject): readonly PodTemplate[] {
    let templates = this.templates.get(object);
    if (!templates) {
      templates = readTemplates(object, false);
      this.templates.set(object, templates);
    }
    return templates.found();
  }

  /** The policies that have anything to say about a kind, found once for it. */
  private policiesFor(subject: Subject): readonly Policy[] {
    const key = isCloudResource(subject) ? subject.type : `${subject.apiVersion} ${subject.kind}`;
    let policies = this.applicable.get(key);
    if (!policies) {
      policies = this.options.policies.filter((policy) => applies(policy, subject));
      this.applicable.set(key, policies);
    }
    return policies;
  }
}

function applies(policy: Policy, subject: Subject): boolean {
  if (isCloudResource(subject)) return isResourcePolicy(policy) && policy.resourceTypes.includes(subject.type);
  return !isResourcePolicy(policy) && policy.appliesTo(subject);
}

/** The namespace an object is in, or is. */
function namespaceOf(object: KubernetesObject): unknown {
  return readOr(undefined, () => (object.kind === 'Namespace' ? object.metadata?.name : object.metadata?.namespace));
}

/** The pod templates of an object. */
interface Templates {
  /** Why they could not all be read. @default they could */
  readonly reason?: string;
  found(): readonly PodTemplate[];
}

/** The pod templates of an object, found once; or why the object cannot be evaluated. */
function readTemplates(object: KubernetesObject, partial: boolean): Templates {
  try {
    const templates = findPodTemplates(object, partial);
    return { found: () => templates };
  } catch (error) {
    // Where the templates are is not known yet: every policy that asks for them is undecided.
    if (error instanceof UnknownValueError) return { found: () => { throw error; } };
    if (error instanceof MalformedObjectError) return { reason: error.message, found: () => error.templates };
    if (error instanceof RangeError) return { reason: error.message, found: () => [] };
    throw error;
  }
}
