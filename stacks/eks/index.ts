import { eksConfig } from '../config';
import type { Stack } from '../stack';

/** The platform on Amazon EKS, with the cluster and all that it stands on. */
export const eks: Stack<typeof eksConfig> = {
  name: 'eks',
  description: 'the platform on Amazon EKS, with network, cluster, database, bucket and sign-in',
  config: eksConfig,
  target: () => ({ kind: 'provisioned', cloud: 'aws' }),
  declare: async (app, config, facts) => (await import('./program.js')).program(app, config, facts),
};
