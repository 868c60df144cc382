import { read } from '../../../engine/field-path';
import type { Inventory } from '../../../engine/inventory';
import { apiGroup, type KubernetesObject } from '../../../engine/object';
import type { PolicyContext } from '../../../engine/policy';

/** Where the signatures of images are verified on admission. */
interface Verification {
  readonly everywhere: boolean;
  readonly namespaces: ReadonlySet<unknown>;
}

/** Whether something in the evaluation verifies the images of an object's pods. */
export function isVerified(object: KubernetesObject, context: PolicyContext): boolean {
  const { everywhere, namespaces } = context.derive(findVerification);
  return everywhere || (namespaces.size > 0 && namespaces.has(object.metadata?.namespace));
}

function findVerification(inventory: Inventory): Verification {
  const kyverno = (kind: string): readonly KubernetesObject[] => inventory.ofKind(kind, 'kyverno.io').filter(verifiesImages);
  const cluster = [
    ...kyverno('ClusterPolicy'),
    ...inventory.ofKind('ImageValidatingPolicy', 'policies.kyverno.io'),
    ...inventory.ofKind('ClusterImagePolicy', 'policy.sigstore.dev'),
    ...inventory.ofKind('Verifier').filter(isRatify),
    ...inventory.ofKind('MutatingWebhookConfiguration', 'admissionregistration.k8s.io').filter(isConnaisseur),
  ];
  const namespaced = [
    ...kyverno('Policy'),
    ...inventory.ofKind('NamespacedImageValidatingPolicy', 'policies.kyverno.io'),
    ...inventory.ofKind('NamespacedVerifier').filter(isRatify),
  ];
  return { everywhere: cluster.length > 0, namespaces: new Set(namespaced.map(({ metadata }) => metadata?.namespace)) };
}

function verifiesImages(policy: KubernetesObject): boolean {
  const rules = read(policy, 'spec', 'rules');
  return Array.isArray(rules) && rules.some((rule) => read(rule, 'verifyImages') !== undefined);
}

function isRatify(object: KubernetesObject): boolean {
  return apiGroup(object).startsWith('config.ratify.');
}

function isConnaisseur({ metadata }: KubernetesObject): boolean {
  return typeof metadata?.name === 'string' && metadata.name.startsWith('connaisseur');
}
