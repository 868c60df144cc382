import * as semver from 'semver';
import { InvalidInputError } from '../../../constructs/core';
import type { AzureLookups } from '../lookups';
import { checkRange } from '../network/cidr';
import { checkPool, checkTogether } from '../nodes/checks';
import type { AksClusterArgs } from './args';

/** Names of clusters. @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerservice */
export const CLUSTER_NAME = /^[a-z0-9]([-_a-z0-9]{0,61}[a-z0-9])?$/i;
/** Ranges that an API server can be told to answer. @see https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges */
export const MOST_AUTHORIZED_RANGES = 200;
/** A range as large as this is no allow-list. */
const WIDEST_AUTHORIZED_RANGE = 8;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Checks everything that can be, before the first resource.
 *
 * @throws InvalidInputError
 */
export function checkCluster(args: AksClusterArgs, name: string, where: string): void {
  if (!CLUSTER_NAME.test(name)) throw new InvalidInputError({ property: 'clusterName', value: name, expected: '1 to 63 letters, digits, hyphens and underscores, a letter or digit at either end', where });
  checkKubernetesVersion(args.kubernetesVersion, args.supported, where);
  const ranges = args.authorizedIpRanges;
  if (ranges) {
    if (ranges.length === 0 || ranges.length > MOST_AUTHORIZED_RANGES) throw new InvalidInputError({ property: 'authorizedIpRanges', value: `${ranges.length} ranges`, expected: `1 to ${MOST_AUTHORIZED_RANGES} ranges, or the property left out for a private API server`, where });
    for (const [index, cidr] of ranges.entries()) checkRange({ property: `authorizedIpRanges[${index}]`, cidr }, { largest: WIDEST_AUTHORIZED_RANGE, smallest: 32 }, where);
    if (args.publicDnsName !== undefined) throw new InvalidInputError({ property: 'publicDnsName', value: args.publicDnsName, expected: 'nothing where authorizedIpRanges is set: the API server is public then', where });
  }
  for (const [index, id] of (args.adminGroupObjectIds ?? []).entries()) checkUuid(`adminGroupObjectIds[${index}]`, id, 'the object id of an Entra group, a UUID', where);
  checkUuid('tenantId', args.tenantId, 'the id of a directory, a UUID', where);
  if (args.deployerObjectId !== undefined) checkUuid('deployerObjectId', args.deployerObjectId, 'the object id of a user, an application or a managed identity, a UUID', where);
  checkPool(args.systemPool, 'systemPool', where);
  checkTogether([args.systemPool], args.network.maxNodes, where);
}

/**
 * Checks that the platform runs on a version of Kubernetes.
 *
 * @param version minor or patch, e.g. `1.34`, `1.34.1`
 * @param supported semver range; without, any will do
 * @throws InvalidInputError
 */
export function checkKubernetesVersion(version: string, supported: string | undefined, where: string): void {
  const [, minor, patch = '.0'] = /^(1\.\d+)(\.\d+)?$/.exec(version) ?? [];
  if (minor === undefined) throw new InvalidInputError({ property: 'kubernetesVersion', value: version, expected: "a version such as '1.34', whose patches come by themselves, or '1.34.1'", where });
  if (supported !== undefined && !semver.satisfies(`${minor}${patch}`, supported)) {
    throw new InvalidInputError({ property: 'kubernetesVersion', value: version, expected: `a version that the platform runs on: ${supported}`, where });
  }
}

/**
 * Checks that AKS offers a version in a location.
 *
 * @throws InvalidInputError naming those that it does
 */
export async function checkVersionOffered(lookups: AzureLookups, location: string, version: string, where = 'cluster'): Promise<void> {
  const offered = await lookups.kubernetesVersions(location);
  if (offered && !offered.includes(version)) {
    throw new InvalidInputError({ property: 'kubernetesVersion', value: version, expected: `a version that AKS offers in ${location}: ${[...offered].sort().join(', ')}`, where });
  }
}

function checkUuid(property: string, value: string, expected: string, where: string): void {
  if (!UUID.test(value)) throw new InvalidInputError({ property, value, expected, where });
}
