import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/**
 * Services that nodes and controllers reach inside the VPC, so that neither images nor credentials depend on the NAT gateways.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
export const INTERFACE_ENDPOINTS = ['ecr.api', 'ecr.dkr', 'sts', 'ec2', 'logs', 'eks', 'eks-auth', 'elasticloadbalancing', 'autoscaling'] as const;

/** One of {@link INTERFACE_ENDPOINTS}. */
export type InterfaceEndpoint = (typeof INTERFACE_ENDPOINTS)[number];

/** What endpoints of a VPC need to know. */
export interface EndpointPlace {
  readonly parent: pulumi.Resource;
  readonly region: string;
  readonly vpcId: pulumi.Output<string>;
  /** Range that may call. */
  readonly cidr: string;
  readonly subnetIds: readonly pulumi.Output<string>[];
  readonly routeTableIds: readonly pulumi.Output<string>[];
}

/** Ways to services of AWS that leave the VPC by no gateway to the internet. */
export function declareEndpoints(name: string, services: readonly InterfaceEndpoint[], place: EndpointPlace): void {
  const { parent, region, vpcId, cidr, subnetIds, routeTableIds } = place;
  new aws.ec2.VpcEndpoint(
    `${name}-s3`,
    { vpcId, vpcEndpointType: 'Gateway', serviceName: `com.amazonaws.${region}.s3`, routeTableIds: [...routeTableIds], tags: { Name: `${name}-s3` } },
    { parent },
  );
  if (services.length === 0) return;
  const callers = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      description: 'HTTPS from inside the VPC to the endpoints of AWS services',
      vpcId,
      ingress: [{ description: 'from the VPC', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: [cidr] }],
      egress: [],
      tags: { Name: `${name}-endpoints` },
    },
    { parent },
  );
  for (const service of services) {
    const id = `${name}-${service.replace('.', '-')}`;
    new aws.ec2.VpcEndpoint(
      id,
      {
        vpcId,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${region}.${service}`,
        subnetIds: [...subnetIds],
        securityGroupIds: [callers.id],
        privateDnsEnabled: true,
        tags: { Name: id },
      },
      { parent },
    );
  }
}
