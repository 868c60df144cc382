import { InvalidInputError } from '../core';
import type { NodeSelector } from './advertisements';

/**
 * Checks names that refer to something declared beside them.
 *
 * @throws InvalidInputError for a name that is not declared, stands twice, or an empty list, which MetalLB would take for everything
 */
export function checkNames(property: string, names: readonly string[] | undefined, declared: readonly string[], where: string): void {
  if (names === undefined) return;
  if (names.length === 0) throw new InvalidInputError({ property, value: names, expected: 'at least one name, or the property left out, which means all', where });
  for (const [index, name] of names.entries()) {
    if (!declared.includes(name)) {
      throw new InvalidInputError({ property: `${property}[${index}]`, value: name, expected: `one of ${[...new Set(declared)].join(', ')}`, where });
    }
    if (names.indexOf(name) !== index) throw new InvalidInputError({ property: `${property}[${index}]`, value: name, expected: 'each name once', where });
  }
}

/** `nodeSelectors` of an advertisement or a peer: nodes that have the labels of any. */
export function nodeSelectors(nodes: readonly NodeSelector[] | undefined): { readonly nodeSelectors?: readonly object[] } {
  return nodes === undefined ? {} : { nodeSelectors: nodes.map((labels) => ({ matchLabels: { ...labels } })) };
}
