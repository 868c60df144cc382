import type { Image } from '../core';
import { METALLB_VERSION } from './versions';

const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/ppc64le', 'linux/s390x'] as const;

/** Images of MetalLB. */
export const METALLB_IMAGES = {
  controller: { registry: 'quay.io', repository: 'metallb/controller', tag: `v${METALLB_VERSION}`, platforms: PLATFORMS },
  speaker: { registry: 'quay.io', repository: 'metallb/speaker', tag: `v${METALLB_VERSION}`, platforms: PLATFORMS },
} as const satisfies Record<string, Image>;
