import { homedir } from 'node:os';
import { ApiClient } from '../../components/apiserver';
import type { Target } from '../../stacks';
import { startCluster, type ClusterProgress, type StartedCluster } from '../cluster';
import { ensureToolchain, type ToolchainProgress } from '../toolchain';

/** A cluster that answers. */
export interface ReachedCluster {
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  readonly context: string;
  /** What tells it from every other cluster: the uid of its `kube-system` namespace. */
  readonly uid: string;
  /** Present for the embedded control plane. */
  readonly embedded?: StartedCluster;
}

/** Options of {@link reachCluster}. */
export interface ReachOptions {
  /** Name of the embedded cluster. */
  readonly cluster: string;
  /** Whether the embedded API server logs all writes. @default as before */
  readonly audit?: boolean;
  readonly onToolchain?: (progress: ToolchainProgress) => void;
  readonly onCluster?: (progress: ClusterProgress) => void;
  readonly signal?: AbortSignal;
}

/** No cluster answers where one should. */
export class UnreachableClusterError extends Error {
  override readonly name = 'UnreachableClusterError';
}

/**
 * Makes sure that the target's cluster answers; starts the embedded one.
 *
 * @throws UnreachableClusterError, GoUnavailableError, ToolchainBuildError, ClusterStartError
 */
export async function reachCluster(target: Exclude<Target, { readonly kind: 'provisioned' }>, options: ReachOptions): Promise<ReachedCluster> {
  if (target.kind === 'existing') {
    const place = { kubeconfig: target.kubeconfig.replace(/^~(?=\/)/, homedir()), context: target.context };
    return { ...place, uid: await clusterUid(place) };
  }
  const { cluster: name, audit, signal, onToolchain, onCluster } = options;
  const toolchain = await ensureToolchain({ ...(onToolchain && { onProgress: onToolchain }), ...(signal && { signal }) });
  const { nodes, gpuNodes } = target;
  const embedded = await startCluster({ name, toolchain, nodes, gpuNodes, ...(onCluster && { onProgress: onCluster }), ...(audit !== undefined && { audit }) });
  const place = { kubeconfig: embedded.kubeconfig, context: embedded.context };
  return { ...place, embedded, uid: await clusterUid(place) };
}

/** Milliseconds a cluster has to answer in: somebody is waiting to hear of a mistyped address. */
const PATIENCE_MS = 3_000;

async function clusterUid(place: { readonly kubeconfig: string; readonly context: string }): Promise<string> {
  try {
    const client = await ApiClient.open(place, PATIENCE_MS);
    const namespace = await client.read('/api/v1/namespaces/kube-system');
    await client.close();
    return String(namespace?.metadata.uid);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UnreachableClusterError(`context '${place.context}' of ${place.kubeconfig} leads to no cluster that answers: ${cause}`);
  }
}
