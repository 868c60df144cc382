import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { awsPodIdentity, awsRole, checkDnsLabel, InvalidInputError, type ServiceAccountRef, type WorkloadIdentity } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { PolicyStatement, ServiceAccountRoles, TargetCluster } from '../contracts';
import type { AwsIdentity } from '../lookups';
import { allowing } from '../policy-documents';
import { irsaTrust, podIdentityTrust, STS_AUDIENCE } from './trust';

/** Args of {@link PodIdentityRoles}. */
export interface PodIdentityRolesArgs {
  readonly account: AwsIdentity;
  readonly cluster: TargetCluster;
  /**
   * How pods prove who they are: `pod-identity` by the agent on their node (add-on `eks-pod-identity-agent`), `irsa` by a token that IAM checks with the
   * cluster's issuer. `irsa` also works where the agent does not run, e.g. on Fargate.
   * @default 'pod-identity'
   */
  readonly method?: 'pod-identity' | 'irsa';
  /** ARN of a policy that bounds what any of the roles may ever do. @default none */
  readonly permissionsBoundary?: string;
}

interface Granted {
  readonly role: aws.iam.Role;
  readonly identity: WorkloadIdentity;
  readonly ids: Set<string>;
}

/** Longest prefix of a role's name. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_ROLE_PREFIX = 38;

/** A role for each ServiceAccount that needs AWS, which no other ServiceAccount and no other cluster can take on. */
export class PodIdentityRoles extends pulumi.ComponentResource implements ServiceAccountRoles {
  private readonly granted = new Map<string, Granted>();
  private provider: aws.iam.OpenIdConnectProvider | undefined;

  constructor(
    private readonly id: string,
    private readonly args: PodIdentityRolesArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    const { permissionsBoundary } = args;
    if (permissionsBoundary !== undefined && !/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+/.test(permissionsBoundary)) {
      throw new InvalidInputError({ property: 'permissionsBoundary', value: permissionsBoundary, expected: "the ARN of a policy, e.g. 'arn:aws:iam::123456789012:policy/boundary'", where: id });
    }
    super('kubeflow-cdk:aws:PodIdentityRoles', id, {}, options);
    this.registerOutputs({});
  }

  /** @throws InvalidInputError if `id` is no DNS label or was granted to the ServiceAccount before, or an action is not spelled out */
  grant(serviceAccount: ServiceAccountRef, id: string, statements: readonly PolicyStatement[]): WorkloadIdentity {
    const { namespace, name } = serviceAccount;
    const where = `${this.id}: access of ${namespace}/${name}`;
    checkDnsLabel('id', id, where);
    checkStatements(statements, where);
    const key = `${namespace}/${name}`;
    if (this.granted.get(key)?.ids.has(id)) throw new InvalidInputError({ property: 'id', value: id, expected: 'an id that the ServiceAccount has been granted nothing under yet', where });
    const granted = this.granted.get(key) ?? this.declareRole(serviceAccount);
    this.granted.set(key, granted);
    granted.ids.add(id);
    new aws.iam.RolePolicy(`${this.id}-${namespace}-${name}-${id}`, { role: granted.role.id, policy: allowing(statements) }, { parent: this });
    return granted.identity;
  }

  private declareRole(serviceAccount: ServiceAccountRef): Granted {
    const { account, cluster, method = 'pod-identity', permissionsBoundary } = this.args;
    const { namespace, name } = serviceAccount;
    const id = `${this.id}-${namespace}-${name}`;
    const assumeRolePolicy = method === 'irsa' ? irsaTrust(this.issuer().arn, cluster.oidcIssuer, serviceAccount) : podIdentityTrust(account, cluster, serviceAccount);
    const role = new aws.iam.Role(
      id,
      {
        // The full name may be longer than IAM takes.
        namePrefix: `${namespace}-${name}-`.slice(0, LONGEST_ROLE_PREFIX),
        description: `ServiceAccount ${namespace}/${name}`,
        assumeRolePolicy,
        ...(permissionsBoundary !== undefined && { permissionsBoundary }),
      },
      { parent: this },
    );
    if (method === 'irsa') return { role, ids: new Set(), identity: awsRole(asString(role.arn, `role of ServiceAccount ${namespace}/${name}`)) };
    const association = new aws.eks.PodIdentityAssociation(id, { clusterName: cluster.clusterName, namespace, serviceAccount: name, roleArn: role.arn }, { parent: this });
    return { role, ids: new Set(), identity: awsPodIdentity(asString(association.associationId, `association of ServiceAccount ${namespace}/${name}`)) };
  }

  /** The cluster's issuer, once made known to IAM. */
  private issuer(): aws.iam.OpenIdConnectProvider {
    this.provider ??= new aws.iam.OpenIdConnectProvider(this.id, { url: this.args.cluster.oidcIssuer, clientIdLists: [STS_AUDIENCE] }, { parent: this });
    return this.provider;
  }
}

function checkStatements(statements: readonly PolicyStatement[], where: string): void {
  if (statements.length === 0) throw new InvalidInputError({ property: 'statements', value: statements, expected: 'one statement or more', where });
  for (const [index, { actions, resources }] of statements.entries()) {
    const vague = actions.find((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action));
    if (vague !== undefined || actions.length === 0) {
      throw new InvalidInputError({ property: `statements[${index}].actions`, value: vague ?? actions, expected: "actions spelled out, without wildcards, e.g. 's3:GetObject'", where });
    }
    if (resources.length === 0) throw new InvalidInputError({ property: `statements[${index}].resources`, value: resources, expected: 'one ARN or more', where });
  }
}
