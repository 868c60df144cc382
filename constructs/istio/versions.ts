import type { KubernetesRange } from '../core/component';

/** Version of Istio that is deployed. */
export const ISTIO_VERSION = '1.30.1';

/** Oldest Istio that {@link existingIstio} accepts: it serves the `v1` APIs used here and injects native sidecars. */
export const OLDEST_SUPPORTED_ISTIO = '1.26.0';

/** Versions of Kubernetes: Istio 1.30 refuses what is older than 1.32; 1.36 is what this package tests it on. @see https://istio.io/latest/docs/releases/supported-releases/ */
export const ISTIO_KUBERNETES: KubernetesRange = { oldest: '1.32', newest: '1.36' };
