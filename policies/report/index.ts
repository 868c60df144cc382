import { humanReporter } from './human';
import { jsonReporter } from './json';
import { lazyReporter, type Reporter } from './reporter';

/** Every form of report, the default one first. */
export const REPORTERS: readonly Reporter[] = [
  humanReporter,
  jsonReporter,
  lazyReporter('sarif', () => {
    const { sarifReporter }: typeof import('./sarif') = require('./sarif');
    return sarifReporter;
  }),
  lazyReporter('junit', () => {
    const { junitReporter }: typeof import('./junit') = require('./junit');
    return junitReporter;
  }),
  lazyReporter('markdown', () => {
    const { markdownReporter }: typeof import('./markdown') = require('./markdown');
    return markdownReporter;
  }),
];

/** The reporter of a format; `undefined` if there is none of that name. */
export function reporterFor(format: string): Reporter | undefined {
  return REPORTERS.find((reporter) => reporter.format === format);
}
