import { renderWhy, type Why } from '../../constructs/core/release';
import { openSession, type StackOptions } from '../session';

/** Why an object waits for what it waits for, as data and as text. */
export async function why(options: StackOptions & { readonly object: string }): Promise<{ readonly why: Why; readonly text: string }> {
  const { graph } = await openSession(options);
  const tree = graph.why(options.object);
  return { why: tree, text: renderWhy(tree, graph.skippedFrom(options.object)) };
}
