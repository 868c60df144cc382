import type { Image } from '../core';
import { autoscalerVersion } from './versions';

/**
 * The image for a version of Kubernetes.
 *
 * @throws InvalidInputError for a version there is none for
 */
export function clusterAutoscalerImage(kubernetesVersion: string, where = 'clusterAutoscalerImage'): Image {
  return {
    registry: 'registry.k8s.io',
    repository: 'autoscaling/cluster-autoscaler',
    tag: `v${autoscalerVersion(kubernetesVersion, where)}`,
    platforms: ['linux/amd64', 'linux/arm64', 'linux/s390x'],
  };
}
