import * as pulumi from '@pulumi/pulumi';
import * as authorization from '@pulumi/azure-native/authorization';
import * as managedidentity from '@pulumi/azure-native/managedidentity';
import { azureClient, checkDnsLabel, checkObjectName, InvalidInputError, type ServiceAccountRef, type WorkloadIdentity } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { RoleGrant, ServiceAccountIdentities } from '../contracts';
import { roleDefinition } from './role-assignment';

/** Whom a token is for that Entra ID exchanges. @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity */
export const TOKEN_AUDIENCE = 'api://AzureADTokenExchange';

/** Longest name of a managed identity. */
const LONGEST_NAME = 128;
/** What Pulumi adds to a name. */
const SUFFIX = 8;

/** Annotation by which a ServiceAccount waits for what it was granted: one for each grant. */
const GRANTED = 'role-assignments.kubeflow-cdk.dev';

/** Props of {@link ManagedIdentities}. */
export interface ManagedIdentitiesArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  /** Issuer of the cluster's ServiceAccount tokens. */
  readonly issuer: pulumi.Input<string>;
}

interface Member {
  readonly identity: managedidentity.UserAssignedIdentity;
  readonly credential: managedidentity.FederatedIdentityCredential;
  readonly grants: Set<string>;
}

/**
 * Identities in Azure for ServiceAccounts of a cluster: a user-assigned managed identity each, which tokens of exactly this ServiceAccount,
 * issued by exactly this cluster, are exchanged for. Nothing is stored.
 *
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 */
export class ManagedIdentities extends pulumi.ComponentResource implements ServiceAccountIdentities {
  private readonly members = new Map<string, Member>();

  constructor(private readonly logicalName: string, private readonly args: ManagedIdentitiesArgs, options?: pulumi.ComponentResourceOptions) {
    super('kubeflow-cdk:azure:ManagedIdentities', logicalName, {}, options);
    this.registerOutputs({});
  }

  /**
   * Gives exactly this ServiceAccount exactly these roles.
   *
   * @throws InvalidInputError for names that Kubernetes would refuse, an identity whose name is too long for Azure, or a second grant of the same id
   */
  grant(serviceAccount: ServiceAccountRef, id: string, grants: readonly RoleGrant[]): WorkloadIdentity {
    const where = `${this.logicalName}.grant`;
    checkDnsLabel('serviceAccount.namespace', serviceAccount.namespace, where);
    checkObjectName('ServiceAccount', serviceAccount.name, where);
    checkDnsLabel('id', id, where);
    const known = this.members.get(key(serviceAccount));
    if (known?.grants.has(id)) throw new InvalidInputError({ property: 'id', value: id, expected: `another id than that of a grant that ${key(serviceAccount)} has already`, where });
    const member = known ?? this.member(serviceAccount, where);
    member.grants.add(id);
    const assignments = grants.map((grant, index) => this.assign(member, `${logicalNameOf(serviceAccount)}-${id}-${index}`, grant));
    const identity = azureClient(asString(member.identity.clientId, `client id of ${key(serviceAccount)}`));
    // Pods that start before Azure knows what they may do fail, or hold a token without it for as long as that lasts.
    const ready = pulumi.all([member.credential.id, ...assignments.map((assignment) => assignment.id)]).apply((ids) => ids.join(' '));
    return { ...identity, serviceAccountAnnotations: { ...identity.serviceAccountAnnotations, [`${GRANTED}/${id}`]: asString(ready, `roles of ${key(serviceAccount)} for ${id}`) } };
  }

  private member(serviceAccount: ServiceAccountRef, where: string): Member {
    const name = logicalNameOf(serviceAccount);
    if (name.length + SUFFIX > LONGEST_NAME) throw new InvalidInputError({ property: 'serviceAccount', value: key(serviceAccount), expected: `namespace and name of at most ${LONGEST_NAME - SUFFIX - 1} characters together: Azure allows an identity ${LONGEST_NAME}`, where });
    const { resourceGroupName, location, issuer } = this.args;
    const identity = new managedidentity.UserAssignedIdentity(name, { resourceGroupName, location }, { parent: this });
    const credential = new managedidentity.FederatedIdentityCredential(
      name,
      { resourceGroupName, resourceName: identity.name, issuer, subject: `system:serviceaccount:${serviceAccount.namespace}:${serviceAccount.name}`, audiences: [TOKEN_AUDIENCE] },
      { parent: this },
    );
    const member = { identity, credential, grants: new Set<string>() };
    this.members.set(key(serviceAccount), member);
    return member;
  }

  private assign({ identity }: Member, name: string, { roleDefinitionId, scope, condition }: RoleGrant): authorization.RoleAssignment {
    return new authorization.RoleAssignment(
      name,
      {
        principalId: identity.principalId,
        // Without it, Azure looks for the identity in the directory, which may not have it yet.
        principalType: 'ServicePrincipal',
        roleDefinitionId: roleDefinition(roleDefinitionId, scope),
        scope,
        ...(condition !== undefined && { condition, conditionVersion: '2.0' }),
      },
      { parent: this },
    );
  }
}

function key({ namespace, name }: ServiceAccountRef): string {
  return `${namespace}/${name}`;
}

function logicalNameOf({ namespace, name }: ServiceAccountRef): string {
  return `${namespace}-${name.replaceAll('.', '-')}`;
}
