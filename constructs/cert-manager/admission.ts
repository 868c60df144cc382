import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { labelsOf } from './labels';

/** Props of {@link admission}. */
export interface AdmissionProps {
  readonly service: string;
  readonly namespace: string;
  /** Secret in `namespace` whose `ca.crt` is injected. */
  readonly caSecret: string;
  readonly timeoutSeconds: number;
}

/** Declares what the webhook is asked about: who made a CertificateRequest is recorded, and every cert-manager object is validated. */
export function admission(scope: Construct, props: AdmissionProps): void {
  const metadata = {
    name: 'cert-manager-webhook',
    labels: labelsOf('webhook'),
    annotations: { 'cert-manager.io/inject-ca-from-secret': `${props.namespace}/${props.caSecret}` },
  };
  const webhook = (path: string) => ({
    name: 'webhook.cert-manager.io',
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: props.service, namespace: props.namespace, path } },
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    sideEffects: 'None',
    timeoutSeconds: props.timeoutSeconds,
  });
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating', {
    metadata,
    webhooks: [
      {
        ...webhook('/mutate'),
        rules: [{ apiGroups: ['cert-manager.io'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['certificaterequests'] }],
      },
    ],
  });
  new k8s.KubeValidatingWebhookConfiguration(scope, 'validating', {
    metadata,
    webhooks: [
      {
        ...webhook('/validate'),
        namespaceSelector: { matchExpressions: [{ key: 'cert-manager.io/disable-validation', operator: 'NotIn', values: ['true'] }] },
        rules: [{ apiGroups: ['cert-manager.io', 'acme.cert-manager.io'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['*/*'] }],
      },
    ],
  });
}
