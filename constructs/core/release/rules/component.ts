import { componentMayStart, componentReady } from '../barriers';
import { isFields } from '../fields';
import type { ObjectNode } from '../model';
import type { ObjectIndex } from '../object-index';
import type { EdgeRule } from '../rule';

const ANSWERING_KINDS = [
  ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration'],
  ['admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'],
  ['apiregistration.k8s.io', 'APIService'],
] as const;

/** What a component is ready with: its workloads, its webhooks, its APIs. */
export function readinessOf(index: ObjectIndex): readonly ObjectNode[] {
  return [
    ...index.workloads.filter(({ readiness }) => readiness).map(({ node }) => node),
    ...ANSWERING_KINDS.flatMap(([group, kind]) => index.ofKind(group, kind)),
  ];
}

/**
 * What a controller in the cluster makes something of outside it: a load balancer, a disk. It must go while that controller still runs,
 * which the component has been given.
 */
function standsForMore({ object: { manifest } }: ObjectNode): boolean {
  const { apiVersion, kind } = manifest;
  if (apiVersion === 'v1' && kind === 'Service') return isFields(manifest['spec']) && manifest['spec'].type === 'LoadBalancer';
  return (apiVersion.startsWith('networking.k8s.io/') && kind === 'Ingress') || (apiVersion === 'v1' && kind === 'PersistentVolumeClaim');
}

/**
 * The workloads of a component wait until the components it requires are ready. Two barriers a component, so that
 * the edges are as many as the workloads, not their products.
 */
export const componentRule: EdgeRule = (index, edges) => {
  for (const { id, requires } of index.components) {
    const start = componentMayStart(edges, id);
    // A component without workloads passes on what it requires.
    edges.require(componentReady(edges, id), start, { kind: 'component', detail: '' });
    for (const required of requires) {
      edges.require(start, componentReady(edges, required), { kind: 'component', detail: `${id} requires ${required}` });
    }
  }
  for (const node of readinessOf(index)) edges.require(componentReady(edges, node.object.component), node, { kind: 'component', detail: '' });
  const waiting = [...index.workloads.map(({ node }) => node), ...index.objects.filter(standsForMore)];
  for (const node of waiting) edges.require(node, componentMayStart(edges, node.object.component), { kind: 'component', detail: '' });
};
