import { visitFields } from './fields';
import type { ObjectNode } from './model';
import { type ObjectIndex, namespaceOf } from './object-index';
import { labelsOf } from './pod-templates';
import { LabelIndex, type Labels, getOrAdd } from './selectors';

/** A request webhooks may be asked about: to create an object, or a pod, Job ... its controller makes from it. */
export interface AdmissionRequest {
  readonly node: ObjectNode;
  readonly version: string;
  readonly labels: Labels;
}

/** Requests that differ in nothing but labels and version: one kind of resource in one namespace. */
export interface RequestGroup {
  readonly group: string;
  readonly resource: string;
  /** `''` for cluster-scoped objects. */
  readonly namespace: string;
  readonly requests: readonly AdmissionRequest[];
  /** The requests by label; built on first use. */
  byLabel(): LabelIndex<AdmissionRequest>;
}

/** The API server asks no webhook about these, lest a webhook lock everybody out. */
const EXEMPT: ReadonlySet<string> = new Set([
  'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding',
]);

/** All requests the objects lead to, grouped so that a webhook looks at groups, not at objects. */
export function admissionRequests(index: ObjectIndex): readonly RequestGroup[] {
  const groups = new Map<string, { group: string; resource: string; namespace: string; requests: AdmissionRequest[] }>();
  const add = (node: ObjectNode, group: string, resource: string, version: string, labels: Labels): void => {
    const namespace = namespaceOf(node.object.manifest);
    getOrAdd(groups, `${group}/${resource}/${namespace}`, () => ({ group, resource, namespace, requests: [] })).requests.push({ node, version, labels });
  };
  for (const node of index.objects) {
    const { manifest } = node.object;
    if (node.group === 'admissionregistration.k8s.io' && EXEMPT.has(manifest.kind)) continue;
    const version = manifest.apiVersion.slice(manifest.apiVersion.indexOf('/') + 1);
    add(node, node.group, index.resourceOf(node.group, manifest.kind), version, labelsOf(manifest));
  }
  for (const { node, templates } of index.workloads) {
    for (const { labels } of templates) add(node, '', 'pods', 'v1', labels);
  }
  for (const { group, kind, creates = [] } of index.podTemplates) {
    for (const node of index.ofKind(group, kind)) {
      for (const created of creates) {
        visitFields(node.object.manifest, created.path, (template) => add(node, created.group, created.resource, 'v1', labelsOf(template)));
      }
    }
  }
  return [...groups.values()].map((group) => {
    let byLabel: LabelIndex<AdmissionRequest> | undefined;
    return { ...group, byLabel: () => (byLabel ??= new LabelIndex(group.requests)) };
  });
}
