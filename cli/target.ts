import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { ApiClient } from '../components/apiserver';
import { startCluster, type ClusterProgress, type StartedCluster } from '../local/cluster';
import { privateWorkspace, PROJECT, type EngineWorkspace } from '../local/engine';
import { cacheRoot, ensureToolchain, type ToolchainProgress } from '../local/toolchain';
import type { Target } from '../stacks';
import { CommandError, EXIT } from './exit-codes';

/** A cluster that answers, and the engine's workspace for it. */
export interface ReadyTarget {
  readonly kubeconfig: string;
  readonly context: string;
  readonly workspace: EngineWorkspace;
  /** Present for the embedded control plane. */
  readonly cluster?: StartedCluster;
}

/** Options for reaching a target. */
export interface TargetOptions {
  /** Name of the embedded cluster. */
  readonly cluster: string;
  /** Whether the embedded API server logs all writes. @default as before */
  readonly audit?: boolean;
  readonly onToolchain: (progress: ToolchainProgress) => void;
  readonly onCluster: (progress: ClusterProgress) => void;
  readonly signal?: AbortSignal;
}

/** Makes sure that the target answers, and that it is the one it was before. */
export async function reach(stack: string, target: Target, options: TargetOptions): Promise<ReadyTarget> {
  return target.kind === 'embedded' ? reachEmbedded(stack, target, options) : reachExisting(stack, target, options);
}

async function reachEmbedded(stack: string, target: Target & { kind: 'embedded' }, options: TargetOptions): Promise<ReadyTarget> {
  const toolchain = await ensureToolchain({ onProgress: options.onToolchain, ...(options.signal && { signal: options.signal }) });
  const { nodes, gpuNodes } = target;
  const cluster = await startCluster({ name: options.cluster, toolchain, nodes, gpuNodes, onProgress: options.onCluster, ...(options.audit !== undefined && { audit: options.audit }) });
  const directory = path.join(cluster.dir, 'pulumi');
  const { kubeconfig, context } = cluster;
  const uid = await clusterUid({ kubeconfig, context });
  // What is recorded of a cluster that is no more says nothing about this one.
  if (rememberedUid(directory) !== uid) rmSync(directory, { recursive: true, force: true });
  remember(directory, uid);
  return { kubeconfig, context, cluster, workspace: privateWorkspace({ directory, stackName: stack, pulumi: toolchain.pulumi }) };
}

async function reachExisting(stack: string, target: Target & { kind: 'existing' }, options: TargetOptions): Promise<ReadyTarget> {
  const project = process.cwd();
  if (!existsSync(path.join(project, 'Pulumi.yaml'))) {
    throw new CommandError(`${project} has no Pulumi.yaml; run this in the project's folder`, EXIT.input);
  }
  const kubeconfig = target.kubeconfig.replace(/^~(?=\/)/, homedir());
  const uid = await clusterUid({ kubeconfig, context: target.context });
  const directory = path.join(cacheRoot(), 'stacks', stack);
  const known = rememberedUid(directory);
  if (known !== undefined && known !== uid) {
    throw new CommandError(
      `context '${target.context}' leads to cluster ${uid}, but stack '${stack}' was deployed to cluster ${known}; nothing was touched. ` +
        `If the stack is meant to move, destroy it on the old cluster first, or remove ${path.join(directory, CLUSTER_FILE)}`,
      EXIT.input,
    );
  }
  remember(directory, uid);
  const { pulumi } = await ensureToolchain({ tools: ['pulumi'], onProgress: options.onToolchain, ...(options.signal && { signal: options.signal }) });
  const backend = process.env['PULUMI_BACKEND_URL'];
  return {
    kubeconfig,
    context: target.context,
    workspace: {
      stackName: stack,
      pulumi,
      directory: project,
      env: {},
      journal: path.join(directory, `${PROJECT}-${stack}-journal.json`),
      ...(backend?.startsWith('file://') && { fileBackend: backend.slice('file://'.length) }),
    },
  };
}

const CLUSTER_FILE = 'cluster-uid';

/** What tells clusters apart: the uid of their `kube-system` namespace. */
async function clusterUid(source: { readonly kubeconfig: string; readonly context: string }): Promise<string> {
  try {
    const client = await ApiClient.open(source);
    const namespace = await client.read('/api/v1/namespaces/kube-system');
    await client.close();
    return String(namespace?.metadata.uid);
  } catch (error) {
    throw new CommandError(`context '${source.context}' of ${source.kubeconfig} leads to no cluster that answers: ${error instanceof Error ? error.message : String(error)}`, EXIT.environment);
  }
}

function rememberedUid(directory: string): string | undefined {
  const file = path.join(directory, CLUSTER_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function remember(directory: string, uid: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(directory, CLUSTER_FILE), `${uid}\n`);
}
