/** Version of cert-manager that is deployed. @see https://github.com/cert-manager/cert-manager/releases/tag/v1.20.2 */
export const CERT_MANAGER_VERSION = '1.20.2';
