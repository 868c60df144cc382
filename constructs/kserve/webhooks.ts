import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ServingCertificate } from '../core';

/** One call the API server makes before it admits an object of KServe's. */
export interface WebhookCall {
  readonly name: string;
  readonly path: string;
  /** Resource of the group `serving.kserve.io`. */
  readonly resource: string;
  readonly version: string;
  /** @default ['CREATE', 'UPDATE'] */
  readonly operations?: readonly string[];
  /** `Exact` where another version of the resource has a webhook of its own. @default 'Equivalent' */
  readonly matchPolicy?: 'Exact' | 'Equivalent';
}

/** Where webhooks are answered, and how their server is trusted. */
export interface WebhookServer {
  readonly service: string;
  readonly namespace: string;
  readonly certificate: ServingCertificate;
}

/** What the API server sends; the controllers understand both versions, and answer in the one they were asked in. */
const REVIEW_VERSIONS = ['v1', 'v1beta1'];

/** How long the API server waits for an answer, in seconds; Kubernetes' own default, stated. */
const TIMEOUT_SECONDS = 10;

/** Fields that every webhook of KServe has in common. */
export function webhook(server: WebhookServer, name: string, path: string): k8s.ValidatingWebhook {
  return {
    name,
    clientConfig: { service: { name: server.service, namespace: server.namespace, path, port: 443 } },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: REVIEW_VERSIONS,
    timeoutSeconds: TIMEOUT_SECONDS,
  };
}

/** Rules that match one resource of KServe's. */
export function rulesFor(call: WebhookCall): k8s.RuleWithOperations[] {
  return [
    {
      apiGroups: ['serving.kserve.io'],
      apiVersions: [call.version],
      operations: [...(call.operations ?? ['CREATE', 'UPDATE'])],
      resources: [call.resource],
      scope: '*',
    },
  ];
}

/** A configuration of validating webhooks, answered by one of KServe's controllers. */
export function validatingWebhooks(scope: Construct, name: string, server: WebhookServer, calls: readonly WebhookCall[]): void {
  new k8s.KubeValidatingWebhookConfiguration(scope, `validating-${name}`, {
    metadata: { name, annotations: { ...server.certificate.injectCa } },
    webhooks: calls.map((call) => ({
      ...webhook(server, call.name, call.path),
      ...(call.matchPolicy && { matchPolicy: call.matchPolicy }),
      rules: rulesFor(call),
    })),
  });
}
