import type { Reporter } from './reporter';

/** `{ findings, coverage }`, as they are. */
export const jsonReporter: Reporter = {
  format: 'json',
  render: ({ findings, coverage }) => JSON.stringify({ findings, coverage }, undefined, 2),
};
