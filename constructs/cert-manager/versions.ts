import type { KubernetesRange } from '../core/component';

/** Version of cert-manager that is deployed. @see https://github.com/cert-manager/cert-manager/releases/tag/v1.20.2 */
export const CERT_MANAGER_VERSION = '1.20.2';

/** Versions of Kubernetes: cert-manager 1.20 supports and tests 1.32 to 1.35; 1.36 is what this package's own tests run it on. @see https://cert-manager.io/docs/releases/ */
export const CERT_MANAGER_KUBERNETES: KubernetesRange = { oldest: '1.32', newest: '1.36' };
