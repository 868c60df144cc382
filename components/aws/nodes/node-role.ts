import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AwsIdentity } from '../lookups';
import { trusting } from '../policy-documents';

/** What AWS gives nodes: to join, and to pull images. Addresses for pods are the CNI's business, which has a role of its own. */
export const NODE_POLICIES: readonly string[] = ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly'];
/** What lets people in by Session Manager. */
const SESSION_MANAGER = 'AmazonSSMManagedInstanceCore';

/** Args of {@link NodeRole}. */
export interface NodeRoleArgs {
  readonly account: AwsIdentity;
  /** Lets administrators of the account open a shell on nodes through Session Manager. @default false */
  readonly sessionManager?: boolean;
  /** ARN of a policy that bounds what the role may ever do. @default none */
  readonly permissionsBoundary?: string;
}

/** The role of nodes: they join and pull images, no more. Whatever gets hold of a node has this role, so pods' access is never put here. */
export class NodeRole extends pulumi.ComponentResource {
  /** Known once the role may do what nodes need. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: NodeRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super('kubeflow-cdk:aws:NodeRole', name, {}, options);
    const { account, sessionManager = false, permissionsBoundary } = args;
    const role = new aws.iam.Role(
      name,
      { description: 'Nodes of an EKS cluster', assumeRolePolicy: trusting('ec2.amazonaws.com'), ...(permissionsBoundary !== undefined && { permissionsBoundary }) },
      { parent: this },
    );
    const attached = [...NODE_POLICIES, ...(sessionManager ? [SESSION_MANAGER] : [])].map(
      (policy) => new aws.iam.RolePolicyAttachment(`${name}-${policy}`, { role: role.name, policyArn: `arn:${account.partition}:iam::aws:policy/${policy}` }, { parent: this }),
    );
    this.roleArn = pulumi.all([role.arn, pulumi.all(attached.map(({ id }) => id))]).apply(([arn]) => arn);
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
