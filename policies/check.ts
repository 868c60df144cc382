import { evaluateEach } from './engine/evaluate';
import { type Coverage, type Finding, isBlocking, type Unevaluated } from './engine/finding';
import { type EvaluateOptions, policyIds } from './evaluate';
import { POLICIES } from './rules';
import type { Sources } from './sources/source';

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
  /** Files in folders that are no manifests by their name; they were not opened. */
  readonly ignored: readonly string[];
}

/** Nothing was found but advice and what is waived. */
export const EXIT_CLEAN = 0;
/** At least one mandatory finding is not waived. */
export const EXIT_FINDINGS = 1;
/** Something could not be evaluated, so that the answer is incomplete, whatever else was found. */
export const EXIT_INCOMPLETE = 2;

/** Runs policies over what {@link readSources} read, and gives every finding its place in the files. */
export function checkSources(sources: Sources, options: EvaluateOptions = {}): CheckResult {
  const { policies = POLICIES, waivers, now } = options;
  const objects = sources.objects.map(({ object }) => object);
  const result = evaluateEach(objects, { policies, knownPolicies: policyIds(), waivers, now });
  const findings = sources.objects.flatMap(({ file, locate }, index) =>
    (result.byObject[index] ?? []).map((finding): Finding => ({ ...finding, file, ...locate(finding.path) })),
  );
  const { files, documents, ignored } = sources;
  const placed = result.coverage.unevaluated.map(({ index, ...problem }): Unevaluated => {
    const source = index === undefined ? undefined : sources.objects[index];
    return { ...problem, ...(source && { file: source.file, line: source.line, column: source.column }) };
  });
  const unevaluated = [...sources.unevaluated, ...placed];
  return { findings: [...findings, ...result.onWaivers], coverage: { files, documents, ignored, ...result.coverage, unevaluated } };
}

/**
 * The exit code a result deserves: {@link EXIT_CLEAN}, {@link EXIT_FINDINGS} or {@link EXIT_INCOMPLETE}. An incomplete
 * answer outranks findings, because nothing can be concluded from what was not seen.
 */
export function exitCode({ findings, coverage }: CheckResult): number {
  if (coverage.unevaluated.length > 0) return EXIT_INCOMPLETE;
  return findings.some(isBlocking) ? EXIT_FINDINGS : EXIT_CLEAN;
}
