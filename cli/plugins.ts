import { homedir } from 'node:os';
import path from 'node:path';
import { installedOfficialProvider } from '../local/provider/install';
import type { ReachedCluster } from '../local/target';

const DIST = path.resolve(__dirname, '..');

/** Folder of the policy pack with every policy. */
export const POLICY_PACK = path.join(DIST, 'policies', 'packs', 'all');

const KUBERNETES = path.join(DIST, 'local', 'provider', 'bin');
const OWN_TYPES = path.join(DIST, 'components', 'plugin', 'bin');
const ANALYZER = path.join(DIST, 'policies', 'packs', 'bin');

/** The provider plugins this package brings, by the provider's name. */
export function bundledProviders(): Readonly<Record<string, string>> {
  return { kubernetes: KUBERNETES, 'kubeflow-cdk': OWN_TYPES };
}

/**
 * Folders the engine looks for plugins in. On a cluster that exists, the official Kubernetes provider goes before ours where it is
 * installed; on the embedded one, the workspace names its providers itself.
 */
export function pluginPath(cluster: Pick<ReachedCluster, 'embedded'> | undefined): string[] {
  if (cluster?.embedded) return [ANALYZER];
  const home = process.env['PULUMI_HOME'] ?? path.join(homedir(), '.pulumi');
  return [ANALYZER, ...(installedOfficialProvider(home) === undefined ? [KUBERNETES] : [])];
}
