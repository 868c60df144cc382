import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareModule, type Go } from './go';
import { linkerFlags } from './go-module';
import { TOOLS, type ToolId } from './versions';

const PARTIAL = '.partial';

/**
 * Builds one program into `directory/bin`. The program appears there complete or not at all; what was
 * compiled before an interruption is in Go's own build cache.
 * @throws ToolchainBuildError
 */
export async function buildTool(go: Go, tool: ToolId, directory: string, signal?: AbortSignal): Promise<string> {
  const { program, module, package: pkg, stamp } = TOOLS[tool];
  const bin = join(directory, 'bin');
  await mkdir(bin, { recursive: true });
  const target = join(bin, program);
  const partial = join(bin, `${program}.${process.pid}${PARTIAL}`);
  try {
    const source = await prepareModule(go, module, join(directory, 'modules'), program, signal);
    await go.run(['build', '-ldflags', linkerFlags(stamp), '-o', partial, pkg], source, program, signal);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
  return target;
}

/** Removes what killed builds left behind. Only call while no other process builds here. */
export async function removePartialBuilds(directory: string): Promise<void> {
  const bin = join(directory, 'bin');
  const names = await readdir(bin).catch(() => []);
  await Promise.all(names.filter((name) => name.endsWith(PARTIAL)).map((name) => rm(join(bin, name), { force: true })));
}
