import * as pulumi from '@pulumi/pulumi';
import * as containerservice from '@pulumi/azure-native/containerservice';
import { InvalidInputError } from '../../../constructs/core';
import type { AzureLookups, FoundCluster } from '../lookups';
import { unlessMissing } from '../not-found';
import type { AksTarget } from './aks-cluster';
import { checkKubernetesVersion } from './checks';
import { kubeconfigOf, type SignIn } from './kubeconfig';

/** Which cluster exists already. */
export interface ExistingAksClusterArgs {
  readonly resourceGroup: string;
  readonly clusterName: string;
  /** Versions that the platform runs on, as a semver range. @default any */
  readonly supported?: string;
  /** @default 'azurecli' */
  readonly signIn?: SignIn;
  /** Whether databases take their credentials from a key vault, for which the add-on that mounts them must be there. @default true */
  readonly needsSecretsStore?: boolean;
}

/**
 * A cluster that somebody else has made. Nothing of it is changed.
 *
 * @param options the provider it is asked with
 * @param where section of the configuration, for errors
 * @throws InvalidInputError if there is none, it is stopped or being changed, of an unsupported version, or lacks what the platform needs: Entra ID, managed identities, an OIDC issuer, workload
 * identity, network policies, the secrets provider for key vaults
 */
export async function existingAksCluster(lookups: AzureLookups, args: ExistingAksClusterArgs, options: pulumi.InvokeOptions = {}, where = 'cluster'): Promise<AksTarget> {
  const { resourceGroup, clusterName, signIn = 'azurecli' } = args;
  const found = await unlessMissing(lookups.cluster(resourceGroup, clusterName));
  if (!found) throw new InvalidInputError({ property: 'clusterName', value: clusterName, expected: `the name of a cluster in the resource group '${resourceGroup}'`, where });
  const { oidcIssuer, nodeIdentityPrincipalId, controlPlanePrincipalId } = checkFound(found, args, where);
  checkKubernetesVersion(found.kubernetesVersion, args.supported, where);
  const { tenantId } = await lookups.account();
  const resourceName = lookups.live ? pulumi.output(clusterName) : pulumi.output(pulumi.unknown).apply(() => clusterName);
  // Of a cluster that is only assumed, nobody is asked for anything.
  const credentials = containerservice.listManagedClusterUserCredentialsOutput({ resourceGroupName: resourceGroup, resourceName, format: 'exec' }, options);
  return {
    resourceGroupName: pulumi.output(resourceGroup),
    clusterName: pulumi.output(clusterName),
    kubeconfig: kubeconfigOf(credentials, { context: clusterName, tenantId, signIn }),
    context: clusterName,
    oidcIssuer: pulumi.output(oidcIssuer),
    nodeIdentityPrincipalId: pulumi.output(nodeIdentityPrincipalId),
    controlPlanePrincipalId: pulumi.output(controlPlanePrincipalId),
  };
}

/** What a cluster has, if it will do. */
interface Fit {
  /** Without it, there is no workload identity. */
  readonly oidcIssuer: string;
  readonly nodeIdentityPrincipalId: string;
  readonly controlPlanePrincipalId: string;
}

function checkFound(found: FoundCluster, { clusterName, needsSecretsStore = true }: ExistingAksClusterArgs, where: string): Fit {
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property: 'clusterName', value: clusterName, expected, where });
  };
  if (found.powerState !== 'Running') return refuse(`a cluster that runs; this one is ${found.powerState} ('az aks start' starts it)`);
  if (found.provisioningState !== 'Succeeded') return refuse(`a cluster that is ready; this one is ${found.provisioningState}`);
  if (!found.entraId) return refuse("a cluster with Entra ID ('az aks update --enable-aad')");
  if (found.localAccounts) return refuse("a cluster without local accounts ('az aks update --disable-local-accounts')");
  if (!found.workloadIdentity || found.oidcIssuer === undefined) return refuse("a cluster with workload identity ('az aks update --enable-oidc-issuer --enable-workload-identity')");
  if (found.networkPolicy === undefined || found.networkPolicy === 'none') return refuse("a cluster that enforces network policies ('az aks update --network-policy cilium')");
  if (needsSecretsStore && !found.secretsStore) return refuse("a cluster with the secrets provider for key vaults ('az aks enable-addons --addons azure-keyvault-secrets-provider')");
  const { oidcIssuer, nodeIdentityPrincipalId, controlPlanePrincipalId } = found;
  if (nodeIdentityPrincipalId === undefined || controlPlanePrincipalId === undefined) return refuse("a cluster with managed identities ('az aks update --enable-managed-identity')");
  return { oidcIssuer, nodeIdentityPrincipalId, controlPlanePrincipalId };
}
