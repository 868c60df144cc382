import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { rulesFor, validatingWebhooks, webhook, type WebhookServer } from '../webhooks';

/** Label by which KServe's pods are known; only they are sent to the pod webhook. */
const PODS_OF_KSERVE = 'serving.kserve.io/inferenceservice';

/**
 * Webhooks of the controller: defaults and checks of its kinds, and what is put into the pods of an InferenceService.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/config/webhook/manifests.yaml
 */
export function managerWebhooks(scope: Construct, server: WebhookServer): void {
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating-inferenceservice', {
    metadata: { name: 'inferenceservice.serving.kserve.io', annotations: { ...server.certificate.injectCa } },
    webhooks: [
      {
        ...webhook(server, 'inferenceservice.kserve-webhook-server.defaulter', '/mutate-serving-kserve-io-v1beta1-inferenceservice'),
        rules: rulesFor({ name: '', path: '', resource: 'inferenceservices', version: 'v1beta1' }),
      },
      {
        ...webhook(server, 'inferenceservice.kserve-webhook-server.pod-mutator', '/mutate-pods'),
        // A mesh's sidecar changes the pod after this webhook, which then has to set the storage initializer's user.
        reinvocationPolicy: 'IfNeeded',
        // Nobody but pods of inference services waits for KServe, and no control plane does.
        namespaceSelector: { matchExpressions: [{ key: 'control-plane', operator: 'DoesNotExist' }] },
        objectSelector: { matchExpressions: [{ key: PODS_OF_KSERVE, operator: 'Exists' }] },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' }],
      },
    ],
  });

  for (const [kind, version] of [
    ['inferenceservice', 'v1beta1'],
    ['trainedmodel', 'v1alpha1'],
    ['inferencegraph', 'v1alpha1'],
    ['clusterservingruntime', 'v1alpha1'],
    ['servingruntime', 'v1alpha1'],
  ] as const) {
    validatingWebhooks(scope, `${kind}.serving.kserve.io`, server, [
      { name: `${kind}.kserve-webhook-server.validator`, path: `/validate-serving-kserve-io-${version}-${kind}`, resource: `${kind}s`, version },
    ]);
  }
}
