import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/** A port that the nodes of a cluster may reach, and nobody else. */
export interface PrivatePort {
  readonly vpcId: pulumi.Input<string>;
  /** Security group of the cluster and its nodes. */
  readonly clusterSecurityGroupId: pulumi.Input<string>;
  readonly port: number;
  /** What is behind it, e.g. `Database of the platform`. */
  readonly description: string;
}

/** A security group for a server: it lets in the cluster on one port, and lets nothing out. */
export function securityGroupFor(name: string, { vpcId, clusterSecurityGroupId, port, description }: PrivatePort, parent: pulumi.Resource): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(name, { vpcId, description }, { parent });
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-from-cluster`,
    { securityGroupId: group.id, referencedSecurityGroupId: clusterSecurityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port, description: 'From the cluster' },
    { parent },
  );
  return group;
}
