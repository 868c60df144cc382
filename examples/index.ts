import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { inferenceServiceExample } from './inference-service';
import { trainJobExample } from './train-job';

/** Namespace the examples are deployed in. */
const NAMESPACE = 'examples';

/** Every example, in a namespace of their own. */
export function examples(scope: Construct): void {
  new k8s.KubeNamespace(new Chart(scope, 'examples'), 'namespace', {
    metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });
  trainJobExample(scope, { namespace: NAMESPACE });
  inferenceServiceExample(scope, { namespace: NAMESPACE });
}
