import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { LocalWorkspace, PulumiCommand, Stack, type PulumiFn } from '@pulumi/pulumi/automation';

/** Name of the Pulumi project. */
export const PROJECT = 'kubeflow-cdk';

/** Where and how the engine runs for one stack. */
export interface EngineWorkspace {
  readonly stackName: string;
  /** The Pulumi CLI. Asking it for its version takes a moment, in which other things can be done. */
  readonly command: Promise<PulumiCommand>;
  /** Folder with `Pulumi.yaml`. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the file backend. @default undefined: the state is kept elsewhere */
  readonly fileBackend?: string;
  /**
   * File of the journal of unfinished runs, for a record that is written once, when a run ends. What is recorded at every step needs
   * none: and what is made in a cloud is, because there nothing but the record knows what belongs to the stack.
   *
   * @default recorded at every step
   */
  readonly journal?: string;
}

/**
 * Folder of the file backend the ordinary Pulumi CLI is logged in to; undefined if the state is kept elsewhere, or it is not logged in.
 */
export async function fileBackendOf(pulumi: string): Promise<string | undefined> {
  const url = process.env['PULUMI_BACKEND_URL'] ?? (await loggedInTo(pulumi));
  return url?.startsWith('file://') ? url.slice('file://'.length).replace(/^~/, homedir()) : undefined;
}

async function loggedInTo(pulumi: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(pulumi, ['whoami', '--verbose', '--json', '--non-interactive']);
    return (JSON.parse(stdout) as { url?: string }).url;
  } catch {
    // The engine will say what is the matter, in the context of what was asked of it.
    return undefined;
  }
}

/** The Pulumi CLI at an absolute path, which ends in `bin/pulumi`. */
export function pulumiCommand(pulumi: string): Promise<PulumiCommand> {
  const command = PulumiCommand.get({ root: path.dirname(path.dirname(pulumi)), skipVersionCheck: true });
  // Whoever awaits it hears of a failure; nobody may, if something else fails first.
  command.catch(() => undefined);
  return command;
}

/** What a private workspace is made of. */
export interface PrivateWorkspaceOptions {
  readonly directory: string;
  readonly stackName: string;
  readonly command: Promise<PulumiCommand>;
  /** Folders of provider plugins, by the provider's name. */
  readonly providers: Readonly<Record<string, string>>;
}

/** A workspace below a folder of our own: file backend, generated passphrase, no account anywhere. */
export function privateWorkspace({ directory, stackName, command, providers }: PrivateWorkspaceOptions): EngineWorkspace {
  const fileBackend = path.join(directory, 'state');
  const home = path.join(directory, 'home');
  mkdirSync(fileBackend, { recursive: true, mode: 0o700 });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  withoutDebugLog(home);
  const plugins = { providers: Object.entries(providers).map(([name, folder]) => ({ name, path: folder })) };
  writeFileSync(path.join(directory, 'Pulumi.yaml'), stringify({ name: PROJECT, runtime: 'nodejs', plugins }));
  return {
    stackName,
    command,
    directory,
    fileBackend,
    journal: path.join(directory, 'journal.json'),
    env: {
      PULUMI_BACKEND_URL: `file://${fileBackend}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase(path.join(directory, 'passphrase')),
      PULUMI_HOME: home,
      // The engine goes through resources one by one; their diffs need not wait for each other.
      PULUMI_PARALLEL_DIFF: 'true',
    },
  };
}

/** Whether the engine has a record of the stack; without one there is nothing to preview against or destroy. */
export function hasRecord(workspace: EngineWorkspace): boolean {
  if (workspace.fileBackend === undefined) return true;
  return existsSync(path.join(workspace.fileBackend, '.pulumi', 'stacks', PROJECT, `${workspace.stackName}.json`));
}

/** Opens the stack, making it on first use. Its folder holds a `Pulumi.yaml`. */
export async function openStack(workspace: EngineWorkspace, program: PulumiFn, env: Readonly<Record<string, string>>): Promise<Stack> {
  const local = await LocalWorkspace.create({
    workDir: workspace.directory,
    program,
    pulumiCommand: await workspace.command,
    envVars: { PULUMI_SKIP_UPDATE_CHECK: 'true', ...workspace.env, ...env },
  });
  // Selecting a stack is a run of the CLI; every later command names its stack anyway.
  const known = workspace.fileBackend !== undefined && hasRecord(workspace);
  const stack = known
    ? await Stack.select(workspace.stackName, Object.assign(local, { selectStack: () => Promise.resolve() }))
    : await Stack.createOrSelect(workspace.stackName, local);
  // After a run the Automation API asks the CLI three times more, for outputs and history that nobody here reads.
  return Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
}

/**
 * The engine keeps an encrypted debug log of every run, for its vendor's support; it costs a third of the engine's processor time. A file
 * in the place of the log's folder turns it off; this is only done in a home of our own.
 */
function withoutDebugLog(home: string): void {
  const logs = path.join(home, 'logs');
  if (!existsSync(logs)) writeFileSync(logs, '');
}

function passphrase(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}
