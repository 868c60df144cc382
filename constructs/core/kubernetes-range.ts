import type { Construct } from 'constructs';
import { Component } from './component';
import { InvalidInputError } from './errors';

/**
 * Checks that every component below a construct works on a version of Kubernetes.
 *
 * @param version e.g. `1.34`, `1.34.2` or `1.34.2-gke.100`
 * @param where name of the setting, for the error
 * @throws InvalidInputError naming the components that do not, and the versions on which all do
 */
export function requireKubernetes(scope: Construct, version: string, where: string): void {
  const minor = minorOf(version);
  const bound = scope.node
    .findAll()
    .filter(Component.isComponent)
    .flatMap(({ componentId, version: release, kubernetes }) => (kubernetes ? [{ range: `${componentId} ${release} works on ${kubernetes.oldest} to ${kubernetes.newest}`, oldest: minorOf(kubernetes.oldest) ?? 0, newest: minorOf(kubernetes.newest) ?? Infinity }] : []));
  const unfit = bound.filter(({ oldest, newest }) => minor === undefined || minor < oldest || minor > newest);
  if (unfit.length === 0 && minor !== undefined) return;

  const oldest = Math.max(0, ...bound.map((each) => each.oldest));
  const newest = Math.min(Infinity, ...bound.map((each) => each.newest));
  const reasons = (of: typeof bound): string => of.map(({ range }) => range).join(', ');
  const range = bound.length === 0 ? "a version such as '1.34'" : `1.${oldest} to 1.${newest}, on which every component works`;
  const expected = oldest > newest ? `other components: no version suits all of these (${reasons(bound)})` : `${range}${minor === undefined ? '' : `: ${reasons(unfit)}`}`;
  throw new InvalidInputError({ property: 'kubernetesVersion', value: version, expected, where });
}

function minorOf(version: string): number | undefined {
  const [, minor] = /^v?1\.(\d+)(\.\d+.*)?$/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}
