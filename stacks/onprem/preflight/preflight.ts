import type { App } from 'cdk8s';
import { type FoundCluster, inspectCluster } from '../../../components/onprem';
import { synthesize } from '../../../constructs/core';
import { CONFIG_NAMESPACE, ConfigError, type OnpremConfig } from '../../config';
import { certificateFaults } from './certificates';
import type { Fault } from './fault';
import { nodeFaults } from './nodes';
import { occupiedFaults } from './occupied';
import { roomFaults } from './room';
import { storageFaults } from './storage';
import { versionFaults } from './version';

/**
 * Looks at the cluster before anything is deployed to it; changes nothing.
 *
 * @throws ConfigError with everything that does not fit: the version of Kubernetes, StorageClasses and drivers, nodes, room for the platform,
 *   what the cluster has already, certificates that are not valid now
 */
export async function preflight(app: App, config: OnpremConfig, place: { readonly kubeconfig: string; readonly context: string }): Promise<void> {
  const faults = preflightFaults(await inspectCluster(place), app, config, new Date());
  if (faults.length > 0) throw new ConfigError('onprem', faults.map(({ key, value, expected }) => `${CONFIG_NAMESPACE}:${key} is ${value === undefined ? 'missing' : JSON.stringify(value)}; expected ${expected}`));
}

/** Everything in a cluster that a configuration and what it declares do not fit. */
export function preflightFaults(found: FoundCluster, app: App, config: OnpremConfig, now: Date): readonly Fault[] {
  const objects = synthesize(app);
  return [
    ...versionFaults(found, app, config),
    ...occupiedFaults(found, objects, config),
    ...storageFaults(found, objects, config),
    ...nodeFaults(found, config),
    ...roomFaults(found, objects, config),
    ...certificateFaults(config, now),
  ];
}
