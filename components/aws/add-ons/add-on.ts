import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { PolicyStatement, TargetCluster } from '../contracts';
import { podIdentityTrust } from '../identity/trust';
import type { AwsIdentity } from '../lookups';
import { allowing } from '../policy-documents';

/** An add-on that EKS keeps up. */
export interface AddOn {
  /** Its name in EKS. */
  readonly addOn: string;
  /** What it is told, in its own schema. @default its defaults */
  readonly configuration?: object;
  /** A ServiceAccount of it that calls AWS, and what it may do there. @default none does */
  readonly access?: AddOnAccess;
}

/** What a ServiceAccount of an add-on may do. */
export interface AddOnAccess {
  readonly serviceAccount: string;
  /** Policies of AWS, by name. @default none */
  readonly managedPolicies?: readonly string[];
  /** @default none */
  readonly statements?: readonly PolicyStatement[];
}

/** Where add-ons are put. */
export interface AddOnPlace {
  readonly parent: pulumi.Resource;
  readonly account: AwsIdentity;
  readonly cluster: TargetCluster;
  readonly dependsOn: readonly pulumi.Resource[];
  readonly permissionsBoundary?: string;
  /** Versions by add-on. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Namespace of the add-ons' ServiceAccounts. */
const NAMESPACE = 'kube-system';

/** Declares an add-on, and the role of its ServiceAccount, which only it can take on. */
export function declareAddOn(name: string, { addOn, configuration, access }: AddOn, place: AddOnPlace): aws.eks.Addon {
  const { parent, cluster, dependsOn, versions } = place;
  const role = access && declareRole(name, access, place);
  const addonVersion = versions[addOn];
  return new aws.eks.Addon(
    name,
    {
      clusterName: cluster.clusterName,
      addonName: addOn,
      ...(addonVersion !== undefined && { addonVersion }),
      ...(configuration && { configurationValues: JSON.stringify(configuration) }),
      ...(role && { podIdentityAssociations: [{ roleArn: role.arn, serviceAccount: access.serviceAccount }] }),
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'OVERWRITE',
    },
    { parent, dependsOn: [...dependsOn, ...(role?.permissions ?? [])] },
  );
}

function declareRole(name: string, { serviceAccount, managedPolicies = [], statements }: AddOnAccess, { parent, account, cluster, permissionsBoundary }: AddOnPlace) {
  const role = new aws.iam.Role(
    name,
    {
      description: `ServiceAccount ${NAMESPACE}/${serviceAccount}`,
      assumeRolePolicy: podIdentityTrust(account, cluster, { namespace: NAMESPACE, name: serviceAccount }),
      ...(permissionsBoundary !== undefined && { permissionsBoundary }),
    },
    { parent },
  );
  const attached = managedPolicies.map(
    (policy) => new aws.iam.RolePolicyAttachment(`${name}-${policy.split('/').at(-1)}`, { role: role.name, policyArn: `arn:${account.partition}:iam::aws:policy/${policy}` }, { parent }),
  );
  const own = statements ? [new aws.iam.RolePolicy(name, { role: role.id, policy: allowing(statements) }, { parent })] : [];
  return { arn: role.arn, permissions: [...attached, ...own] };
}

/**
 * Checks the versions that add-ons are pinned to.
 *
 * @throws InvalidInputError if one is of an add-on that is not declared, or no version of EKS
 */
export function checkVersions(versions: Readonly<Record<string, string>>, addOns: readonly string[], where: string): void {
  for (const [addOn, version] of Object.entries(versions)) {
    if (!addOns.includes(addOn)) throw new InvalidInputError({ property: 'versions', value: addOn, expected: `names of add-ons that are declared: ${addOns.join(', ')}`, where });
    if (!/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) {
      throw new InvalidInputError({ property: `versions.${addOn}`, value: version, expected: "a version as EKS names them, e.g. 'v1.21.1-eksbuild.3'", where });
    }
  }
}
