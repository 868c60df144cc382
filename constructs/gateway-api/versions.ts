/** Version of the Gateway API whose CRDs are deployed. @see https://github.com/kubernetes-sigs/gateway-api/releases/tag/v1.4.0 */
export const GATEWAY_API_VERSION = '1.4.0';
