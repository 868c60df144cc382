import { InvalidInputError, yamlText } from '../core';

/**
 * Which node group grows when several could. `priority` prefers groups whose name matches a pattern of the highest number.
 * Price is not among them: AWS has no such model.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.36.1/cluster-autoscaler/FAQ.md#what-are-expanders
 */
export type Expander =
  | 'random'
  | 'most-pods'
  | 'least-waste'
  | { readonly priority: Readonly<Record<number, readonly [string, ...string[]]>> };

/** Name that the program looks for, in its own namespace. */
export const PRIORITIES_CONFIG_MAP = 'cluster-autoscaler-priority-expander';

/**
 * Value of the flag: expanders are asked in their order until one group is left.
 *
 * @throws InvalidInputError if one stands twice
 */
export function expanderFlag(expanders: readonly Expander[], where: string): string {
  const names = expanders.map((expander) => (typeof expander === 'string' ? expander : 'priority'));
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new InvalidInputError({ property: 'expanders', value: names, expected: 'at least one, and each once', where });
  }
  return names.join(',');
}

/**
 * The ConfigMap's text, if the priorities are given.
 *
 * @throws InvalidInputError for a priority below 1 or a pattern that is no regular expression
 */
export function priorities(expanders: readonly Expander[], where: string): string | undefined {
  const given = expanders.find((expander) => typeof expander !== 'string');
  if (given === undefined || typeof given === 'string') return undefined;
  const entries = Object.entries(given.priority);
  if (entries.length === 0) throw new InvalidInputError({ property: 'expanders.priority', value: given.priority, expected: 'at least one priority', where });
  for (const [priority, patterns] of entries) {
    if (!/^[1-9]\d*$/.test(priority)) {
      throw new InvalidInputError({ property: 'expanders.priority', value: priority, expected: 'a whole number, at least 1', where });
    }
    for (const pattern of patterns) checkPattern(`expanders.priority.${priority}`, pattern, where);
  }
  return yamlText(given.priority);
}

function checkPattern(property: string, pattern: string, where: string): void {
  try {
    new RegExp(pattern);
  } catch {
    throw new InvalidInputError({ property, value: pattern, expected: "a regular expression over names of node groups, such as '.*-spot-.*'", where });
  }
}
