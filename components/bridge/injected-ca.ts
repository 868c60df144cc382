import type { Manifest } from '../../constructs/core';

/** Has a provider wait for a condition after it has applied an object. @see https://www.pulumi.com/registry/packages/kubernetes/ */
const WAIT_FOR = 'pulumi.com/waitFor';

const WEBHOOK_KINDS = new Set(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);

/**
 * A webhook configuration that states no CA gets it from somebody in the cluster. Until then the API server cannot call the
 * webhook, and refuses what it would admit: the deployment waits for it.
 */
export function awaitingCa(manifest: Manifest): Manifest {
  if (!WEBHOOK_KINDS.has(manifest.kind) || statesCa(manifest)) return manifest;
  const { metadata } = manifest;
  const annotations = { ...metadata.annotations, [WAIT_FOR]: 'jsonpath={.webhooks[0].clientConfig.caBundle}' };
  return { ...manifest, metadata: { ...metadata, annotations } };
}

function statesCa({ webhooks }: Manifest): boolean {
  const [first] = Array.isArray(webhooks) ? (webhooks as { clientConfig?: { caBundle?: string } }[]) : [];
  return first?.clientConfig?.caBundle !== undefined || first === undefined;
}
