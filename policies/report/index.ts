import { humanReporter } from './human';
import { jsonReporter } from './json';
import type { Reporter } from './reporter';

/** Every form of report, the default one first. */
export const REPORTERS: readonly Reporter[] = [humanReporter, jsonReporter];

/** The reporter of a format; `undefined` if there is none of that name. */
export function reporterFor(format: string): Reporter | undefined {
  return REPORTERS.find((reporter) => reporter.format === format);
}
