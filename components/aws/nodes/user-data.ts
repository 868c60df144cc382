import type { KubeReserved } from './allocatable';

/** Images of nodes. */
export type NodeImage = 'al2023' | 'bottlerocket';

const BOUNDARY = '==NODECONFIG==';

/**
 * User data that has a node keep exactly what we say it keeps, and take exactly as many pods: what is reckoned with elsewhere is then true. EKS adds what
 * the node needs to join.
 *
 * @returns base64
 */
export function userData(image: NodeImage, pods: number, reserved: KubeReserved): string {
  const text = image === 'al2023' ? nodeConfig(pods, reserved) : bottlerocketSettings(pods, reserved);
  return Buffer.from(text).toString('base64');
}

/** @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/ */
function nodeConfig(maxPods: number, reserved: KubeReserved): string {
  const config = { apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec: { kubelet: { config: { maxPods, kubeReserved: quantities(reserved) } } } };
  return [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: application/node.eks.aws',
    '',
    JSON.stringify(config, undefined, 2),
    `--${BOUNDARY}--`,
    '',
  ].join('\n');
}

/** @see https://bottlerocket.dev/en/os/latest/#/api/settings/kubernetes/ */
function bottlerocketSettings(maxPods: number, reserved: KubeReserved): string {
  const lines = Object.entries(quantities(reserved)).map(([resource, quantity]) => `"${resource}" = "${quantity}"`);
  return ['[settings.kubernetes]', `"max-pods" = ${maxPods}`, '[settings.kubernetes.kube-reserved]', ...lines, ''].join('\n');
}

function quantities({ cpu, memoryMib, diskGib }: KubeReserved): Readonly<Record<string, string>> {
  return { cpu: `${cpu}m`, memory: `${memoryMib}Mi`, 'ephemeral-storage': `${diskGib}Gi` };
}
