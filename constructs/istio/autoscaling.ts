import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { HardenedDeployment, type HardenedDeploymentProps, InvalidInputError } from '../core';
import type { Construct } from 'constructs';

/** How many pods a workload has: between two numbers, by CPU use. */
export interface Autoscaling {
  /** @default 2 */
  readonly minReplicas?: number;
  /** @default 5 */
  readonly maxReplicas?: number;
  /** CPU use aimed at, in percent of what is requested. @default 80 */
  readonly cpuUtilization?: number;
}

/** A Deployment whose number of pods an autoscaler sets, so that the Deployment itself does not state one. */
export function autoscaledDeployment(
  scope: Construct,
  id: string,
  props: Omit<HardenedDeploymentProps, 'replicas'> & { readonly autoscaling?: Autoscaling },
): HardenedDeployment {
  const { autoscaling = {}, ...rest } = props;
  const { minReplicas = 2, maxReplicas = Math.max(5, minReplicas), cpuUtilization = 80 } = autoscaling;
  const where = `${scope.node.path}/${id}`;
  const check = (property: string, value: number, right: boolean, expected: string) => {
    if (!Number.isInteger(value) || !right) throw new InvalidInputError({ property: `autoscaling.${property}`, value, expected, where });
  };
  check('minReplicas', minReplicas, minReplicas >= 1, 'a whole number, at least 1');
  check('maxReplicas', maxReplicas, maxReplicas >= minReplicas, `a whole number, at least minReplicas (${minReplicas})`);
  check('cpuUtilization', cpuUtilization, cpuUtilization >= 1, 'a percentage of the requested CPU, at least 1');

  const workload = new HardenedDeployment(scope, id, { ...rest, replicas: minReplicas });
  // A stated number would be set back to at every deployment, whatever the load.
  for (const child of workload.node.children) {
    if (ApiObject.isApiObject(child) && child.kind === 'Deployment') child.addJsonPatch(JsonPatch.remove('/spec/replicas'));
  }
  new k8s.KubeHorizontalPodAutoscalerV2(workload, 'autoscaler', {
    metadata: { name: props.name, namespace: props.namespace },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: props.name },
      minReplicas,
      maxReplicas,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuUtilization } } }],
    },
  });
  return workload;
}
