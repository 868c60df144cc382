import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { NodePoolCapacity } from '../../capacity';

const NODE_TEMPLATE = 'k8s.io/cluster-autoscaler/node-template';
const GI = 1024 ** 3;

/**
 * What the cluster autoscaler reads on a group that has no node it could look at: the labels, taints and resources a node would have. EKS itself puts
 * the tags on by which it finds the group.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function nodeTemplateTags({ labels, taints, allocatable }: NodePoolCapacity, extended: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
  const resources = Object.entries({ ...allocatable.gpus, ...extended }).filter(([, count]) => count > 0);
  return Object.fromEntries([
    ...Object.entries(labels).map(([key, value]) => [`${NODE_TEMPLATE}/label/${key}`, value]),
    ...taints.map(({ key, value, effect }) => [`${NODE_TEMPLATE}/taint/${key}`, `${value ?? ''}:${effect}`]),
    ...resources.map(([resource, count]) => [`${NODE_TEMPLATE}/resources/${resource}`, String(count)]),
    [`${NODE_TEMPLATE}/resources/ephemeral-storage`, `${Math.floor(allocatable.ephemeralStorage / GI)}Gi`],
  ]);
}

/** Puts tags on the Auto Scaling group that EKS makes for a node group: those of the node group itself do not get there. */
export function tagScalingGroup(name: string, group: aws.eks.NodeGroup, tags: Readonly<Record<string, string>>, parent: pulumi.Resource): void {
  const autoscalingGroupName = group.resources.apply((resources) => resources[0]?.autoscalingGroups?.[0]?.name ?? '');
  for (const [key, value] of Object.entries(tags)) {
    const id = `${name}-${key.slice(NODE_TEMPLATE.length + 1).replaceAll(/[^\w.-]/g, '-')}`;
    new aws.autoscaling.Tag(id, { autoscalingGroupName, tag: { key, value, propagateAtLaunch: false } }, { parent });
  }
}
