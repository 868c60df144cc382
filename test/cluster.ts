import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { clusterRoot } from './cluster-root';
import { startCluster, type StartedCluster } from '../local/cluster';
import { ensureToolchain, type Toolchain } from '../local/toolchain';

/** Name of the cluster that all test files of a run share. */
const SHARED = 'shared';

/**
 * The cluster shared by all test files of this run, started by whichever asks first; it has the audit log
 * on. Use names or namespaces of your own in it. Give `beforeAll` {@link CLUSTER_TIMEOUT}.
 */
export async function testCluster(): Promise<StartedCluster> {
  return startCluster({ name: SHARED, root: clusterRoot(), toolchain: await testToolchain(), audit: true });
}

/** The real programs; the global setup has built them, so this takes milliseconds. */
export function testToolchain(): Promise<Toolchain> {
  return ensureToolchain();
}

/** Milliseconds enough for a cluster to start on a busy machine. */
export const CLUSTER_TIMEOUT = 60_000;

/** Client configuration for a cluster. */
export function kubeConfig({ kubeconfig }: { readonly kubeconfig: string }): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return config;
}

export function core(cluster: { readonly kubeconfig: string }): CoreV1Api {
  return kubeConfig(cluster).makeApiClient(CoreV1Api);
}

/** Waits until `done` says so. @throws with what was waited for, after `seconds` */
export async function eventually(what: string, done: () => Promise<boolean>, seconds = 30): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (!(await done())) {
    if (Date.now() > until) throw new Error(`not in ${seconds} s: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}
