import * as pulumi from '@pulumi/pulumi';
import * as authorization from '@pulumi/azure-native/authorization';
import * as containerservice from '@pulumi/azure-native/containerservice';
import type { NodePoolCapacity } from '../../capacity';
import { protectedBy } from '../../retention';
import { AKS_RBAC_CLUSTER_ADMIN, roleDefinition } from '../identity/role-assignment';
import { poolCapacity } from '../nodes';
import type { AksClusterArgs } from './args';
import { auditLogs } from './audit';
import { checkCluster } from './checks';
import { clusterIdentities } from './control-plane-identity';
import { clusterDescription } from './description';
import { kubeconfigOf } from './kubeconfig';
import { checkMaintenance, maintenanceWindows } from './maintenance';

/** A cluster that a platform can be put on. */
export interface AksTarget {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  /** Without a credential: who uses it signs in to Entra ID. Secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Issuer of the cluster's ServiceAccount tokens. */
  readonly oidcIssuer: pulumi.Output<string>;
  /** Object id of the identity that nodes pull images with. */
  readonly nodeIdentityPrincipalId: pulumi.Output<string>;
  /** Object id of the identity that the control plane, and with it the storage drivers, act as. */
  readonly controlPlanePrincipalId: pulumi.Output<string>;
}

/**
 * An AKS cluster: API server inside the network, private or for an allow-list; people by Entra ID and Azure RBAC only; secrets and disks encrypted with keys of
 * their own; pods in an overlay with network policies by Cilium; identities for ServiceAccounts; every log of the control plane kept.
 *
 * @throws InvalidInputError
 * @see https://learn.microsoft.com/azure/aks/
 */
export class AksCluster extends pulumi.ComponentResource implements AksTarget {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  readonly clusterId: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly context: string;
  readonly oidcIssuer: pulumi.Output<string>;
  readonly nodeIdentityPrincipalId: pulumi.Output<string>;
  readonly controlPlanePrincipalId: pulumi.Output<string>;
  /** What the system pool has. */
  readonly capacity: readonly NodePoolCapacity[];

  constructor(name: string, args: AksClusterArgs, options?: pulumi.ComponentResourceOptions) {
    const clusterName = args.clusterName ?? name;
    checkCluster(args, clusterName, name);
    checkMaintenance(args.maintenance, name);
    const capacity = [poolCapacity(args.systemPool, name)];
    super('kubeflow-cdk:azure:AksCluster', name, {}, options);
    this.capacity = capacity;
    this.context = clusterName;
    const retention = args.retention ?? 'keep';
    const identities = clusterIdentities(name, args, this);
    const cluster = new containerservice.ManagedCluster(name, clusterDescription(args, clusterName, identities), {
      ...protectedBy(retention, this),
      dependsOn: [...identities.roles, ...args.keys.secretsKey.access],
      // How many nodes there are is the autoscaler's to say.
      ignoreChanges: ['agentPoolProfiles[0].count'],
      // Azure takes a long while over clusters with a network of their own.
      customTimeouts: { create: '60m', update: '90m', delete: '60m' },
    });
    this.resourceGroupName = args.network.resourceGroupName;
    this.clusterName = cluster.name;
    this.clusterId = cluster.id;
    this.nodeIdentityPrincipalId = identities.nodes.principalId;
    this.controlPlanePrincipalId = identities.controlPlane.principalId;
    this.oidcIssuer = issuerOf(cluster, clusterName);
    auditLogs(name, cluster.id, args.workspaceId, this);
    maintenanceWindows(name, cluster, args.network.resourceGroupName, args.maintenance, this);
    if (retention === 'keep') {
      new authorization.ManagementLockByScope(name, { scope: cluster.id, level: 'CanNotDelete', notes: 'Deleted only after its stack says so (retention: delete).' }, { parent: this });
    }
    this.kubeconfig = this.signedIn(name, cluster, args);
    this.registerOutputs({ clusterName: this.clusterName, oidcIssuer: this.oidcIssuer, kubeconfig: this.kubeconfig, context: this.context });
  }

  /** The kubeconfig, once whoever deploys may use it. */
  private signedIn(name: string, cluster: containerservice.ManagedCluster, args: AksClusterArgs): pulumi.Output<string> {
    const deployer =
      args.deployerObjectId === undefined
        ? []
        : [
            new authorization.RoleAssignment(
              `${name}-deployer`,
              { principalId: args.deployerObjectId, roleDefinitionId: roleDefinition(AKS_RBAC_CLUSTER_ADMIN, cluster.id), scope: cluster.id },
              { parent: this },
            ),
          ];
    const credentials = containerservice.listManagedClusterUserCredentialsOutput(
      {
        resourceGroupName: args.network.resourceGroupName,
        // Asked for after the role is there, so that nobody signs in before.
        resourceName: pulumi.all([cluster.name, ...deployer.map(({ id }) => id)]).apply(([resourceName]) => resourceName ?? ''),
        format: 'exec',
        ...(args.publicDnsName === true && { serverFqdn: 'public' }),
      },
      { parent: this },
    );
    return kubeconfigOf(credentials, { context: this.context, tenantId: args.tenantId, signIn: args.signIn ?? 'azurecli' });
  }
}

/** The issuer; unknown until there is a cluster. */
function issuerOf(cluster: containerservice.ManagedCluster, clusterName: string): pulumi.Output<string> {
  const stated = pulumi.all([cluster.id, cluster.oidcIssuerProfile]).apply(([, profile]) => {
    if (profile?.issuerURL) return profile.issuerURL;
    // A preview of a change may show what is given, and not what Azure has made of it.
    if (pulumi.runtime.isDryRun()) return pulumi.unknown;
    throw new Error(`AKS states no OIDC issuer for the cluster ${clusterName}`);
  });
  return stated.apply((issuer) => (typeof issuer === 'string' ? issuer : ''));
}
