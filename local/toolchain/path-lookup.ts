import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as semver from 'semver';
import { TOOLS, type ToolId } from './versions';

/** Generous: a first run of a 100 MB program from a cold disk. */
const VERSION_TIMEOUT_MS = 20_000;

/** A program on PATH. */
export interface InstalledTool {
  readonly path: string;
  readonly version: string;
}

/** First version number in what a program prints about itself; undefined if there is none. */
export function parseVersion(output: string): string | undefined {
  const match = /\bv?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)/.exec(output);
  return match?.[1] === undefined ? undefined : semver.valid(match[1]) ?? undefined;
}

/** Whether an installed version may stand in for the pinned one. Pre-releases never do. */
export function fits(tool: ToolId, version: string): boolean {
  return semver.satisfies(version, TOOLS[tool].accepts);
}

/** All files of that name on PATH that may be executed, in PATH's order. */
export async function executablesOnPath(program: string, path: string = process.env.PATH ?? ''): Promise<string[]> {
  const found: string[] = [];
  for (const directory of path.split(delimiter)) {
    if (directory === '') continue;
    const file = join(directory, program);
    if (!found.includes(file) && (await isExecutable(file))) found.push(file);
  }
  return found;
}

/** Whether `file` is a regular file this user may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** The first program on PATH whose version fits; one that does not answer is passed over. */
export async function findOnPath(tool: ToolId, path?: string): Promise<InstalledTool | undefined> {
  const { program, versionArgs } = TOOLS[tool];
  for (const file of await executablesOnPath(program, path)) {
    const version = parseVersion(await printed(file, versionArgs));
    if (version !== undefined && fits(tool, version)) return { path: file, version };
  }
  return undefined;
}

function printed(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      file, [...args],
      // Pulumi would otherwise ask the network for a newer release of itself.
      { timeout: VERSION_TIMEOUT_MS, env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } },
      (error, stdout, stderr) => resolve(error ? '' : `${stdout}\n${stderr}`),
    );
  });
}
