import { evaluateEach } from '../engine/evaluate';
import type { Finding, Undecided, Unevaluated } from '../engine/finding';
import type { Enforcement, Policy } from '../engine/policy';
import type { PolicyParameters } from '../engine/parameters';
import type { ObjectWaiver } from '../engine/waivers/waiver';
import { engineOptions, policyIds } from '../evaluate';
import { inPacks, type Pack } from '../pack-list';
import type { PulumiSubject } from './pulumi-object';

/** What the policies are run with. */
export interface JudgeOptions {
  readonly policies: readonly Policy[];
  /** The pack whose findings count. @default all findings do */
  readonly pack?: Pack;
  readonly now: Date;
  readonly enforcement?: ReadonlyMap<string, Enforcement>;
  readonly notWaivable?: readonly string[];
  readonly parameters?: Partial<PolicyParameters>;
  readonly waivers?: readonly ObjectWaiver[];
}

/** What the policies say of some resources. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** The same, by subject in the order given. */
  readonly bySubject: readonly (readonly Finding[])[];
  readonly undecided: readonly Undecided[];
  readonly unevaluated: readonly Unevaluated[];
  /** Whether a policy asked for a value that is not known yet. */
  readonly sawUnknown: boolean;
}

/** Runs policies over the subjects of a pack. */
export function judge(subjects: readonly PulumiSubject[], { pack, ...options }: JudgeOptions): Verdict {
  const { byObject, coverage } = evaluateEach(
    subjects.map(({ subject }) => subject),
    { ...engineOptions(options), knownPolicies: policyIds(), partial: (index) => subjects[index]?.partial ?? false },
  );
  const bySubject = byObject.map((findings) => findings.filter(({ controls }) => !pack || controls.length === 0 || inPacks(controls, [pack])));
  return { findings: bySubject.flat(), bySubject, undecided: coverage.undecided, unevaluated: coverage.unevaluated, sawUnknown: subjects.some((subject) => subject.sawUnknown()) };
}
