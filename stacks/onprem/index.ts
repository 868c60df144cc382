import { onpremConfig } from '../config';
import type { Stack } from '../stack';

/** The platform on a cluster that exists, with what stands around it. */
export const onprem: Stack<typeof onpremConfig> = {
  name: 'onprem',
  description: 'the platform on a cluster that exists, by kubeconfig and context',
  config: onpremConfig,
  target: ({ kubeconfig, context }) => ({ kind: 'existing', kubeconfig, context }),
  declare: async (app, config) => (await import('./program.js')).program(app, config),
  preflight: async (app, config, place) => (await import('./preflight/index.js')).preflight(app, config, place),
};
