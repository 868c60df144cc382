import type { Image } from '../core';
import { JOBSET_VERSION } from './versions';

/** Images of JobSet, from the registry of released images (the release's own manifests name a staging registry that is cleaned up). */
export const JOBSET_IMAGES = {
  controller: {
    registry: 'registry.k8s.io',
    repository: 'jobset/jobset',
    tag: `v${JOBSET_VERSION}`,
    platforms: ['linux/amd64', 'linux/arm64', 'linux/s390x'],
  },
} as const satisfies Record<string, Image>;
