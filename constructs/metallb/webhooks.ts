import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { CrdAddition, ServingCertificate } from '../core';

/** Service in front of the webhooks. */
export const WEBHOOK_SERVICE = 'metallb-webhook-service';

interface Validation {
  readonly name: string;
  readonly resource: string;
  readonly kind: string;
  readonly version: string;
  readonly operations: readonly string[];
}

const CHANGES = ['CREATE', 'UPDATE'] as const;

const VALIDATIONS: readonly Validation[] = [
  { name: 'bgppeersvalidationwebhook.metallb.io', resource: 'bgppeers', kind: 'bgppeer', version: 'v1beta2', operations: CHANGES },
  { name: 'bfdprofilevalidationwebhook.metallb.io', resource: 'bfdprofiles', kind: 'bfdprofile', version: 'v1beta1', operations: ['CREATE', 'DELETE'] },
  { name: 'bgpadvertisementvalidationwebhook.metallb.io', resource: 'bgpadvertisements', kind: 'bgpadvertisement', version: 'v1beta1', operations: CHANGES },
  { name: 'communityvalidationwebhook.metallb.io', resource: 'communities', kind: 'community', version: 'v1beta1', operations: CHANGES },
  { name: 'ipaddresspoolvalidationwebhook.metallb.io', resource: 'ipaddresspools', kind: 'ipaddresspool', version: 'v1beta1', operations: CHANGES },
  { name: 'l2advertisementvalidationwebhook.metallb.io', resource: 'l2advertisements', kind: 'l2advertisement', version: 'v1beta1', operations: CHANGES },
];

/** Declares the webhook configuration; the CA is put in by the issuer of the certificate. */
export function webhooks(scope: Construct, namespace: string, certificate: ServingCertificate): void {
  new k8s.KubeValidatingWebhookConfiguration(scope, 'webhooks', {
    metadata: { name: 'metallb-webhook-configuration', annotations: { ...certificate.injectCa } },
    webhooks: VALIDATIONS.map(({ name, resource, kind, version, operations }) => ({
      name,
      admissionReviewVersions: ['v1'],
      clientConfig: { service: { name: WEBHOOK_SERVICE, namespace, path: `/validate-metallb-io-${version}-${kind}`, port: 443 } },
      failurePolicy: 'Fail',
      sideEffects: 'None',
      timeoutSeconds: 10,
      rules: [{ apiGroups: ['metallb.io'], apiVersions: [version], operations: [...operations], resources: [resource], scope: 'Namespaced' }],
    })),
  });
}

/** BGPPeers have two versions, between which the controller converts. */
export function crdAddition(name: string, namespace: string, certificate: ServingCertificate): CrdAddition | undefined {
  if (name !== 'bgppeers.metallb.io') return undefined;
  return {
    annotations: certificate.injectCa,
    conversion: {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v1beta1', 'v1beta2'], clientConfig: { service: { name: WEBHOOK_SERVICE, namespace, path: '/convert', port: 443 } } },
    },
  };
}
