import type { CheckResult } from '../check';
import type { Policy } from '../engine/policy';

/** How a report is to look. */
export interface ReportOptions {
  /** Whether to colour it for a terminal. @default false */
  readonly color?: boolean;
  /** Policies that ran, for forms that list them. @default all policies */
  readonly policies?: readonly Policy[];
  /** Folder to which paths of files are made relative, in forms that need them so. @default the working directory */
  readonly root?: string;
}

/** One form of report. */
export interface Reporter {
  /** Name on the command line, e.g. `json`. */
  readonly format: string;
  /** The whole report, without a newline at its end. */
  render(result: CheckResult, options?: ReportOptions): string;
  /** The same report in parts, to be written one after the other: a report on very many findings is too long for one text. */
  pieces(result: CheckResult, options?: ReportOptions): Iterable<string>;
}

/** Parts shorter than this are put together, so that writing them costs little. */
const PIECE = 64 * 1024;

/** A reporter that makes its report in parts. */
export function reporter(format: string, parts: Reporter['pieces']): Reporter {
  return {
    format,
    render: (result, options) => [...parts(result, options)].join(''),
    pieces: (result, options) => gathered(parts(result, options)),
  };
}

/** A reporter whose module is loaded when it is first used: libraries that few runs need would slow the start of all. */
export function lazyReporter(format: string, load: () => Reporter): Reporter {
  return {
    format,
    render: (result, options) => load().render(result, options),
    pieces: (result, options) => load().pieces(result, options),
  };
}

function* gathered(parts: Iterable<string>): Iterable<string> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
