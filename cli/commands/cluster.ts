import { listClusters, removeCluster, startCluster, stopCluster } from '../../local/cluster';
import { ensureToolchain } from '../../local/toolchain';
import { progressView } from '../output/progress';

/** What a cluster command came to. */
export interface ClusterResult {
  readonly clusters: readonly { readonly name: string; readonly status: string; readonly kubeconfig?: string }[];
  readonly text: string;
}

/** Arguments of {@link cluster}. */
export interface ClusterArguments {
  readonly action: 'start' | 'stop' | 'remove' | 'list';
  readonly name: string;
  readonly json: boolean;
  /** Whether the API server logs all writes. @default as before */
  readonly audit?: boolean;
}

/** Starts, stops, removes or lists embedded clusters. */
export async function cluster({ action, name, json, audit }: ClusterArguments): Promise<ClusterResult> {
  switch (action) {
    case 'start':
      return start(name, json, audit);
    case 'stop': {
      const stopped = await stopCluster(name);
      return { clusters: [{ name, status: 'stopped' }], text: stopped ? `${name} stopped; its objects are kept\n` : `${name} was not running\n` };
    }
    case 'remove': {
      const removed = await removeCluster(name);
      return { clusters: [], text: removed ? `${name} removed\n` : `there is no cluster ${name}\n` };
    }
    case 'list': {
      const clusters = (await listClusters()).map(({ name: each, status, kubeconfig }) => ({ name: each, status, kubeconfig }));
      return { clusters, text: clusters.map((each) => `${each.name}\t${each.status}\t${each.kubeconfig}\n`).join('') || 'no clusters\n' };
    }
  }
}

async function start(name: string, quiet: boolean, audit: boolean | undefined): Promise<ClusterResult> {
  const view = progressView({ quiet, terminal: process.stderr.isTTY === true });
  try {
    const toolchain = await ensureToolchain({ onProgress: (progress) => view.toolchain(progress) });
    const { kubeconfig, context, outcome } = await startCluster({ name, toolchain, ...(audit !== undefined && { audit }), onProgress: (progress) => view.cluster(progress) });
    return { clusters: [{ name, status: 'running', kubeconfig }], text: `${name} ${outcome}: kubectl --kubeconfig ${kubeconfig} --context ${context}\n` };
  } finally {
    view.stop();
  }
}
