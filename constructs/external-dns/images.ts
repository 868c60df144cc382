import type { Image } from '../core';
import { EXTERNAL_DNS_VERSION } from './versions';

/** Images of ExternalDNS. */
export const EXTERNAL_DNS_IMAGES = {
  controller: { registry: 'registry.k8s.io', repository: 'external-dns/external-dns', tag: `v${EXTERNAL_DNS_VERSION}` },
} as const satisfies Record<string, Image>;
