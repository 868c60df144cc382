import { checkSources, exitCode, readSources, type CheckResult } from '../../policies';
import { humanReporter } from '../../policies/report/human';

/** What `check` found, in both forms. */
export interface CheckOutput {
  readonly json: CheckResult;
  readonly text: string;
  readonly exitCode: number;
}

/** Runs the policies over files and folders; `-` is standard input. */
export function check(paths: readonly string[]): CheckOutput {
  const result = checkSources(readSources(paths), { now: new Date() });
  return { json: result, text: `${humanReporter.render(result, { color: process.stdout.isTTY === true })}\n`, exitCode: exitCode(result) };
}
