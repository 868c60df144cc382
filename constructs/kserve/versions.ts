/** Version of KServe that is deployed. @see https://github.com/kserve/kserve/releases/tag/v0.17.0 */
export const KSERVE_VERSION = '0.17.0';

/** Version of the Gateway API Inference Extension whose CRDs KServe brings along. */
export const INFERENCE_EXTENSION_VERSION = '1.3.0';
