import { aksConfig } from '../config/schemas/aks';
import type { Stack } from '../stack';

/** The platform on Azure Kubernetes Service, with the cluster and all that it stands on. */
export const aks: Stack<typeof aksConfig> = {
  name: 'aks',
  description: 'the platform on Azure Kubernetes Service, with network, cluster, database, storage and sign-in',
  config: aksConfig,
  target: () => ({ kind: 'provisioned', cloud: 'azure-native' }),
  declare: async (app, config, facts) => (await import('./program.js')).program(app, config, facts),
};
