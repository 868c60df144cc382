import { evaluateEach } from './engine/evaluate';
import { applyBaseline, type Baseline } from './config/baseline';
import { type Coverage, type Finding, isBlocking, type Unevaluated } from './engine/finding';
import { engineOptions, type EvaluateOptions } from './evaluate';
import { counts, inPacks, type Pack } from './pack-list';
import { POLICIES } from './rules';
import type { Ignored, Sources } from './sources/source';

/** What a check of files is to do besides evaluating them. */
export interface CheckOptions extends EvaluateOptions {
  /** Packs whose findings count; findings about waivers always do. @default all findings count */
  readonly packs?: readonly Pack[];
  /** Findings that were there before. @default none */
  readonly baseline?: Baseline;
}

/** What a check of files found and saw. */
export interface CheckResult {
  /** Each with file, line and column. */
  readonly findings: readonly Finding[];
  readonly coverage: CheckCoverage;
}

/** What a check saw of what it was given. */
export interface CheckCoverage extends Coverage {
  readonly files: number;
  /** Documents with something in them, whether they could be read or not. */
  readonly documents: number;
  /** Findings of the baseline that are no longer there. @default there is no baseline */
  readonly baselineGone?: number;
  /** What was found in folders and is no manifest, by its name or by what it holds. */
  readonly ignored: readonly Ignored[];
}

/** Nothing was found but advice and what is waived. */
export const EXIT_CLEAN = 0;
/** At least one mandatory finding is not waived. */
export const EXIT_FINDINGS = 1;
/** Something could not be evaluated, so that the answer is incomplete, whatever else was found. */
export const EXIT_INCOMPLETE = 2;

/** Runs policies over what {@link readSources} read, and gives every finding its place in the files. */
export function checkSources(sources: Sources, options: CheckOptions = {}): CheckResult {
  const { packs, baseline, ...evaluation } = options;
  const objects = sources.objects.map(({ object }) => object);
  const result = evaluateEach(objects, { ...engineOptions(evaluation), partial: (index) => sources.objects[index]?.partial ?? false, incomplete: sources.incomplete });
  const placed = sources.objects.flatMap(({ file, locate }, index) =>
    (result.byObject[index] ?? []).map((finding): Finding => ({ ...finding, file, ...locate(finding.path) })),
  );
  const { files, documents, ignored } = sources;
  const unseen = result.coverage.unevaluated.map(({ index, ...problem }): Unevaluated => {
    const source = index === undefined ? undefined : sources.objects[index];
    return { ...problem, ...(source && { file: source.file, line: source.line, column: source.column }) };
  });
  const unevaluated = [...sources.unevaluated, ...unseen];
  const all = [...placed, ...result.onWaivers];
  const chosen = packs ? all.filter((finding) => counts(finding, packs)) : all;
  const { findings, gone } = baseline ? applyBaseline(chosen, baseline) : { findings: chosen };
  const policies = packs ? (evaluation.policies ?? POLICIES).filter(({ controls }) => inPacks(controls, packs)).length : result.coverage.policies;
  return { findings, coverage: { files, documents, ignored, ...result.coverage, policies, unevaluated, ...(gone !== undefined && { baselineGone: gone }) } };
}

/**
 * The exit code a result deserves: {@link EXIT_CLEAN}, {@link EXIT_FINDINGS} or {@link EXIT_INCOMPLETE}. An incomplete
 * answer outranks findings, because nothing can be concluded from what was not seen.
 */
export function exitCode({ findings, coverage }: CheckResult): number {
  if (coverage.unevaluated.length > 0) return EXIT_INCOMPLETE;
  return findings.some(isBlocking) ? EXIT_FINDINGS : EXIT_CLEAN;
}
