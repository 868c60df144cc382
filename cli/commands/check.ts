import { checkSources, exitCode, readSources, type CheckResult } from '../../policies';
import { humanReporter } from '../../policies/report/human';
import { CommandError, EXIT } from '../exit-codes';

/** What `check` found, in both forms. */
export interface CheckOutput {
  readonly json: CheckResult;
  readonly text: string;
  readonly exitCode: number;
}

/**
 * Runs the policies over files and folders; `-` is standard input.
 *
 * @throws CommandError if there was nothing to evaluate: a green result that saw nothing would mislead
 */
export function check(paths: readonly string[]): CheckOutput {
  const result = checkSources(readSources(paths), { now: new Date() });
  const { coverage } = result;
  if (coverage.objects === 0 && coverage.unevaluated.length === 0) {
    throw new CommandError(`there is nothing to evaluate in ${paths.join(', ')}: ${coverage.files} files, ${coverage.ignored.length} ignored by their names`, EXIT.input);
  }
  return { json: result, text: `${humanReporter.render(result, { color: process.stdout.isTTY === true })}\n`, exitCode: exitCode(result) };
}
