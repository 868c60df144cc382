import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as semver from 'semver';
import { GoUnavailableError, ToolchainBuildError } from './errors';
import { goModuleFile } from './go-module';
import { executablesOnPath } from './path-lookup';
import { GO_MODULES, MINIMUM_GO, type GoModuleId } from './versions';

/** Lines of a failed command's output that go into the error. */
const OUTPUT_LINES = 15;

/** The Go command, run in the directory of a generated module. */
export interface Go {
  readonly path: string;
  run(args: readonly string[], directory: string, tool: string, signal?: AbortSignal): Promise<string>;
}

/**
 * Finds a Go that can compile the pinned modules. An older one counts if it may fetch the toolchain it
 * needs by itself, which is Go's own default (`GOTOOLCHAIN=auto`).
 * @param directory scratch directory
 * @param tools what is to be built, for the message
 * @throws GoUnavailableError
 */
export async function findGo(directory: string, tools: readonly string[], path?: string): Promise<Go> {
  const [executable] = await executablesOnPath('go', path);
  if (executable === undefined) throw new GoUnavailableError(tools);
  const go: Go = { path: executable, run: (args, cwd, tool, signal) => runGo(executable, args, cwd, tool, signal) };
  await mkdir(directory, { recursive: true });
  // With a go.mod that states the version, Go itself judges, and switches if it may.
  await writeFile(join(directory, 'go.mod'), `module kubeflow-cdk.local/probe\n\ngo ${MINIMUM_GO}\n`);
  let answer: string;
  try {
    answer = (await go.run(['env', 'GOVERSION'], directory, 'go')).trim();
  } catch (error) {
    throw new GoUnavailableError(tools, error instanceof ToolchainBuildError ? error.output : String(error));
  }
  const version = semver.coerce(answer);
  if (version === null || semver.lt(version, MINIMUM_GO)) throw new GoUnavailableError(tools, answer);
  return go;
}

/** Writes the module that a pinned module's programs are built from; returns its directory. */
export async function prepareModule(go: Go, id: GoModuleId, modulesDirectory: string, tool: string, signal?: AbortSignal): Promise<string> {
  const { path, version, stagingVersion } = GO_MODULES[id];
  const directory = join(modulesDirectory, id);
  await mkdir(directory, { recursive: true });
  let upstream: string | undefined;
  if (stagingVersion !== undefined) {
    const answer = await go.run(['mod', 'download', '-json', `${path}@${version}`], modulesDirectory, tool, signal);
    const { GoMod } = JSON.parse(answer) as { GoMod?: unknown };
    if (typeof GoMod !== 'string') throw new ToolchainBuildError(tool, `go mod download ${path}@${version}`, answer);
    upstream = await readFile(GoMod, 'utf8');
  }
  // Go adds the indirect requirements and, checked against the checksum database, go.sum.
  await writeFile(join(directory, 'go.mod'), goModuleFile(id, upstream));
  return directory;
}

/** The environment of every Go command: the user's, but for what would change the result. */
export function goEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, ...rest } = env;
  return { ...rest, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=mod -trimpath -buildvcs=false' };
}

function runGo(executable: string, args: readonly string[], cwd: string, tool: string, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { cwd, env: goEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], signal });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      if (code === 0) return resolve(stdout);
      const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-OUTPUT_LINES).join('\n');
      reject(new ToolchainBuildError(tool, `go ${args.join(' ')}`, last || `ended by ${killedBy ?? `exit code ${code}`}`));
    });
  });
}
