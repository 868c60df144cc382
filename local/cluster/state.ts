import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './files';
import type { ClusterLayout } from './layout';

/** Who talks to the API server. */
export const USERS = ['admin', 'controller-manager', 'scheduler', 'kwok'] as const;
export type User = (typeof USERS)[number];

const FORMAT = 1;

/** What has to be remembered about a cluster; everything else follows from it. */
export interface ClusterState {
  readonly format: typeof FORMAT;
  /** Port of the API server on 127.0.0.1. Kept across restarts while it is free. */
  readonly port: number;
  readonly tokens: Readonly<Record<User, string>>;
  readonly nodes: number;
  readonly gpuNodes: number;
  readonly audit: boolean;
  /** False until the cluster was ready once: before that there is nothing in it worth keeping. */
  readonly complete: boolean;
}

/** Undefined if there is no state, or none that this version can use. */
export async function readState(layout: ClusterLayout): Promise<ClusterState | undefined> {
  try {
    const state = JSON.parse(await readFile(layout.state, 'utf8')) as ClusterState;
    const usable = state.format === FORMAT && Number.isInteger(state.port) && USERS.every((user) => typeof state.tokens[user] === 'string');
    return usable ? state : undefined;
  } catch {
    return undefined;
  }
}

export async function writeState(layout: ClusterLayout, state: ClusterState): Promise<void> {
  await replaceFile(layout.state, `${JSON.stringify(state, undefined, 2)}\n`);
}

/** Directories and secrets of a new cluster. Only this user can read them. */
export async function createState(layout: ClusterLayout, wanted: Pick<ClusterState, 'port' | 'nodes' | 'gpuNodes' | 'audit'>): Promise<ClusterState> {
  for (const dir of [layout.dir, layout.pki, layout.config, layout.logs]) await mkdir(dir, { recursive: true, mode: 0o700 });
  await chmod(layout.dir, 0o700);
  const token = (): string => randomBytes(32).toString('hex');
  const tokens: Record<User, string> = { admin: token(), 'controller-manager': token(), scheduler: token(), kwok: token() };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await replaceFile(join(layout.pki, 'service-account.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  await replaceFile(
    join(layout.pki, 'tokens.csv'),
    USERS.map((user) => `${tokens[user]},kubeflow-cdk:${user},${user},system:masters\n`).join(''),
  );
  const state: ClusterState = { format: FORMAT, tokens, complete: false, ...wanted };
  await writeState(layout, state);
  return state;
}
