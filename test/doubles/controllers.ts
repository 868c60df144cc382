import { AdmissionregistrationV1Api, CoreV1Api, type V1MutatingWebhook, type V1Service, type V1ValidatingWebhook } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubeConfig } from '../cluster';

const POLL_MS = 300;
const CA = Buffer.from('stand-in for a CA').toString('base64');

/**
 * Does what controllers in the pods would do, where pods are simulated: puts a CA into webhooks, and gives Services of type LoadBalancer
 * an address.
 *
 * @returns ends it
 */
export function standInControllers(cluster: { readonly kubeconfig: string }): () => Promise<void> {
  const config = kubeConfig(cluster);
  const [admission, core] = [config.makeApiClient(AdmissionregistrationV1Api), config.makeApiClient(CoreV1Api)];
  let stopped = false;
  const round = async (): Promise<void> => {
    for (const item of (await admission.listMutatingWebhookConfiguration()).items) {
      if (giveCa(item.webhooks)) await admission.replaceMutatingWebhookConfiguration({ name: nameOf(item), body: item });
    }
    for (const item of (await admission.listValidatingWebhookConfiguration()).items) {
      if (giveCa(item.webhooks)) await admission.replaceValidatingWebhookConfiguration({ name: nameOf(item), body: item });
    }
    for (const item of (await core.listServiceForAllNamespaces()).items) {
      if (wantsAddress(item)) await core.replaceNamespacedServiceStatus({ name: nameOf(item), namespace: item.metadata?.namespace ?? '', body: { ...item, status: { loadBalancer: { ingress: [{ hostname: 'balancer.example.com' }] } } } });
    }
  };
  const work = (async () => {
    while (!stopped) {
      // What it looked at may be gone, or be written by another, a moment later: the next round sees.
      await round().catch(() => undefined);
      await sleep(POLL_MS);
    }
  })();
  return async () => {
    stopped = true;
    await work;
  };
}

function giveCa(webhooks: readonly (V1MutatingWebhook | V1ValidatingWebhook)[] = []): boolean {
  const without = webhooks.filter(({ clientConfig }) => clientConfig.caBundle === undefined);
  for (const { clientConfig } of without) clientConfig.caBundle = CA;
  return without.length > 0;
}

function wantsAddress({ spec, status }: V1Service): boolean {
  return spec?.type === 'LoadBalancer' && status?.loadBalancer?.ingress === undefined;
}

function nameOf({ metadata }: { readonly metadata?: { readonly name?: string } }): string {
  return metadata?.name ?? '';
}
