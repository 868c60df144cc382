/** Version of ExternalDNS that is deployed. */
export const EXTERNAL_DNS_VERSION = '0.23.0';
