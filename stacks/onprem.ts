import { onpremConfig } from './config';
import { platform } from './platform';
import type { Stack } from './stack';

/** The platform on a cluster that exists. */
export const onprem: Stack<typeof onpremConfig> = {
  name: 'onprem',
  description: 'the platform on a cluster that exists, by kubeconfig and context',
  config: onpremConfig,
  build: platform,
  target: ({ kubeconfig, context }) => ({ kind: 'existing', kubeconfig, context }),
};
