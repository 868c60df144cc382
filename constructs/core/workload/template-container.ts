import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { container, type ContainerProps } from './container';

/**
 * A container in a custom resource that a controller makes pods from, as JSON. Where such a template has no pod-wide security context,
 * the container itself says all that Pod Security `restricted` asks for.
 */
export function templateContainer(scope: Construct, props: ContainerProps): object {
  const rendered = container(scope, props);
  return {
    ...k8s.toJson_Container({
      ...rendered,
      securityContext: { runAsNonRoot: true, ...rendered.securityContext, seccompProfile: { type: 'RuntimeDefault' } },
      // The last lines of its log are what the custom resource's status, such as an InferenceService's, shows as the reason of a failure.
      terminationMessagePolicy: 'FallbackToLogsOnError',
    }),
  };
}
