import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { NodePoolCapacity, NodeTaint } from '../../capacity';
import { allocatable, kubeReserved, leastOf, maxPods } from './allocatable';
import { ACCELERATOR_LABELS } from './gpu-machines';
import { disks, METADATA, networkInterfaces, reservation } from './launch-template';
import type { MachineType } from './machine-types';
import { checkNodeGroup, type CheckedNodeGroup, type NodeGroupArgs } from './node-group-args';
import { nodeTemplateTags, tagScalingGroup } from './scaling-tags';
import { type NodeImage, userData } from './user-data';

/** EKS's names of images. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
export const AMI_TYPES: Readonly<Record<NodeImage, Readonly<Record<MachineType['architecture'], { readonly plain: string; readonly nvidia: string }>>>> = {
  al2023: {
    amd64: { plain: 'AL2023_x86_64_STANDARD', nvidia: 'AL2023_x86_64_NVIDIA' },
    arm64: { plain: 'AL2023_ARM_64_STANDARD', nvidia: 'AL2023_ARM_64_NVIDIA' },
  },
  bottlerocket: {
    amd64: { plain: 'BOTTLEROCKET_x86_64', nvidia: 'BOTTLEROCKET_x86_64_NVIDIA' },
    arm64: { plain: 'BOTTLEROCKET_ARM_64', nvidia: 'BOTTLEROCKET_ARM_64_NVIDIA' },
  },
};
/** EKS's names of the effects of taints. */
export const TAINT_EFFECTS: Readonly<Record<NodeTaint['effect'], string>> = { NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE', NoExecute: 'NO_EXECUTE' };
/** EKS's names of how machines are paid for. */
export const CAPACITY_TYPES = { 'on-demand': 'ON_DEMAND', spot: 'SPOT', reservation: 'ON_DEMAND', 'capacity-block': 'CAPACITY_BLOCK' } as const;
/** Resource name of EFA interfaces. */
const EFA_RESOURCE = 'vpc.amazonaws.com/efa';
/** Label with the name of the group. */
const GROUP_LABEL = 'kubeflow-cdk.dev/node-group';

/**
 * A managed node group: machines that EKS replaces, in private subnets, with encrypted disks and metadata that pods cannot get at. The cluster autoscaler
 * sizes it between `min` and `max`, also from zero.
 *
 * @throws InvalidInputError if the machines are none, do not fit together, or are not to be had in the zones
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
export class NodeGroup extends pulumi.ComponentResource {
  /** What pods may count on. */
  readonly capacity: NodePoolCapacity;
  /** What has nodes once it exists. */
  readonly group: pulumi.Resource;

  constructor(name: string, args: NodeGroupArgs, options?: pulumi.ComponentResourceOptions) {
    const checked = checkNodeGroup(args, name);
    super('kubeflow-cdk:aws:NodeGroup', name, {}, options);
    const { machines } = checked;
    const pods = Math.min(...machines.map(maxPods));
    const each = machines.map((machine) => kubeReserved(machine, pods));
    // One template for all types: what the largest keeps, the others keep too.
    const reserved = { cpu: Math.max(...each.map(({ cpu }) => cpu)), memoryMib: Math.max(...each.map(({ memoryMib }) => memoryMib)), diskGib: Math.max(...each.map(({ diskGib }) => diskGib)) };
    this.capacity = {
      name,
      min: checked.min,
      max: args.max,
      labels: labelsOf(name, checked),
      taints: checked.taints,
      allocatable: leastOf(machines.map((machine) => allocatable(machine, checked.diskGib, pods, reserved))),
    };
    const template = this.declareTemplate(name, args, checked, userData(args.image ?? 'al2023', pods, reserved));
    const group = this.declareGroup(name, args, checked, template);
    if (checked.min === 0) tagScalingGroup(name, group, nodeTemplateTags(this.capacity, args.efa ? { [EFA_RESOURCE]: machines[0]?.efaInterfaces ?? 0 } : {}), this);
    this.group = group;
    this.registerOutputs({ capacity: this.capacity });
  }

  private declareTemplate(name: string, args: NodeGroupArgs, { machines, diskGib }: CheckedNodeGroup, data: string): aws.ec2.LaunchTemplate {
    const { cluster, network, efa = false, image = 'al2023', purchase = { kind: 'on-demand' } } = args;
    const [machine] = machines;
    const placement = efa ? new aws.ec2.PlacementGroup(name, { strategy: 'cluster' }, { parent: this }) : undefined;
    const securityGroups = [cluster.securityGroupId, ...(efa ? [this.declareEfaTraffic(name, network.vpcId)] : [])];
    const tags = { Name: name };
    return new aws.ec2.LaunchTemplate(
      name,
      {
        description: `Nodes of group ${name}`,
        updateDefaultVersion: true,
        userData: data,
        metadataOptions: METADATA,
        blockDeviceMappings: disks(image, diskGib, args.keyArn),
        networkInterfaces: machine ? networkInterfaces(machine, efa, securityGroups) : [],
        tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
        ...(placement && { placement: { groupName: placement.name } }),
        ...reservation(purchase, machine?.name ?? ''),
      },
      { parent: this },
    );
  }

  /** EFA passes what a group allows to and from itself, named as such. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html */
  private declareEfaTraffic(name: string, vpcId: pulumi.Output<string>): pulumi.Output<string> {
    const itself = { description: 'RDMA between nodes of the group', protocol: '-1', fromPort: 0, toPort: 0, self: true };
    return new aws.ec2.SecurityGroup(`${name}-efa`, { description: `RDMA between nodes of group ${name}`, vpcId, ingress: [itself], egress: [itself] }, { parent: this }).id;
  }

  private declareGroup(name: string, args: NodeGroupArgs, { machines, zones, min, desired, taints }: CheckedNodeGroup, template: aws.ec2.LaunchTemplate): aws.eks.NodeGroup {
    const { cluster, network, role, image = 'al2023', purchase = { kind: 'on-demand' }, networkAddOns } = args;
    const [first] = machines;
    const amiTypes = AMI_TYPES[image][first?.architecture ?? 'amd64'];
    return new aws.eks.NodeGroup(
      name,
      {
        clusterName: cluster.clusterName,
        nodeRoleArn: role.roleArn,
        subnetIds: network.privateSubnetIds.filter((_, index) => zones.includes(network.zones[index] ?? '')),
        amiType: first?.gpus ? amiTypes.nvidia : amiTypes.plain,
        capacityType: CAPACITY_TYPES[purchase.kind],
        ...(purchase.kind !== 'capacity-block' && { instanceTypes: machines.map((machine) => machine.name) }),
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        labels: { ...this.capacity.labels },
        taints: taints.map(({ key, value, effect }) => ({ key, ...(value !== undefined && { value }), effect: TAINT_EFFECTS[effect] })),
        scalingConfig: { minSize: min, maxSize: args.max, desiredSize: desired },
        updateConfig: { maxUnavailablePercentage: 33 },
        nodeRepairConfig: { enabled: true },
      },
      // The autoscaler's business.
      { parent: this, ignoreChanges: ['scalingConfig.desiredSize'], dependsOn: networkAddOns ? [...networkAddOns.addOns] : [] },
    );
  }
}

function labelsOf(name: string, { machines, labels }: CheckedNodeGroup): Readonly<Record<string, string>> {
  const gpus = machines[0]?.gpus;
  return { [GROUP_LABEL]: name, ...(gpus && { 'k8s.amazonaws.com/accelerator': ACCELERATOR_LABELS[gpus.model] }), ...labels };
}
