import type { KubernetesRange } from '../core/component';

/** Version of JobSet that is deployed. */
export const JOBSET_VERSION = '0.11.0';

/** Versions of Kubernetes: JobSet 0.11 is built against 1.35; 1.36 is what this package tests it on. @see https://github.com/kubernetes-sigs/jobset/blob/v0.11.0/go.mod */
export const JOBSET_KUBERNETES: KubernetesRange = { oldest: '1.32', newest: '1.36' };
