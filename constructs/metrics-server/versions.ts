import type { KubernetesRange } from '../core';

/** Version of metrics-server that is deployed. */
export const METRICS_SERVER_VERSION = '0.9.0';

/** Versions of Kubernetes: its table of releases says 1.34 and later. @see https://github.com/kubernetes-sigs/metrics-server#compatibility-matrix */
export const METRICS_SERVER_KUBERNETES: KubernetesRange = { oldest: '1.34', newest: '1.36' };
