import { renderWhy, type Why } from '../../constructs/core/release';
import { openSession, type StackOptions } from '../session';

/** Why an object waits for what it waits for, as data and as text. */
export function why(options: StackOptions & { readonly object: string }): { readonly why: Why; readonly text: string } {
  const { graph } = openSession(options);
  const tree = graph.why(options.object);
  return { why: tree, text: renderWhy(tree, graph.skippedFrom(options.object)) };
}
