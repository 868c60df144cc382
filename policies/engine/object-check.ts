import { type FieldPath, formatPath } from './field-path';
import type { Finding, Undecided } from './finding';
import { isCloudResource, type ObjectReference, referenceTo, showReference, type Subject } from './object';
import { patchOf } from './patch';
import { type Container, isContainer, type PodTemplate } from './pod-template';
import { type Enforcement, isResourcePolicy, type Policy, type PolicyContext, type Problem } from './policy';
import { readOr, UnknownValueError } from './unknown-value';
import type { ObjectWaivers } from './waivers/ledger';

/** What holds for all objects of an evaluation. */
export interface CheckSettings {
  /** Enforcement by policy id, over what the policy says of itself. @default the policies' own */
  readonly enforcement?: ReadonlyMap<string, Enforcement>;
  /** Why what is missing may exist all the same: then no policy that reaches the stack finds anything. @default what is missing is not there */
  readonly incomplete?: string;
}

/** The run of all policies over one object. */
export class ObjectCheck {
  private readonly findings: Finding[] = [];
  private readonly reference: ObjectReference;
  private readonly enforcement: CheckSettings['enforcement'];
  private readonly incomplete: string | undefined;

  constructor(
    private readonly object: Subject,
    private readonly context: PolicyContext,
    private readonly waivers: ObjectWaivers,
    private readonly undecided: Undecided[],
    { enforcement, incomplete }: CheckSettings,
  ) {
    this.reference = referenceTo(object);
    this.enforcement = enforcement;
    this.incomplete = incomplete;
  }

  run(policies: readonly Policy[]): readonly Finding[] {
    for (const policy of policies) this.check(policy);
    this.findings.push(...this.waivers.close());
    return this.findings;
  }

  private check(policy: Policy): void {
    try {
      const report = {
        finding: (problem: Problem) => {
          if (policy.reach === 'stack' && this.incomplete !== undefined) this.leaveOpen(policy, problem.path, this.incomplete, problem.at);
          else this.findings.push(this.finding(policy, problem));
        },
        undecided: ({ path, at, reason }: { path: FieldPath; at?: Container | PodTemplate; reason: string }) => this.leaveOpen(policy, path, reason, at),
      };
      if (isResourcePolicy(policy)) {
        if (isCloudResource(this.object)) policy.check(this.object, report, this.context);
      } else if (!isCloudResource(this.object)) {
        policy.check(this.object, report, this.context);
      }
    } catch (error) {
      if (error instanceof UnknownValueError) {
        this.leaveOpen(policy, error.path ?? [], error.message);
      } else {
        // What it had found is kept: it stands whether or not the rest was seen.
        this.findings.push(this.crash(policy, error));
        this.waivers.leaveOpen(policy);
      }
    }
  }

  private leaveOpen(policy: Policy, path: FieldPath, reason: string, at?: Container | PodTemplate): void {
    this.waivers.leaveOpen(policy);
    this.undecided.push({ policy: policy.id, object: this.reference, ...containerOf(at), path: formatPath(path), reason });
  }

  private finding(policy: Policy, problem: Problem): Finding {
    const { path, found, message, at, fix, fixAt } = problem;
    const patch = fix === undefined ? undefined : patchOf(isCloudResource(this.object) ? this.object.properties : this.object, fixAt ?? path, fix);
    const controls = problem.controls ?? policy.controls;
    const waived = this.waivers.cover(policy.id, controls, at);
    return {
      ...about(policy, this.reference),
      controls,
      enforcement: this.enforcement?.get(policy.id) ?? problem.enforcement ?? policy.enforcement,
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
      ...about(policy, this.reference),
      enforcement: 'mandatory',
      path: '',
      found: null,
      message: `policy '${policy.id}' broke off on ${showReference(this.reference)}, which is therefore not known to pass (${why})`,
      remediation: 'Correct the policy: a check must not throw, whatever the object holds.',
    };
  }
}

function about({ id, title, controls, severity, enforcement }: Policy, object: ObjectReference) {
  return { policy: id, title, controls, severity, enforcement, object };
}

function containerOf(at: Container | PodTemplate | undefined): { container?: string } {
  return at && isContainer(at) ? { container: at.name } : {};
}
