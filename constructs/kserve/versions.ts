import type { KubernetesRange } from '../core/component';

/** Version of KServe that is deployed. @see https://github.com/kserve/kserve/releases/tag/v0.17.0 */
export const KSERVE_VERSION = '0.17.0';

/** Version of the Gateway API Inference Extension whose CRDs KServe brings along. */
export const INFERENCE_EXTENSION_VERSION = '1.3.0';

/** Versions of Kubernetes: KServe 0.17 is built against 1.34; 1.36 is what this package tests it on. @see https://github.com/kserve/kserve/blob/v0.17.0/go.mod */
export const KSERVE_KUBERNETES: KubernetesRange = { oldest: '1.32', newest: '1.36' };
