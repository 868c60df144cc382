import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundledProviders } from './plugins';
import { fileBackendOf, privateWorkspace, pulumiCommand, type EngineWorkspace } from '../local/engine';
import { reachCluster, type ReachedCluster, type ReachOptions } from '../local/target';
import { ensureToolchain } from '../local/toolchain';
import type { ConfiguredStack } from '../stacks';
import { CommandError, EXIT } from './exit-codes';

/** Where the engine works, and the cluster, unless the stack makes it. */
export interface ReadyTarget {
  readonly workspace: EngineWorkspace;
  readonly cluster?: ReachedCluster;
}

/** Makes sure that a stack's cluster, if there is one already, answers and is the one it was before; opens the engine's workspace. */
export async function openTarget({ name, target }: ConfiguredStack, options: ReachOptions): Promise<ReadyTarget> {
  if (target.kind !== 'embedded' && !existsSync('Pulumi.yaml')) {
    throw new CommandError(`${process.cwd()} has no Pulumi.yaml; run this in the project's folder`, EXIT.input);
  }
  const { pulumi } = await ensureToolchain({ tools: ['pulumi'], ...(options.onToolchain && { onProgress: options.onToolchain }) });
  const command = pulumiCommand(pulumi);
  if (target.kind === 'provisioned') return { workspace: projectWorkspace(name, command, await fileBackendOf(pulumi)) };
  const cluster = await reachCluster(target, options);
  const workspace = cluster.embedded ? embeddedWorkspace(name, command, cluster.embedded.dir, cluster.uid) : onOneCluster(projectWorkspace(name, command, await fileBackendOf(pulumi)), cluster);
  return { cluster, workspace };
}

type PulumiCli = EngineWorkspace['command'];

const CLUSTER_FILE = 'cluster-uid';

function embeddedWorkspace(stackName: string, command: PulumiCli, clusterDirectory: string, uid: string): EngineWorkspace {
  const directory = path.join(clusterDirectory, 'pulumi');
  // What is recorded of a cluster that is no more says nothing about this one.
  if (rememberedUid(directory) !== uid) rmSync(directory, { recursive: true, force: true });
  remember(directory, uid);
  return privateWorkspace({ directory, stackName, command, providers: bundledProviders() });
}

function projectWorkspace(stackName: string, command: PulumiCli, fileBackend: string | undefined): EngineWorkspace {
  return { stackName, command, directory: process.cwd(), env: {}, ...(fileBackend !== undefined && { fileBackend }) };
}

/** A workspace that only ever deploys to this cluster. */
function onOneCluster(workspace: EngineWorkspace, { context, uid }: ReachedCluster): EngineWorkspace {
  const { stackName } = workspace;
  const directory = path.join(process.cwd(), '.kubeflow-cdk', stackName);
  const known = rememberedUid(directory);
  if (known !== undefined && known !== uid) {
    throw new CommandError(
      `context '${context}' leads to cluster ${uid}, but stack '${stackName}' was deployed to cluster ${known}; nothing was touched. ` +
        `If the stack is meant to move, take it down on the old cluster first, then remove ${path.join(directory, CLUSTER_FILE)}`,
      EXIT.input,
    );
  }
  remember(directory, uid);
  return { ...workspace, journal: path.join(directory, 'journal.json') };
}

function rememberedUid(directory: string): string | undefined {
  const file = path.join(directory, CLUSTER_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function remember(directory: string, uid: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(directory, CLUSTER_FILE), `${uid}\n`);
}
