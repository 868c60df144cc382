import type { Image } from '../core';
import { METRICS_SERVER_VERSION } from './versions';

/** Images of Metrics Server. */
export const METRICS_SERVER_IMAGES = {
  server: {
    registry: 'registry.k8s.io',
    repository: 'metrics-server/metrics-server',
    tag: `v${METRICS_SERVER_VERSION}`,
    platforms: ['linux/amd64', 'linux/arm', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'],
  },
} as const satisfies Record<string, Image>;
