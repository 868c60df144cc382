import * as pulumi from '@pulumi/pulumi';
import type { Manifest } from '../../constructs/core';
import { resourceInputs, secretFields } from './inputs';
import { resourceName, typeToken } from './type-token';

/** Fields that controllers in the cluster fill in what we apply: ours to leave alone. */
const FILLED_BY_OTHERS: Readonly<Record<string, readonly string[]>> = {
  MutatingWebhookConfiguration: ['webhooks[*].clientConfig.caBundle'],
  ValidatingWebhookConfiguration: ['webhooks[*].clientConfig.caBundle'],
  APIService: ['spec.caBundle'],
};

/** One Kubernetes object as a Pulumi resource, under the official provider's type. */
export class KubernetesObject extends pulumi.CustomResource {
  declare readonly metadata: pulumi.Output<{ readonly name: string; readonly namespace?: string; readonly uid?: string }>;

  constructor(manifest: Manifest, options: pulumi.CustomResourceOptions) {
    const ignoreChanges = FILLED_BY_OTHERS[manifest.kind];
    super(typeToken(manifest), resourceName(manifest), resourceInputs(manifest), {
      ...options,
      ...(ignoreChanges && { ignoreChanges: [...ignoreChanges] }),
      additionalSecretOutputs: [...secretFields(manifest)],
    });
  }
}
