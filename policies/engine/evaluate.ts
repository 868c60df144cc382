import { type FieldPath, formatPath } from './field-path';
import type { Coverage, Finding, Undecided, Unevaluated } from './finding';
import { isKubernetesObject, type KubernetesObject, referenceTo, showReference } from './object';
import { patchOf } from './patch';
import { type Container, isContainer, type PodTemplate } from './pod-template';
import type { Policy, PolicyContext, Problem } from './policy';
import { findPodTemplates, MalformedObjectError } from './templates/find';
import { readOr, UnknownValueError } from './unknown-value';
import { type ObjectWaivers, WaiverLedger } from './waivers/ledger';
import type { ObjectWaiver } from './waivers/waiver';

/** What an evaluation runs with. */
export interface EngineOptions {
  readonly policies: readonly Policy[];
  /** Ids a waiver may name besides those of `policies`. */
  readonly knownPolicies?: Iterable<string>;
  /** Waivers for objects that cannot be edited. @default none */
  readonly waivers?: readonly ObjectWaiver[];
  /** The day on which waivers are judged. @default no waiver has expired yet */
  readonly now?: Date;
  /** Whether the objects only complete others, as patches do, so that what they leave out is no finding. @default false */
  readonly partial?: boolean;
}

/** Findings by object, in the order given. */
export interface EngineResult {
  readonly byObject: readonly (readonly Finding[])[];
  /** Findings on waivers that were given apart from the objects. */
  readonly onWaivers: readonly Finding[];
  readonly coverage: Coverage;
}

/** Runs policies over objects. Pure: the same objects and options give the same result. */
export function evaluateEach(objects: readonly unknown[], options: EngineOptions): EngineResult {
  const ids = options.policies.map(({ id }) => id);
  const ledger = new WaiverLedger({
    known: new Set([...ids, ...(options.knownPolicies ?? [])]),
    evaluated: new Set(ids),
    now: options.now,
    external: options.waivers ?? [],
  });
  const inventory = new Map<string, KubernetesObject[]>();
  for (const object of objects) {
    if (!isKubernetesObject(object)) continue;
    const sameKind = inventory.get(object.kind);
    if (sameKind) sameKind.push(object);
    else inventory.set(object.kind, [object]);
  }
  const undecided: Undecided[] = [];
  const unevaluated: Unevaluated[] = [];
  const count = { objects: 0, podTemplates: 0, containers: 0 };
  const byObject = objects.map((object, index) => {
    if (!isKubernetesObject(object)) {
      unevaluated.push({ index, reason: 'not a Kubernetes object: apiVersion and kind are missing' });
      return [];
    }
    const templates = readTemplates(object, options.partial ?? false);
    if ('reason' in templates) {
      unevaluated.push({ index, object: referenceTo(object), reason: templates.reason });
      return [];
    }
    const context: PolicyContext = {
      podTemplates: (asked) => (asked === object ? templates.found() : findPodTemplates(asked, options.partial ?? false)),
      objectsOfKind: (kind) => inventory.get(kind) ?? [],
    };
    const found = readOr([], () => templates.found());
    count.objects++;
    count.podTemplates += found.length;
    for (const template of found) count.containers += template.containers.length;
    return new ObjectCheck(object, context, ledger.open(object, found), undecided).run(options.policies);
  });
  return {
    byObject,
    onWaivers: ledger.close(),
    coverage: { ...count, policies: options.policies.length, undecided, unevaluated },
  };
}

/** The pod templates of an object, found once; or why the object cannot be evaluated. */
function readTemplates(object: KubernetesObject, partial: boolean): { found(): readonly PodTemplate[] } | { reason: string } {
  try {
    const templates = findPodTemplates(object, partial);
    return { found: () => templates };
  } catch (error) {
    // Where the templates are is not known yet: every policy that asks for them is undecided.
    if (error instanceof UnknownValueError) return { found: () => { throw error; } };
    if (error instanceof MalformedObjectError || error instanceof RangeError) return { reason: error.message };
    throw error;
  }
}

/** The run of all policies over one object. */
class ObjectCheck {
  private readonly findings: Finding[] = [];

  constructor(
    private readonly object: KubernetesObject,
    private readonly context: PolicyContext,
    private readonly waivers: ObjectWaivers,
    private readonly undecided: Undecided[],
  ) {}

  run(policies: readonly Policy[]): readonly Finding[] {
    for (const policy of policies) this.check(policy);
    this.findings.push(...this.waivers.close());
    return this.findings;
  }

  private check(policy: Policy): void {
    try {
      if (!policy.appliesTo(this.object)) return;
      const report = {
        finding: (problem: Problem) => void this.findings.push(this.finding(policy, problem)),
        undecided: ({ path, at, reason }: { path: FieldPath; at?: Container | PodTemplate; reason: string }) => this.leaveOpen(policy, path, reason, at),
      };
      policy.check(this.object, report, this.context);
    } catch (error) {
      if (error instanceof UnknownValueError) {
        this.leaveOpen(policy, error.path ?? [], error.message);
      } else {
        // What it had found is kept: it stands whether or not the rest was seen.
        this.findings.push(this.crash(policy, error));
        this.waivers.leaveOpen(policy.id);
      }
    }
  }

  private leaveOpen(policy: Policy, path: FieldPath, reason: string, at?: Container | PodTemplate): void {
    this.waivers.leaveOpen(policy.id);
    this.undecided.push({ policy: policy.id, object: referenceTo(this.object), ...containerOf(at), path: formatPath(path), reason });
  }

  private finding(policy: Policy, problem: Problem): Finding {
    const { path, found, message, at, fix, fixAt } = problem;
    const patch = fix === undefined ? undefined : patchOf(this.object, fixAt ?? path, fix);
    const waived = this.waivers.cover(policy.id, at);
    return {
      ...about(policy, this.object),
      ...containerOf(at),
      path: formatPath(path),
      found: readOr<unknown>('(not known yet)', () => structuredClone(found)) ?? null,
      message,
      remediation: policy.remediation,
      ...(patch && { patch }),
      ...(waived && { waived }),
    };
  }

  private crash(policy: Policy, error: unknown): Finding {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      ...about(policy, this.object),
      enforcement: 'mandatory',
      path: '',
      found: null,
      message: `policy '${policy.id}' broke off on ${showReference(referenceTo(this.object))}, which is therefore not known to pass (${why})`,
      remediation: 'Correct the policy: a check must not throw, whatever the object holds.',
    };
  }
}

function about({ id, title, controls, severity, enforcement }: Policy, object: KubernetesObject) {
  return { policy: id, title, controls, severity, enforcement, object: referenceTo(object) };
}

function containerOf(at: Container | PodTemplate | undefined): { container?: string } {
  return at && isContainer(at) ? { container: at.name } : {};
}
