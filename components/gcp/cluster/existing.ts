import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { GcpLookups } from '../lookups';
import { contextName, type GkeTarget, kubeconfigText } from './target';
import { isSupported } from './version';

/** Which cluster to use. */
export interface ExistingClusterArgs {
  /** Name of the cluster, in the region of the lookups. */
  readonly name: string;
  /** Kubernetes versions that every component supports, e.g. `>=1.33.0 <1.37.0`. */
  readonly supported: string;
}

/**
 * A GKE cluster that exists.
 *
 * @param where the configuration section, e.g. `cluster`
 * @throws InvalidInputError if there is none of that name, its version is not supported, or the platform cannot work in it (Autopilot, no Workload Identity,
 * network policies that nothing enforces)
 */
export async function existingGkeCluster(lookups: GcpLookups, { name, supported }: ExistingClusterArgs, where: string): Promise<GkeTarget> {
  const { project, region } = lookups;
  const found = await lookups.cluster(name);
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property: 'existing.name', value: name, expected, where });
  };
  if (!found) return refuse(`a cluster of project '${project}' in region '${region}'`);
  if (!isSupported(found.version, supported)) refuse(`a cluster of a version that every component supports (${supported}; it has ${found.version})`);
  if (found.autopilot) refuse('a Standard cluster: Autopilot takes neither privileged agents nor node pools');
  const { workloadPool } = found;
  if (workloadPool === undefined) return refuse('a cluster with Workload Identity (workloadIdentityConfig.workloadPool)');
  if (!found.enforcesNetworkPolicies) refuse('a cluster that enforces network policies (datapathProvider ADVANCED_DATAPATH)');
  const context = contextName(project, region, name);
  return {
    project,
    location: region,
    clusterName: pulumi.output(name),
    workloadPool: pulumi.output(workloadPool),
    kubeconfig: pulumi.secret(kubeconfigText(context, { host: found.endpoint, ca: found.ca })),
    context,
  };
}
