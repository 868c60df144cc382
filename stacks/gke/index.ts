import { gkeConfig } from '../config/schemas/gke';
import type { Stack } from '../stack';

/** The platform on Google Kubernetes Engine, with the cluster and all that it stands on. */
export const gke: Stack<typeof gkeConfig> = {
  name: 'gke',
  description: 'the platform on GKE, with network, cluster, database, bucket and sign-in by Google',
  config: gkeConfig,
  target: () => ({ kind: 'provisioned', cloud: 'gcp' }),
  declare: async (app, config, facts) => (await import('./program.js')).program(app, config, facts),
};
