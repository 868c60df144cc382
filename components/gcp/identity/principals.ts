import * as pulumi from '@pulumi/pulumi';
import { gcpPrincipal, type ServiceAccountRef, type WorkloadIdentity } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { GkeTarget } from '../cluster/target';
import type { ServiceAccountPrincipals } from '../contracts';

/** Props of {@link WorkloadPrincipals}. */
export interface WorkloadPrincipalsArgs {
  readonly cluster: GkeTarget;
  /** Number of the cluster's project. */
  readonly projectNumber: string;
}

/**
 * ServiceAccounts of a cluster as members of IAM policies: each by its own name, without a service account of Google's that it would act as.
 *
 * All clusters of a project share one pool: a ServiceAccount of the same name and namespace in another cluster of the project is the same member.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
 */
export class WorkloadPrincipals implements ServiceAccountPrincipals {
  /** What each ServiceAccount has been granted, by its namespace and name. */
  private readonly granted = new Map<string, ReadonlySet<pulumi.CustomResource>>();

  constructor(private readonly args: WorkloadPrincipalsArgs) {}

  member({ namespace, name }: ServiceAccountRef): pulumi.Output<string> {
    const { cluster, projectNumber } = this.args;
    return pulumi.interpolate`principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${cluster.workloadPool}/subject/ns/${namespace}/sa/${name}`;
  }

  /** Whoever is granted several things gets an identity for each, of which the last knows them all: its ServiceAccount has one annotation for them. */
  identity({ namespace, name }: ServiceAccountRef, grants: readonly pulumi.CustomResource[]): WorkloadIdentity {
    const key = `${namespace}/${name}`;
    const all = new Set([...(this.granted.get(key) ?? []), ...grants]);
    this.granted.set(key, all);
    if (all.size === 0) return gcpPrincipal();
    const made = pulumi.all([...all].map(({ id }) => id)).apply((ids) => ids.join(','));
    return gcpPrincipal(asString(made, `IAM grants of ServiceAccount ${key}`));
  }
}
