import { k8s } from 'cdk8s-plus-27';
import { checkWholeNumber, type ContainerResources, intOrString, resourceRequirements } from '../../core';
import type { ServingComponent, Gpus } from './props';

/** What a model server may use that says nothing; the same as the platform's default for it, but visible in the object. */
export const DEFAULT_RESOURCES: ContainerResources = { cpu: { request: '1' }, memory: { request: '2Gi' } };

const NVIDIA = 'nvidia.com/gpu';

/**
 * Requests and limits with GPUs, as Kubernetes writes them.
 *
 * @throws InvalidInputError for amounts that are no quantities, or GPUs that are no positive whole number
 */
export function resourcesWithGpus(resources: ContainerResources, gpus: Gpus | undefined, where: string): object {
  const { requests, limits } = k8s.toJson_ResourceRequirements(resourceRequirements(resources, where)) ?? {};
  const { resource, count } = typeof gpus === 'object' ? gpus : { resource: NVIDIA, count: gpus };
  if (count === undefined) return { requests, limits };
  checkWholeNumber('gpus', count, where, { least: 1 });
  return { requests: { ...requests, [resource]: String(count) }, limits: { ...limits, [resource]: String(count) } };
}

/** What a component says of its pods and their number, in KServe's words. */
export function podOptions(options: ServingComponent, mode: 'Standard' | 'Knative'): object {
  const { minReplicas = 1, maxReplicas = minReplicas, logger, batcher, rollout } = options;
  return {
    minReplicas,
    maxReplicas: Math.max(maxReplicas, 1),
    scaleMetric: options.scaleMetric,
    scaleTarget: options.scaleTarget,
    containerConcurrency: options.containerConcurrency,
    canaryTrafficPercent: options.canaryTrafficPercent,
    timeout: options.timeoutSeconds,
    logger: logger && { mode: logger.mode ?? 'all', url: logger.url, metadataHeaders: logger.metadataHeaders, metadataAnnotations: logger.metadataAnnotations },
    batcher: batcher && { maxBatchSize: batcher.maxBatchSize, maxLatency: batcher.maxLatencyMilliseconds },
    deploymentStrategy: rollout && {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: intOrString(rollout.maxSurge).value, maxUnavailable: intOrString(rollout.maxUnavailable).value },
    },
    serviceAccountName: options.serviceAccount,
    automountServiceAccountToken: automount(options.apiAccess, mode),
    labels: options.labels,
    annotations: options.annotations,
    nodeSelector: options.nodeSelector,
    tolerations: options.tolerations,
    affinity: options.affinity && k8s.toJson_Affinity(options.affinity),
    priorityClassName: options.priorityClassName,
    imagePullSecrets: options.imagePullSecrets?.map((name) => ({ name })),
    volumes: options.volumes?.map(k8s.toJson_Volume),
  };
}

/** Knative takes only a refusal; without one its pods get a token unless the ServiceAccount refuses it. */
function automount(apiAccess: string | undefined, mode: 'Standard' | 'Knative'): boolean | undefined {
  if (apiAccess === undefined) return false;
  return mode === 'Standard' ? true : undefined;
}
