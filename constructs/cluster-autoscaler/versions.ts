import { InvalidInputError } from '../core';

/** Newest Cluster Autoscaler of each Kubernetes minor: it simulates the scheduler, hence its minor is the cluster's. */
export const CLUSTER_AUTOSCALER_VERSIONS = {
  '1.31': '1.31.5',
  '1.32': '1.32.7',
  '1.33': '1.33.6',
  '1.34': '1.34.5',
  '1.35': '1.35.2',
  '1.36': '1.36.1',
} as const satisfies Readonly<Record<string, string>>;

const VERSIONS: Readonly<Record<string, string>> = CLUSTER_AUTOSCALER_VERSIONS;

/**
 * The Cluster Autoscaler for a version of Kubernetes.
 *
 * @param kubernetesVersion e.g. `1.35` or `1.35.4`
 * @throws InvalidInputError for a version there is none for
 */
export function autoscalerVersion(kubernetesVersion: string, where: string): string {
  const [, minor = ''] = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(kubernetesVersion) ?? [];
  const version = Object.hasOwn(VERSIONS, minor) ? VERSIONS[minor] : undefined;
  if (version === undefined) {
    const minors = Object.keys(VERSIONS);
    throw new InvalidInputError({ property: 'kubernetesVersion', value: kubernetesVersion, expected: `a version of Kubernetes from ${minors[0]} to ${minors.at(-1)}, such as '${minors.at(-1)}'`, where });
  }
  return version;
}
