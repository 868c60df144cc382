import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { ServingCertificate } from '../core';

/** Service in front of the webhooks. */
export const WEBHOOK_SERVICE = 'jobset-webhook-service';

/** Only pods of JobSets pass through the pod webhooks: a controller that is away must not keep other pods from starting. */
const PODS_OF_JOB_SETS: k8s.LabelSelector = { matchExpressions: [{ key: 'jobset.sigs.k8s.io/jobset-name', operator: 'Exists' }] };

interface Admission {
  readonly name: string;
  readonly path: string;
  readonly of: 'jobsets' | 'pods';
  readonly operations: readonly string[];
}

const MUTATING: readonly Admission[] = [
  { name: 'mjobset.kb.io', path: '/mutate-jobset-x-k8s-io-v1alpha2-jobset', of: 'jobsets', operations: ['CREATE'] },
  { name: 'mpod.kb.io', path: '/mutate--v1-pod', of: 'pods', operations: ['CREATE'] },
];

const VALIDATING: readonly Admission[] = [
  { name: 'vjobset.kb.io', path: '/validate-jobset-x-k8s-io-v1alpha2-jobset', of: 'jobsets', operations: ['CREATE', 'UPDATE'] },
  { name: 'vpod.kb.io', path: '/validate--v1-pod', of: 'pods', operations: ['CREATE'] },
];

/** Declares the webhook configurations; the CA is put in by the issuer of the certificate. */
export function webhooks(scope: Construct, namespace: string, certificate: ServingCertificate): void {
  const metadata = (name: string) => ({ name, annotations: { ...certificate.injectCa } });
  const render = (admission: Admission) => webhook(admission, namespace);
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating-webhooks', {
    metadata: metadata('jobset-mutating-webhook-configuration'),
    webhooks: MUTATING.map(render),
  });
  new k8s.KubeValidatingWebhookConfiguration(scope, 'validating-webhooks', {
    metadata: metadata('jobset-validating-webhook-configuration'),
    webhooks: VALIDATING.map(render),
  });
}

function webhook(admission: Admission, namespace: string): k8s.MutatingWebhook & k8s.ValidatingWebhook {
  const [apiGroup, version] = admission.of === 'pods' ? ['', 'v1'] : ['jobset.x-k8s.io', 'v1alpha2'];
  return {
    name: admission.name,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: WEBHOOK_SERVICE, namespace, path: admission.path, port: 443 } },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    timeoutSeconds: 10,
    ...(admission.of === 'pods' && { objectSelector: PODS_OF_JOB_SETS }),
    rules: [{ apiGroups: [apiGroup], apiVersions: [version], operations: [...admission.operations], resources: [admission.of], scope: 'Namespaced' }],
  };
}
