/** Version of Istio that is deployed. */
export const ISTIO_VERSION = '1.30.1';

/** Oldest Istio that {@link existingIstio} accepts: it serves the `v1` APIs used here and injects native sidecars. */
export const OLDEST_SUPPORTED_ISTIO = '1.26.0';
