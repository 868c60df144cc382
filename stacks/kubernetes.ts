import { CERT_MANAGER_KUBERNETES } from '../constructs/cert-manager/versions';
import type { KubernetesRange } from '../constructs/core';
import { ISTIO_KUBERNETES } from '../constructs/istio/versions';
import { JOBSET_KUBERNETES } from '../constructs/jobset/versions';
import { KSERVE_KUBERNETES } from '../constructs/kserve/versions';
import { TRAINER_KUBERNETES } from '../constructs/trainer/versions';

const minorOf = (version: string): number => Number(version.split('.')[1]);

/** Minor versions of Kubernetes on which every component of the platform works. */
export const PLATFORM_KUBERNETES = onAll([CERT_MANAGER_KUBERNETES, ISTIO_KUBERNETES, JOBSET_KUBERNETES, KSERVE_KUBERNETES, TRAINER_KUBERNETES]);

function onAll(ranges: readonly KubernetesRange[]): { readonly range: string; readonly versions: readonly string[] } {
  const oldest = Math.max(...ranges.map((range) => minorOf(range.oldest)));
  const newest = Math.min(...ranges.map((range) => minorOf(range.newest)));
  return {
    range: `>=1.${oldest}.0 <1.${newest + 1}.0`,
    versions: Array.from({ length: newest - oldest + 1 }, (_, index) => `1.${oldest + index}`),
  };
}
