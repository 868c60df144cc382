import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LocalWorkspace, PulumiCommand, Stack, type PulumiFn } from '@pulumi/pulumi/automation';

/** Name of the Pulumi project. */
export const PROJECT = 'kubeflow-cdk';

/** Where and how the engine runs for one stack. */
export interface EngineWorkspace {
  readonly stackName: string;
  /** Absolute path of the Pulumi CLI. */
  readonly pulumi: string;
  /** Folder with `Pulumi.yaml`. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the file backend. @default undefined: the state is kept elsewhere */
  readonly fileBackend?: string;
  /** File of the journal of unfinished runs. */
  readonly journal: string;
}

/** A workspace below a folder of our own: file backend, generated passphrase, no account anywhere. */
export function privateWorkspace(options: { readonly directory: string; readonly stackName: string; readonly pulumi: string }): EngineWorkspace {
  const { directory, stackName, pulumi } = options;
  const fileBackend = path.join(directory, 'state');
  mkdirSync(fileBackend, { recursive: true, mode: 0o700 });
  return {
    stackName,
    pulumi,
    directory,
    fileBackend,
    journal: path.join(directory, 'journal.json'),
    env: {
      PULUMI_BACKEND_URL: `file://${fileBackend}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase(path.join(directory, 'passphrase')),
      PULUMI_HOME: path.join(directory, 'home'),
    },
  };
}

/** Whether the engine has a record of the stack; without one there is nothing to preview against or destroy. */
export function hasRecord(workspace: EngineWorkspace): boolean {
  if (workspace.fileBackend === undefined) return true;
  return existsSync(path.join(workspace.fileBackend, '.pulumi', 'stacks', PROJECT, `${workspace.stackName}.json`));
}

/** Opens the stack, making it on first use. */
export async function openStack(workspace: EngineWorkspace, program: PulumiFn, env: Readonly<Record<string, string>>): Promise<Stack> {
  const root = path.dirname(path.dirname(workspace.pulumi));
  const local = await LocalWorkspace.create({
    workDir: workspace.directory,
    program,
    pulumiCommand: await PulumiCommand.get({ root, skipVersionCheck: true }),
    envVars: { PULUMI_SKIP_UPDATE_CHECK: 'true', ...workspace.env, ...env },
    ...(existsSync(path.join(workspace.directory, 'Pulumi.yaml')) ? {} : { projectSettings: { name: PROJECT, runtime: 'nodejs' } }),
  });
  return Stack.createOrSelect(workspace.stackName, local);
}

function passphrase(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}
