import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import type { ClusterNetwork } from '../contracts';
import { checkApart, checkRoom, MAX_PODS_LIMITS, type Range, RANGE_LIMITS, readRange } from './ranges';

/** Names of the subnet's secondary ranges. */
const POD_RANGE = 'pods';
const SERVICE_RANGE = 'services';

/** What Google calls the far end of the peering. */
export const SERVICE_NETWORKING = 'servicenetworking.googleapis.com';

/** Share of connections that are in the flow logs unless told otherwise. */
const SAMPLING = 0.5;

/** Ports on which the platform's webhooks listen, in the pods. */
export const WEBHOOK_PORTS = ['8443', '9443', '10250', '15017'];

/** Props of {@link Network}. */
export interface NetworkArgs {
  readonly region: string;
  /** Range of the nodes, /8 to /29. @default '10.0.0.0/20' */
  readonly cidr?: string;
  /** Range of the pods, /9 to /21. @default '10.4.0.0/14' */
  readonly podCidr?: string;
  /** Range of the Services, /16 to /28. @default '10.8.0.0/20' */
  readonly serviceCidr?: string;
  /** Range of the control plane's private endpoint, a /28. @default '172.16.0.0/28' */
  readonly controlPlaneCidr?: string;
  /** Range that Cloud SQL and Filestore take private addresses from, /16 to /24. @default '10.9.0.0/20' */
  readonly managedServicesCidr?: string;
  /** Nodes that there may be in all pools together. @default 100 */
  readonly maxNodes?: number;
  /** Pods on a node, 8 to 256. GKE sets aside twice as many addresses for each node. @default 110 */
  readonly maxPodsPerNode?: number;
  /** Share of connections that flow logs have, above 0 and at most 1. More of them cost more. @default 0.5 */
  readonly flowLogSampling?: number;
  /** TCP ports of nodes and pods that the control plane may call besides 443 and 10250, for webhooks. @default those of the platform's webhooks */
  readonly webhookPorts?: readonly string[];
}

/**
 * A VPC with one subnet, made for one cluster: addresses for nodes, pods and Services, nothing that is reached from the internet, a way out through
 * Cloud NAT, Google's APIs and managed services by private addresses, and logs of all of it.
 *
 * @throws InvalidInputError for ranges that are too small, overlap, are public, or of a size that GKE does not take
 * @see https://cloud.google.com/kubernetes-engine/docs/best-practices/networking
 */
export class Network extends pulumi.ComponentResource implements ClusterNetwork {
  readonly networkId: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  readonly cidr: string;
  readonly podRange = POD_RANGE;
  readonly serviceRange = SERVICE_RANGE;
  /** Range for {@link GkeClusterArgs.controlPlaneCidr}. */
  readonly controlPlaneCidr: string;
  readonly maxPodsPerNode: number;
  readonly serviceConnection: gcp.servicenetworking.Connection;

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planNetwork(name, args);
    super('kubeflow-cdk:gcp:Network', name, {}, options);
    const { region } = args;
    const vpc = new gcp.compute.Network(name, { autoCreateSubnetworks: false, routingMode: 'REGIONAL' }, { parent: this });
    const subnet = new gcp.compute.Subnetwork(
      `${name}-nodes`,
      {
        network: vpc.id,
        region,
        ipCidrRange: plan.nodes.cidr,
        secondaryIpRanges: [
          { rangeName: POD_RANGE, ipCidrRange: plan.pods.cidr },
          { rangeName: SERVICE_RANGE, ipCidrRange: plan.services.cidr },
        ],
        privateIpGoogleAccess: true,
        logConfig: { aggregationInterval: 'INTERVAL_5_SEC', flowSampling: plan.sampling, metadata: 'INCLUDE_ALL_METADATA' },
      },
      { parent: this },
    );
    const nat = this.wayOut(name, region, vpc);
    this.firewall(name, vpc, plan.controlPlane, args.webhookPorts ?? WEBHOOK_PORTS);
    this.serviceConnection = this.managedServices(name, vpc, plan.managedServices);
    this.networkId = vpc.id;
    // Nodes without a public address pull nothing before there is a way out: what is in the subnet waits for it.
    this.subnetId = pulumi.all([subnet.id, nat.id]).apply(([id]) => id);
    this.cidr = plan.nodes.cidr;
    this.controlPlaneCidr = plan.controlPlane.cidr;
    this.maxPodsPerNode = plan.maxPodsPerNode;
    this.registerOutputs({ networkId: this.networkId, subnetId: this.subnetId });
  }

  private wayOut(name: string, region: string, vpc: gcp.compute.Network): gcp.compute.RouterNat {
    const router = new gcp.compute.Router(`${name}-router`, { network: vpc.id, region }, { parent: this });
    return new gcp.compute.RouterNat(
      `${name}-nat`,
      {
        router: router.name,
        region,
        natIpAllocateOption: 'AUTO_ONLY',
        sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
        // Nodes that pull images and datasets from one place open many connections to it; ports come as they are needed.
        enableDynamicPortAllocation: true,
        enableEndpointIndependentMapping: false,
        minPortsPerVm: 64,
        maxPortsPerVm: 8192,
        logConfig: { enable: true, filter: 'ALL' },
      },
      { parent: this },
    );
  }

  private firewall(name: string, vpc: gcp.compute.Network, controlPlane: Range, webhookPorts: readonly string[]): void {
    const logConfig = { metadata: 'INCLUDE_ALL_METADATA' };
    // A VPC refuses what no rule lets in, without a word. This rule, below all that GKE makes, says so in the logs.
    new gcp.compute.Firewall(
      `${name}-deny-ingress`,
      { network: vpc.id, direction: 'INGRESS', priority: 65_534, denies: [{ protocol: 'all' }], sourceRanges: ['0.0.0.0/0'], logConfig },
      { parent: this },
    );
    new gcp.compute.Firewall(
      `${name}-webhooks`,
      {
        network: vpc.id,
        description: 'Webhooks of the platform, called by the control plane; GKE itself opens 443 and 10250 only',
        direction: 'INGRESS',
        priority: 1000,
        allows: [{ protocol: 'tcp', ports: [...webhookPorts] }],
        sourceRanges: [controlPlane.cidr],
        logConfig,
      },
      { parent: this },
    );
  }

  private managedServices(name: string, vpc: gcp.compute.Network, range: Range): gcp.servicenetworking.Connection {
    const [address = ''] = range.cidr.split('/');
    const reserved = new gcp.compute.GlobalAddress(
      `${name}-managed-services`,
      { network: vpc.id, purpose: 'VPC_PEERING', addressType: 'INTERNAL', address, prefixLength: range.prefix },
      { parent: this },
    );
    return new gcp.servicenetworking.Connection(
      `${name}-managed-services`,
      {
        network: vpc.id,
        service: SERVICE_NETWORKING,
        reservedPeeringRanges: [reserved.name],
        // Google keeps what a deleted database had for days, and refuses to unpeer meanwhile; the peering goes with the VPC.
        deletionPolicy: 'ABANDON',
      },
      { parent: this },
    );
  }
}

interface Plan {
  readonly nodes: Range;
  readonly pods: Range;
  readonly services: Range;
  readonly controlPlane: Range;
  readonly managedServices: Range;
  readonly maxPodsPerNode: number;
  readonly sampling: number;
}

function planNetwork(where: string, args: NetworkArgs): Plan {
  const nodes = readRange('cidr', args.cidr ?? '10.0.0.0/20', RANGE_LIMITS.nodes, where);
  const pods = readRange('podCidr', args.podCidr ?? '10.4.0.0/14', RANGE_LIMITS.pods, where);
  const services = readRange('serviceCidr', args.serviceCidr ?? '10.8.0.0/20', RANGE_LIMITS.services, where);
  const controlPlane = readRange('controlPlaneCidr', args.controlPlaneCidr ?? '172.16.0.0/28', RANGE_LIMITS.controlPlane, where);
  const managedServices = readRange('managedServicesCidr', args.managedServicesCidr ?? '10.9.0.0/20', RANGE_LIMITS.managedServices, where);
  checkApart([nodes, pods, services, controlPlane, managedServices], where);
  const maxPodsPerNode = checkWholeNumber('maxPodsPerNode', args.maxPodsPerNode ?? 110, where, MAX_PODS_LIMITS);
  const maxNodes = checkWholeNumber('maxNodes', args.maxNodes ?? 100, where, { least: 1 });
  checkRoom(nodes, pods, { maxNodes, maxPodsPerNode }, where);
  const sampling = args.flowLogSampling ?? SAMPLING;
  if (!(sampling > 0 && sampling <= 1)) throw new InvalidInputError({ property: 'flowLogSampling', value: sampling, expected: 'a share above 0 and at most 1', where });
  for (const [index, port] of (args.webhookPorts ?? []).entries()) {
    if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
      throw new InvalidInputError({ property: `webhookPorts[${index}]`, value: port, expected: 'a port from 1 to 65535', where });
    }
  }
  return { nodes, pods, services, controlPlane, managedServices, maxPodsPerNode, sampling };
}
