import type { KubernetesRange } from '../core/component';

/** Version of Kubeflow Trainer that is deployed. */
export const TRAINER_VERSION = '2.2.0';

/** Versions of Kubernetes: Trainer 2.2 tests 1.32 to 1.35; 1.36 is what this package tests it on. @see https://github.com/kubeflow/trainer/blob/v2.2.0/.github/workflows/test-e2e.yaml */
export const TRAINER_KUBERNETES: KubernetesRange = { oldest: '1.32', newest: '1.36' };
