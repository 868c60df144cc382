import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { PolicyContext, Report, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from '../aws/instances';
import { awsReferences } from '../aws/references';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { input, isOn, listed } from '../cloud/inputs';
import { originsOf, type References } from '../cloud/references';

const NODE_GROUP = 'aws:eks/nodeGroup:NodeGroup';
const SUBNET = 'aws:ec2/subnet:Subnet';

const nodeGroupsOfSubnets = awsReferences({ from: [NODE_GROUP], by: ['subnetIds'], to: [SUBNET] });
const nodeGroupsOfTemplates = awsReferences({ from: [NODE_GROUP], by: ['launchTemplate', 'id'], to: [LAUNCH_TEMPLATE] });
const nodeGroupsOfTemplateNames = awsReferences({ from: [NODE_GROUP], by: ['launchTemplate', 'name'], to: [LAUNCH_TEMPLATE], name: 'name' });

/** CIS EKS 5.4.3: nodes have no addresses that the internet can reach. */
export const privateNodes: ResourcePolicy = {
  id: 'eks-private-nodes',
  title: 'EKS nodes have no public addresses',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.4.3' }),
  rationale: 'A node with a public address can be tried from the internet, its kubelet and every host port included. In a private subnet it reaches out through a NAT gateway, and nobody reaches in.',
  remediation: 'Put node groups into subnets with mapPublicIpOnLaunch false, and leave associatePublicIpAddress out of their launch templates.',
  reach: 'stack',
  examples: {
    fails: [
      { ...example(SUBNET, { vpcId: 'vpc-0a1b2c3d', mapPublicIpOnLaunch: true }, 'public-a'), id: 'subnet-a' },
      example(NODE_GROUP, { clusterName: 'main', subnetIds: ['subnet-a'] }),
    ],
    passes: [
      { ...example(SUBNET, { vpcId: 'vpc-0a1b2c3d', mapPublicIpOnLaunch: true }, 'public-a'), id: 'subnet-a' },
      { ...example(SUBNET, { vpcId: 'vpc-0a1b2c3d' }, 'private-a'), id: 'subnet-b' },
      example(NODE_GROUP, { clusterName: 'main', subnetIds: ['subnet-b'] }),
    ],
  },
  resourceTypes: [SUBNET, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION],
  check(resource, report, context) {
    if (resource.type === SUBNET) checkSubnet(resource, report, context);
    else if (resource.type === LAUNCH_CONFIGURATION) checkConfiguration(resource, report);
    else checkTemplate(resource, report, context);
  },
};

function checkSubnet(subnet: CloudResource, report: Report, context: PolicyContext): void {
  const path = ['mapPublicIpOnLaunch'];
  const value = input(subnet, ...path);
  if (!isOn(value)) return;
  // Made for public load balancers, as the tag says.
  if (nodeGroups(context) === 0 && input(subnet, 'tags', 'kubernetes.io/role/elb') !== undefined) return;
  judge(subnet, [nodeGroupsOfSubnets], { path, found: value, message: `nodes in subnet '${subnet.name}' get public addresses`, fix: false }, report, context);
}

function checkTemplate(template: CloudResource, report: Report, context: PolicyContext): void {
  const path = ['networkInterfaces'];
  listed(input(template, ...path)).forEach((nic, index) => {
    const value = read(nic, 'associatePublicIpAddress');
    if (!isOn(value)) return;
    const at = [...path, index, 'associatePublicIpAddress'];
    judge(template, [nodeGroupsOfTemplates, nodeGroupsOfTemplateNames], { path: at, found: value, message: `nodes of launch template '${template.name}' get public addresses` }, report, context);
  });
}

/** Node groups of EKS do not use launch configurations. Nodes one runs oneself may, and so may any other machine: it is advice. */
function checkConfiguration(configuration: CloudResource, report: Report): void {
  const path = ['associatePublicIpAddress'];
  const value = input(configuration, ...path);
  if (isOn(value)) report.finding({ path, found: value, message: `nodes of launch configuration '${configuration.name}' get public addresses`, fix: false, enforcement: 'advisory' });
}

type Found = Parameters<Report['finding']>[0];

/**
 * Reports what a node group uses. Without any node group among what is evaluated, it is advice: what uses the subnet
 * or template is then somewhere else.
 */
function judge(resource: CloudResource, indexes: readonly ((inventory: Inventory) => References)[], problem: Found, report: Report, context: PolicyContext): void {
  const referrers = indexes.map((index) => context.derive(index).to(resource));
  if (referrers.some(({ certain }) => certain.some((nodes) => isCertain(nodes, resource)))) report.finding(problem);
  else if (nodeGroups(context) === 0) report.finding({ ...problem, enforcement: 'advisory' });
  else if (referrers.some(({ certain, open }) => certain.length > 0 || open)) report.undecided({ path: problem.path, reason: 'a node group may use it' });
}

/**
 * Whether a node group uses a subnet for certain. What a list of subnets was computed from may be more than is in it,
 * e.g. all subnets of a network component.
 */
function isCertain(nodes: CloudResource, target: CloudResource): boolean {
  if (target.type !== SUBNET) return true;
  const stated = listed(read(nodes.properties, 'subnetIds'));
  const values = stated.map((_, index) => readOr<unknown>(undefined, () => stated[index]));
  if (target.id !== undefined && values.includes(target.id)) return true;
  const origins = originsOf(nodes, 'subnetIds', [SUBNET]);
  return target.urn !== undefined && origins.includes(target.urn) && origins.length <= values.length;
}

function nodeGroups(context: PolicyContext): number {
  return context.inventory.ofType(NODE_GROUP).length;
}
