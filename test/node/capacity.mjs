// Whether what the manifests ask for fits the node.
import { quantityToScalar } from '@kubernetes/client-node/dist/util.js';

const RESOURCES = ['cpu', 'memory'];

/** What the pods of these Deployments ask for together. */
export function requested(deployments) {
  return RESOURCES.map((resource) => sum(deployments.map(({ spec }) => spec.replicas * sum(spec.template.spec.containers.map((container) => scalar(container, resource))))));
}

/**
 * Sets Deployments to one replica each where not all of it fits.
 *
 * @param deployments what is to run all the time
 * @param workloads `[cpu, memory]` of what runs beside them, one at a time
 * @returns names of the Deployments changed, and the sums
 */
export function fit(deployments, node, workloads) {
  const available = RESOURCES.map((resource) => Number(quantityToScalar(node.status.allocatable[resource])));
  const largest = RESOURCES.map((_, index) => Math.max(...workloads.map((each) => each[index])));
  const asked = () => requested(deployments).map((value, index) => value + largest[index]);
  const before = asked();
  const changed = [];
  if (before.some((value, index) => value > available[index])) {
    for (const deployment of deployments.filter(({ spec }) => spec.replicas > 1)) {
      deployment.spec.replicas = 1;
      changed.push(deployment.metadata.name);
    }
  }
  return { available, asked: before, changed, fits: asked().every((value, index) => value <= available[index]) };
}

/** `[cpu, memory]` of so many pods with one container each. */
export function requestsOf(pods, container) {
  return RESOURCES.map((resource) => pods * scalar(container, resource));
}

function scalar({ resources }, resource) {
  return Number(quantityToScalar(resources.requests[resource]));
}

function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}
