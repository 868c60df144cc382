import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { container, type ContainerProps } from '../core';

/**
 * A container in a template that KServe makes pods from, as JSON. Where a template has no pod-wide security context, the container
 * itself says all that Pod Security `restricted` asks for.
 */
export function templateContainer(scope: Construct, props: ContainerProps): object {
  const rendered = container(scope, props);
  return {
    ...k8s.toJson_Container({
      ...rendered,
      securityContext: { runAsNonRoot: true, ...rendered.securityContext, seccompProfile: { type: 'RuntimeDefault' } },
      // The last lines of a model server's log are what its InferenceService shows as the reason of a failure.
      terminationMessagePolicy: 'FallbackToLogsOnError',
    }),
  };
}

/** An empty directory, on disk or in memory. */
export function emptyDirectory(name: string, memoryLimit?: string): k8s.Volume {
  return { name, emptyDir: memoryLimit === undefined ? {} : { medium: 'Memory', sizeLimit: k8s.Quantity.fromString(memoryLimit) } };
}
