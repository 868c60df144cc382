import { evaluateEach } from '../engine/evaluate';
import type { Finding, Undecided, Unevaluated } from '../engine/finding';
import { engineOptions, type EvaluateOptions } from '../evaluate';
import { counts, type Pack } from '../pack-list';
import type { PulumiSubject } from './pulumi-object';

/** What the policies are run with. */
export interface JudgeOptions extends EvaluateOptions {
  /** The pack whose findings count. @default all findings do */
  readonly pack?: Pack;
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
    { ...engineOptions(options), partial: (index) => subjects[index]?.partial ?? false },
  );
  const bySubject = byObject.map((findings) => findings.filter((finding) => !pack || counts(finding, [pack])));
  return { findings: bySubject.flat(), bySubject, undecided: coverage.undecided, unevaluated: coverage.unevaluated, sawUnknown: subjects.some((subject) => subject.sawUnknown()) };
}
