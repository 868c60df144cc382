import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { ServingCertificate } from '../core';
import { SERVICE_NAME } from './config';

interface Admission {
  readonly resource: 'trainjobs' | 'trainingruntimes' | 'clustertrainingruntimes';
  readonly kind: 'trainjob' | 'trainingruntime' | 'clustertrainingruntime';
  readonly scope: 'Namespaced' | 'Cluster';
}

const TRAIN_JOB: Admission = { resource: 'trainjobs', kind: 'trainjob', scope: 'Namespaced' };
const VALIDATED: readonly Admission[] = [
  { resource: 'clustertrainingruntimes', kind: 'clustertrainingruntime', scope: 'Cluster' },
  { resource: 'trainingruntimes', kind: 'trainingruntime', scope: 'Namespaced' },
  TRAIN_JOB,
];

/** Declares the webhook configurations; the CA is put in by the issuer of the certificate. */
export function webhooks(scope: Construct, namespace: string, certificate: ServingCertificate): void {
  const metadata = (name: string) => ({ name, annotations: { ...certificate.injectCa } });
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating-webhooks', {
    metadata: metadata('defaulter.trainer.kubeflow.org'),
    webhooks: [webhook('defaulter', 'mutate', TRAIN_JOB, namespace)],
  });
  new k8s.KubeValidatingWebhookConfiguration(scope, 'validating-webhooks', {
    metadata: metadata('validator.trainer.kubeflow.org'),
    webhooks: VALIDATED.map((admission) => webhook('validator', 'validate', admission, namespace)),
  });
}

function webhook(role: string, verb: string, admission: Admission, namespace: string): k8s.MutatingWebhook & k8s.ValidatingWebhook {
  return {
    name: `${role}.${admission.kind}.trainer.kubeflow.org`,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: SERVICE_NAME, namespace, path: `/${verb}-trainer-kubeflow-org-v1alpha1-${admission.kind}`, port: 443 } },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    timeoutSeconds: 10,
    rules: [
      { apiGroups: ['trainer.kubeflow.org'], apiVersions: ['v1alpha1'], operations: ['CREATE', 'UPDATE'], resources: [admission.resource], scope: admission.scope },
    ],
  };
}
