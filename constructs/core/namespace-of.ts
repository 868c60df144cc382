import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { InvalidInputError } from './errors';

/**
 * The namespace a user's object is in: the one given, else the chart's.
 *
 * @throws InvalidInputError if there is neither
 */
export function namespaceOf(construct: Construct, given: string | undefined): string {
  const namespace = given ?? Chart.of(construct).namespace;
  if (namespace === undefined) {
    throw new InvalidInputError({ property: 'namespace', value: namespace, expected: 'a namespace, here or on the chart', where: construct.node.path });
  }
  return namespace;
}
