import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import { checkLogRetention } from '../log-retention';
import type { AwsIdentity } from '../lookups';
import { checkServiceCidr, checkVpcCidr, DEFAULT_SERVICE_CIDR, layOut, type ZoneSubnets } from './cidr';
import { declareEndpoints, INTERFACE_ENDPOINTS, type InterfaceEndpoint } from './endpoints';
import { declareFlowLogs } from './flow-logs';
import { checkZones } from './zones';

/** Args of {@link Network}. */
export interface NetworkArgs {
  readonly account: AwsIdentity;
  /** IPv4 range of the VPC, /16 to /22 of a private range. Pods have addresses of it too. @default '10.0.0.0/16' */
  readonly cidr?: string;
  /** Range the cluster's Services will have: must not overlap. @default '172.20.0.0/16' */
  readonly serviceCidr?: string;
  /** Names of two zones or more, as `chooseZones` finds them. */
  readonly zones: readonly string[];
  /** `one-per-zone` survives the loss of a zone and pays for no traffic between zones; `single` costs a third. @default 'one-per-zone' */
  readonly natGateways?: 'one-per-zone' | 'single';
  /** Services reached inside the VPC. Each is billed by the hour and zone. S3 is always, and costs nothing. @default all of them */
  readonly endpoints?: readonly InterfaceEndpoint[];
  /** KMS key for the flow logs; its policy must let CloudWatch Logs use it (`users: ['logs']`). */
  readonly keyArn: pulumi.Input<string>;
  /** Days flow logs are kept. @default 365 */
  readonly flowLogRetentionDays?: number;
  /** Of the flow logs. @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A VPC for a cluster: large private subnets for nodes and pods, small public ones for NAT gateways and load balancers, a way to AWS's services that
 * avoids the internet, and a record of all traffic.
 *
 * @throws InvalidInputError if ranges are no private ones, too small, or overlap; if there are too few zones
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export class Network extends pulumi.ComponentResource implements ClusterNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: pulumi.Output<string>;
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly zones: readonly string[];

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    const { account, cidr = '10.0.0.0/16', serviceCidr = DEFAULT_SERVICE_CIDR, zones, endpoints = INTERFACE_ENDPOINTS, flowLogRetentionDays = 365, retention = 'keep' } = args;
    const block = checkVpcCidr(cidr, name);
    checkServiceCidr(serviceCidr, block, name);
    checkZones(zones, name);
    checkLogRetention('flowLogRetentionDays', flowLogRetentionDays, name);
    super('kubeflow-cdk:aws:Network', name, {}, options);
    const vpc = new aws.ec2.Vpc(name, { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } }, { parent: this });
    // What names no security group gets this one: with no rules, nothing works by accident.
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [], tags: { Name: `${name}-default-closed` } }, { parent: this });
    declareFlowLogs(`${name}-flow-logs`, { parent: this, account, vpcId: vpc.id, keyArn: args.keyArn, retentionDays: flowLogRetentionDays, retention });

    const subnets = layOut(block, zones);
    const ways = this.declarePublic(name, vpc, subnets);
    const natGateways = this.declareNat(name, args.natGateways ?? 'one-per-zone', subnets, ways.subnets, ways.internet);
    const inside = this.declarePrivate(name, vpc, subnets, natGateways);

    this.vpcId = vpc.id;
    this.cidr = vpc.cidrBlock;
    // Nodes are useless before they have a way out: whoever takes a subnet waits for its routes.
    this.privateSubnetIds = inside.map(({ subnet, ready }) => pulumi.all([subnet.id, ready]).apply(([id]) => id));
    this.publicSubnetIds = ways.subnets.map(({ id }) => id);
    this.zones = zones;
    declareEndpoints(name, endpoints, {
      parent: this,
      region: account.region,
      vpcId: vpc.id,
      cidr,
      subnetIds: inside.map(({ subnet }) => subnet.id),
      routeTableIds: [ways.table.id, ...inside.map(({ table }) => table.id)],
    });
    this.registerOutputs({ vpcId: this.vpcId });
  }

  private declarePublic(name: string, vpc: aws.ec2.Vpc, zones: readonly ZoneSubnets[]) {
    const internet = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, { parent: this });
    const table = new aws.ec2.RouteTable(`${name}-public`, { vpcId: vpc.id, tags: { Name: `${name}-public` } }, { parent: this });
    new aws.ec2.Route(`${name}-public`, { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0', gatewayId: internet.id }, { parent: this });
    const subnets = zones.map(({ zone, publicCidr }) => {
      const id = `${name}-public-${zone}`;
      const tags = { Name: id, 'kubernetes.io/role/elb': '1' };
      const subnet = new aws.ec2.Subnet(id, { vpcId: vpc.id, availabilityZone: zone, cidrBlock: publicCidr, mapPublicIpOnLaunch: false, tags }, { parent: this });
      new aws.ec2.RouteTableAssociation(id, { subnetId: subnet.id, routeTableId: table.id }, { parent: this });
      return subnet;
    });
    return { internet, table, subnets };
  }

  private declareNat(name: string, how: 'one-per-zone' | 'single', zones: readonly ZoneSubnets[], subnets: readonly aws.ec2.Subnet[], internet: aws.ec2.InternetGateway) {
    return (how === 'single' ? subnets.slice(0, 1) : subnets).map((subnet, index) => {
      const id = `${name}-nat-${zones[index]?.zone}`;
      const address = new aws.ec2.Eip(id, { domain: 'vpc', tags: { Name: id } }, { parent: this, dependsOn: [internet] });
      return new aws.ec2.NatGateway(id, { subnetId: subnet.id, allocationId: address.id, tags: { Name: id } }, { parent: this, dependsOn: [internet] });
    });
  }

  private declarePrivate(name: string, vpc: aws.ec2.Vpc, zones: readonly ZoneSubnets[], natGateways: readonly aws.ec2.NatGateway[]) {
    return zones.map(({ zone, privateCidr }, index) => {
      const id = `${name}-private-${zone}`;
      const tags = { Name: id, 'kubernetes.io/role/internal-elb': '1' };
      const subnet = new aws.ec2.Subnet(id, { vpcId: vpc.id, availabilityZone: zone, cidrBlock: privateCidr, mapPublicIpOnLaunch: false, tags }, { parent: this });
      const table = new aws.ec2.RouteTable(id, { vpcId: vpc.id, tags: { Name: id } }, { parent: this });
      const nat = natGateways[index] ?? natGateways[0];
      const route = new aws.ec2.Route(id, { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0', ...(nat && { natGatewayId: nat.id }) }, { parent: this });
      const association = new aws.ec2.RouteTableAssociation(id, { subnetId: subnet.id, routeTableId: table.id }, { parent: this });
      return { subnet, table, ready: pulumi.all([route.id, association.id]) };
    });
  }
}
