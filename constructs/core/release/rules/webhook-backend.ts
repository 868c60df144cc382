import { serviceAnswers, versionsConvert } from '../barriers';
import type { EdgeCollector } from '../edge-collector';
import { fieldsOf, textOf, visitFields } from '../fields';
import type { BarrierNode, ObjectNode, ReleaseNode } from '../model';
import type { ObjectIndex } from '../object-index';
import type { EdgeRule } from '../rule';
import { mapSelectorOf } from '../selectors';

const ADMISSION = 'admissionregistration.k8s.io';
const REGISTRATION = 'apiregistration.k8s.io';

/** Webhook configurations and aggregated APIs after the Service they call, the pods behind it, and their CA bundle. */
export const webhookBackendRule: EdgeRule = (index, edges) => {
  for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
    for (const node of index.ofKind(ADMISSION, kind)) {
      visitFields(node.object.manifest, 'webhooks[*].clientConfig.service', (service, path) => callService(index, edges, node, node, service, path));
      injectBundle(edges, node, node);
    }
  }
  for (const node of index.ofKind(REGISTRATION, 'APIService')) {
    visitFields(node.object.manifest, 'spec.service', (service, path) => callService(index, edges, node, node, service, path));
    injectBundle(edges, node, node);
  }
};

/**
 * Custom resources after the webhook that converts their versions. Not the CRD itself: it is served without, and its
 * bundle may come from a Certificate, which must not hold up every CRD.
 */
export const conversionRule: EdgeRule = (index, edges) => {
  const conversions = new Map<ObjectNode, BarrierNode>();
  for (const node of index.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const conversion = fieldsOf(fieldsOf(node.object.manifest.spec).conversion);
    if (conversion.strategy !== 'Webhook') continue;
    const barrier = versionsConvert(edges, node.object.manifest.metadata.name);
    conversions.set(node, barrier);
    visitFields(conversion, 'webhook.clientConfig.service', (service, path) => callService(index, edges, node, barrier, service, path), 'spec.conversion');
    injectBundle(edges, node, barrier);
  }
  for (const node of index.objects) {
    const definition = index.definitionOf(node.group, node.object.manifest.kind);
    const barrier = definition && conversions.get(definition);
    if (barrier) edges.prefer(node, barrier, { kind: 'conversion', detail: 'apiVersion' }, 'readiness');
  }
};

function callService(index: ObjectIndex, edges: EdgeCollector, owner: ObjectNode, waiting: ReleaseNode, value: unknown, path: string): void {
  const { name, namespace } = fieldsOf(value);
  const ref = { group: '', kind: 'Service', namespace: textOf(namespace), name: textOf(name) ?? '' };
  if (!ref.name || !ref.namespace) return;
  const service = index.get(ref);
  if (!service) {
    edges.leave(owner, ref, { kind: 'backend', detail: path });
    return;
  }
  const answers = serviceAnswers(edges, ref.namespace, ref.name);
  edges.require(waiting, answers, { kind: 'backend', detail: path });
  edges.require(answers, service, { kind: 'backend', detail: '' });
  const selector = mapSelectorOf(fieldsOf(service.object.manifest.spec).selector);
  for (const workload of index.podsSelected(ref.namespace, selector)) {
    edges.require(answers, workload, { kind: 'backend', detail: `Service/${ref.namespace}/${ref.name} spec.selector` });
  }
}

const INJECT_FROM = [
  ['cert-manager.io/inject-ca-from', 'cert-manager.io', 'Certificate'],
  ['cert-manager.io/inject-ca-from-secret', '', 'Secret'],
] as const;

/** @see https://cert-manager.io/docs/concepts/ca-injector/ */
function injectBundle(edges: EdgeCollector, owner: ObjectNode, waiting: ReleaseNode): void {
  for (const [annotation, group, kind] of INJECT_FROM) {
    const [namespace, name] = textOf(owner.object.manifest.metadata.annotations?.[annotation])?.split('/') ?? [];
    if (!namespace || !name) continue;
    edges.refer(owner, [{ group, kind, namespace, name }], { kind: 'ca-bundle', detail: `metadata.annotations["${annotation}"]` }, { waiting });
  }
}
