import type { CheckResult } from '../check';

/** How a report is to look. */
export interface ReportOptions {
  /** Whether to colour it for a terminal. @default false */
  readonly color?: boolean;
}

/** One form of report. */
export interface Reporter {
  /** Name on the command line, e.g. `json`. */
  readonly format: string;
  /** The whole report, without a newline at its end. */
  render(result: CheckResult, options?: ReportOptions): string;
}
