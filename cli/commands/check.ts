import { type CheckOptions, type CheckResult, checkSources, exitCode, POLICIES, policiesOf, readSources, readWaiverFile, reporterFor, REPORTERS } from '../../policies';
import { baselineOf } from '../../policies/config/baseline';
import { writeWhole } from '../../policies/config/write-whole';
import { CommandError, EXIT } from '../exit-codes';

/** What the command line says about a check. */
export interface CheckArguments {
  /** Files and folders; `-` is standard input. */
  readonly path: readonly string[];
  readonly format?: string;
  /** File for the report. @default standard output */
  readonly output?: string;
  readonly pack?: readonly string[];
  readonly config?: string;
  readonly waivers?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** What is to be printed, and the exit code. */
export interface CheckOutput {
  /** Parts to be written one after the other: a report on very many findings is too long for one text. */
  readonly pieces: Iterable<string>;
  readonly exitCode: number;
}

/** Names of the report formats, for `--format`. */
export const FORMATS: readonly string[] = REPORTERS.map(({ format }) => format);

/**
 * Runs the policies over files and folders. Everything that is configured is read before the first object is.
 *
 * @throws PolicyConfigError, WaiverFileError if what was configured cannot be used
 * @throws CommandError if there was nothing to evaluate: a green result that saw nothing would mislead
 */
export async function check(args: CheckArguments): Promise<CheckOutput> {
  const reporter = reporterFor(args.format ?? 'human');
  if (!reporter) throw new CommandError(`--format is '${args.format}'; expected one of ${FORMATS.join(', ')}`, EXIT.input);
  const options = await checkOptions(args);
  const result = checkSources(readSources(args.path), options);
  requireSomething(result, args.path);
  if (args.writeBaseline !== undefined) return takeBaseline(args.writeBaseline, result);
  const policies = options.packs ? policiesOf(...options.packs) : (options.policies ?? POLICIES);
  const report = ended(reporter.pieces(result, { color: args.output === undefined && process.stdout.isTTY === true, policies }));
  if (args.output === undefined) return { pieces: report, exitCode: exitCode(result) };
  const { output } = args;
  writeTo(output, () => writeWhole(output, report));
  return { pieces: [], exitCode: exitCode(result) };
}

function* ended(pieces: Iterable<string>): Iterable<string> {
  yield* pieces;
  yield '\n';
}

function writeTo(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, EXIT.input);
  }
}

async function checkOptions({ pack = [], config, waivers = [], baseline }: CheckArguments): Promise<CheckOptions> {
  const options: CheckOptions = { now: new Date(), waivers: waivers.flatMap((file) => readWaiverFile(file)) };
  if (config === undefined && pack.length === 0 && baseline === undefined) return options;
  // What validates them is loaded only if there is something to validate.
  const [{ packsFrom }, { readPolicyConfig }, { readBaseline }] = await Promise.all([
    import('../../policies/config/policy-config.js'),
    import('../../policies/config/read-config.js'),
    import('../../policies/config/baseline-file.js'),
  ]);
  const packs = packsFrom(pack, '--pack');
  const configured = config === undefined ? {} : readPolicyConfig(config);
  return {
    ...options,
    ...configured,
    waivers: [...(options.waivers ?? []), ...(configured.waivers ?? [])],
    ...(packs.length > 0 && { packs }),
    ...(baseline !== undefined && { baseline: readBaseline(baseline) }),
  };
}

function requireSomething({ coverage }: CheckResult, paths: readonly string[]): void {
  if (coverage.objects + coverage.resources + coverage.exempt > 0 || coverage.unevaluated.length > 0) return;
  const reasons = [...new Set(coverage.ignored.map(({ reason }) => reason))].slice(0, 3);
  const why = coverage.ignored.length > 0 ? `, ${coverage.ignored.length} ignored (${reasons.join('; ')})` : '';
  throw new CommandError(`there is nothing to evaluate in ${paths.join(', ')}: ${coverage.files} files${why}`, EXIT.input);
}

async function takeBaseline(file: string, result: CheckResult): Promise<CheckOutput> {
  const unseen = result.coverage.unevaluated.length;
  if (unseen > 0) throw new CommandError(`no baseline is written to ${file}: ${unseen} of what was given could not be evaluated, so it would be incomplete`, EXIT.input);
  const { writeBaseline } = await import('../../policies/config/baseline-file.js');
  const baseline = baselineOf(result.findings);
  writeTo(file, () => writeBaseline(file, baseline));
  const count = baseline.findings.reduce((sum, entry) => sum + entry.count, 0);
  return { pieces: [`${count} findings written to ${file}: with --baseline ${file} only others fail\n`], exitCode: EXIT.ok };
}
