import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { protectedBy } from '../../retention';
import type { TargetCluster } from '../contracts';
import { DEFAULT_SERVICE_CIDR } from '../network/cidr';
import { allowing, trusting } from '../policy-documents';
import { checkClusterArgs, CLUSTER_LOG_TYPES, DEFAULT_LOG_RETENTION_DAYS, type EksClusterArgs } from './cluster-args';
import { kubeconfigText } from './kubeconfig';

/**
 * The control plane of an EKS cluster. Its API server is reached in the VPC (and from the ranges that are named), access is by entries in EKS, Secrets
 * and logs are encrypted with a key of the account, and everything it can log is logged. It has no nodes and no add-ons yet.
 *
 * @throws InvalidInputError if the version, name, ranges or administrators cannot work
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 */
export class EksCluster extends pulumi.ComponentResource implements TargetCluster {
  readonly clusterName: pulumi.Output<string>;
  readonly version: string;
  readonly endpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  readonly oidcIssuer: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly context: string;

  constructor(name: string, args: EksClusterArgs, options?: pulumi.ComponentResourceOptions) {
    checkClusterArgs(args, name);
    super('kubeflow-cdk:aws:EksCluster', name, {}, options);
    const { account, network, clusterName, publicAccessCidrs = [], retention = 'keep' } = args;
    const logs = new aws.cloudwatch.LogGroup(
      name,
      // EKS writes to a group of this name, and makes one without a key if there is none.
      { name: `/aws/eks/${clusterName}/cluster`, kmsKeyId: args.keyArn, retentionInDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS },
      protectedBy(retention, this),
    );
    const { role, permissions } = this.declareRole(name, args);
    const cluster = new aws.eks.Cluster(
      name,
      {
        name: clusterName,
        version: args.kubernetesVersion,
        roleArn: role.arn,
        accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
        vpcConfig: {
          subnetIds: [...network.privateSubnetIds],
          endpointPrivateAccess: true,
          endpointPublicAccess: publicAccessCidrs.length > 0,
          ...(publicAccessCidrs.length > 0 && { publicAccessCidrs: [...publicAccessCidrs] }),
        },
        kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: args.serviceCidr ?? DEFAULT_SERVICE_CIDR },
        encryptionConfig: { provider: { keyArn: args.keyArn }, resources: ['secrets'] },
        enabledClusterLogTypes: [...CLUSTER_LOG_TYPES],
        upgradePolicy: { supportType: args.support === 'extended' ? 'EXTENDED' : 'STANDARD' },
        bootstrapSelfManagedAddons: false,
        deletionProtection: retention === 'keep',
      },
      { ...protectedBy(retention, this), dependsOn: [logs, ...permissions] },
    );
    const access = args.administrators.map((arn) => this.declareAdministrator(name, cluster, arn, account.partition));

    this.context = clusterName;
    this.version = args.kubernetesVersion;
    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.oidcIssuer = cluster.identities.apply((identities) => identities[0]?.oidcs?.[0]?.issuer ?? '');
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    const { profile, accessRoleArn } = args;
    // Of no use before the deployer has access.
    const admitted = pulumi.all(access.map(({ id }) => id));
    this.kubeconfig = pulumi.secret(
      pulumi.all([this.endpoint, this.certificateAuthority, admitted]).apply(([endpoint, certificateAuthority]) =>
        kubeconfigText({ clusterName, region: account.region, endpoint, certificateAuthority, context: clusterName, ...(profile !== undefined && { profile }), ...(accessRoleArn !== undefined && { roleArn: accessRoleArn }) }),
      ),
    );
    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, kubeconfig: this.kubeconfig });
  }

  private declareRole(name: string, { account, keyArn, permissionsBoundary }: EksClusterArgs) {
    const role = new aws.iam.Role(
      name,
      {
        description: 'The control plane of an EKS cluster',
        assumeRolePolicy: trusting('eks.amazonaws.com'),
        ...(permissionsBoundary !== undefined && { permissionsBoundary }),
      },
      { parent: this },
    );
    const cluster = new aws.iam.RolePolicyAttachment(name, { role: role.name, policyArn: `arn:${account.partition}:iam::aws:policy/AmazonEKSClusterPolicy` }, { parent: this });
    const key = new aws.iam.RolePolicy(
      name,
      { role: role.id, policy: allowing([{ actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey'], resources: [keyArn] }]) },
      { parent: this },
    );
    return { role, permissions: [cluster, key] };
  }

  private declareAdministrator(name: string, cluster: aws.eks.Cluster, principalArn: string, partition: string): aws.eks.AccessPolicyAssociation {
    const id = `${name}-${principalArn.split(':').slice(4).join('-').replaceAll('/', '-')}`;
    const entry = new aws.eks.AccessEntry(id, { clusterName: cluster.name, principalArn, type: 'STANDARD' }, { parent: this });
    return new aws.eks.AccessPolicyAssociation(
      id,
      { clusterName: cluster.name, principalArn: entry.principalArn, policyArn: `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`, accessScope: { type: 'cluster' } },
      { parent: this },
    );
  }
}
