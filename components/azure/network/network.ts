import * as pulumi from '@pulumi/pulumi';
import * as network from '@pulumi/azure-native/network';
import * as resources from '@pulumi/azure-native/resources';
import type { ClusterNetwork } from '../contracts';
import { planAddresses, type AddressArgs, type AddressPlan, type SubnetName } from './plan';
import { checkIngressFrom, securityRules } from './security-rules';

/** A network that an AKS cluster can be put in. */
export interface AksNetwork extends ClusterNetwork {
  /** Range of pods, in an overlay. */
  readonly podCidr: string;
  /** Range of services. */
  readonly serviceCidr: string;
  /** How many nodes there is room for. */
  readonly maxNodes: number;
}

/** Props of {@link Network}. */
export interface NetworkArgs extends AddressArgs {
  /** E.g. `westeurope`. */
  readonly location: string;
  /** Resource group that exists, and that everything goes to. @default one is made */
  readonly resourceGroup?: string;
  /**
   * From where load balancers of the cluster are reached on ports 80 and 443: ranges, or `Internet` for everyone.
   * @default nowhere outside the network
   */
  readonly ingressFrom?: readonly string[];
  /** Availability zones of the location, which the address that nodes appear with to the Internet spans. @default all three; none with `[]` */
  readonly zones?: readonly string[];
  /** Minutes that an idle connection to the Internet stays open. @default 30 */
  readonly idleTimeoutMinutes?: number;
  /** Tags of all of it. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Services that own the subnets they are delegated to. */
export const DELEGATIONS: Readonly<Partial<Record<SubnetName, string>>> = {
  apiServer: 'Microsoft.ContainerService/managedClusters',
  database: 'Microsoft.DBforMySQL/flexibleServers',
};

/** Subnets whose machines go to the Internet by themselves. */
const OUTBOUND: readonly SubnetName[] = ['nodes'];

/**
 * Resource group and virtual network of a stack: subnets for nodes, API server, private endpoints and database, each with a security group that
 * admits what belongs there and nothing else. Nodes reach the Internet through a NAT gateway and have no address on it.
 *
 * @throws InvalidInputError for ranges that are none, do not fit or overlap
 * @see https://learn.microsoft.com/azure/aks/concepts-network
 */
export class Network extends pulumi.ComponentResource implements AksNetwork {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly virtualNetworkId: pulumi.Output<string>;
  readonly nodeSubnetId: pulumi.Output<string>;
  readonly apiServerSubnetId: pulumi.Output<string>;
  readonly endpointSubnetId: pulumi.Output<string>;
  readonly databaseSubnetId: pulumi.Output<string>;
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly maxNodes: number;
  /** Address that nodes and pods appear with to the Internet, for the allow-lists of others. */
  readonly egressAddress: pulumi.Output<string>;

  constructor(private readonly logicalName: string, private readonly args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planAddresses(args, logicalName);
    checkIngressFrom(args.ingressFrom ?? [], logicalName);
    super('kubeflow-cdk:azure:Network', logicalName, {}, options);
    this.location = args.location;
    this.podCidr = plan.podCidr;
    this.serviceCidr = plan.serviceCidr;
    this.maxNodes = plan.maxNodes;
    this.resourceGroupName = args.resourceGroup === undefined ? new resources.ResourceGroup(logicalName, { location: args.location, tags: args.tags }, { parent: this }).name : pulumi.output(args.resourceGroup);
    const virtualNetwork = new network.VirtualNetwork(logicalName, { ...this.placed(), addressSpace: { addressPrefixes: [plan.cidr] } }, { parent: this });
    this.virtualNetworkId = virtualNetwork.id;
    const { gatewayId, address } = this.natGateway();
    this.egressAddress = address;
    const subnets = this.subnets(plan, virtualNetwork, gatewayId);
    this.nodeSubnetId = subnets.nodes.id;
    this.apiServerSubnetId = subnets.apiServer.id;
    this.endpointSubnetId = subnets.endpoints.id;
    this.databaseSubnetId = subnets.database.id;
    this.registerOutputs({ resourceGroupName: this.resourceGroupName, virtualNetworkId: this.virtualNetworkId, egressAddress: this.egressAddress });
  }

  private placed() {
    return { resourceGroupName: this.resourceGroupName, location: this.location, tags: this.args.tags };
  }

  private natGateway(): { gatewayId: pulumi.Output<string>; address: pulumi.Output<string> } {
    const name = `${this.logicalName}-nat`;
    const zones = this.args.zones ?? ['1', '2', '3'];
    const address = new network.PublicIPAddress(
      name,
      // A gateway without a zone of its own may be in any of them; its address has to be in all.
      { ...this.placed(), sku: { name: 'Standard' }, publicIPAllocationMethod: 'Static', publicIPAddressVersion: 'IPv4', ...(zones.length > 0 && { zones: [...zones] }) },
      { parent: this },
    );
    const gateway = new network.NatGateway(
      name,
      { ...this.placed(), sku: { name: 'Standard' }, idleTimeoutInMinutes: this.args.idleTimeoutMinutes ?? 30, publicIpAddresses: [{ id: address.id }] },
      { parent: this },
    );
    return { gatewayId: gateway.id, address: address.ipAddress.apply((ip) => ip ?? '') };
  }

  private subnets(plan: AddressPlan, virtualNetwork: network.VirtualNetwork, gatewayId: pulumi.Output<string>): Record<SubnetName, network.Subnet> {
    // Azure changes one subnet of a network at a time: each waits for the one before.
    let previous: network.Subnet | undefined;
    const subnet = (name: SubnetName): network.Subnet => {
      const logicalName = `${this.logicalName}-${KEBAB[name]}`;
      const group = new network.NetworkSecurityGroup(logicalName, { ...this.placed(), securityRules: securityRules(name, plan, this.args.ingressFrom ?? []) }, { parent: this });
      const service = DELEGATIONS[name];
      const made = new network.Subnet(
        logicalName,
        {
          resourceGroupName: this.resourceGroupName,
          virtualNetworkName: virtualNetwork.name,
          subnetName: KEBAB[name],
          addressPrefix: plan.subnets[name],
          networkSecurityGroup: { id: group.id },
          defaultOutboundAccess: false,
          privateEndpointNetworkPolicies: name === 'endpoints' ? 'Enabled' : 'Disabled',
          ...(OUTBOUND.includes(name) && { natGateway: { id: gatewayId } }),
          ...(service !== undefined && { delegations: [{ name: KEBAB[name], serviceName: service }] }),
        },
        { parent: this, dependsOn: previous ? [previous] : [] },
      );
      previous = made;
      return made;
    };
    const [nodes, apiServer, endpoints, database] = [subnet('nodes'), subnet('apiServer'), subnet('endpoints'), subnet('database')];
    return { nodes, apiServer, endpoints, database };
  }
}

/** Names of the subnets in Azure. */
const KEBAB: Readonly<Record<SubnetName, string>> = { nodes: 'nodes', apiServer: 'api-server', endpoints: 'endpoints', database: 'database' };

