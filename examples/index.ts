import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { allow, allPodsOf, ANYWHERE, SystemNamespace } from '../constructs/core';
import { inferenceServiceExample } from './inference-service';
import { trainJobExample } from './train-job';

/** Every example, in a namespace of their own. */
export function examples(scope: Construct): void {
  const namespace = exampleNamespace(new Chart(scope, 'examples'));
  trainJobExample(scope, { namespace });
  inferenceServiceExample(scope, { namespace });
}

/** A namespace as a team would have it: bounded, and closed but for what training and serving need. */
function exampleNamespace(scope: Construct): string {
  const { name } = new SystemNamespace(scope, 'examples', {
    quota: { cpu: { request: '8', limit: '16' }, memory: { request: '16Gi', limit: '32Gi' } },
  });
  allow(scope, 'inside', { namespace: name, policyName: 'allow-same-namespace', ingress: [{ from: [allPodsOf(name)] }], egress: [{ to: [allPodsOf(name)] }] });
  // Requests for models come through the gateways of the mesh.
  allow(scope, 'requests', { namespace: name, policyName: 'allow-requests', ingress: [{ from: [allPodsOf('istio-system')], ports: [8080] }] });
  // Models and datasets are in stores on the internet.
  allow(scope, 'downloads', { namespace: name, policyName: 'allow-downloads', egress: [{ to: ANYWHERE, ports: [443] }] });
  return name;
}
