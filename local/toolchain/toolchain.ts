import { join } from 'node:path';
import { buildTool, removePartialBuilds } from './build';
import { toolchainDir } from './cache';
import { findGo } from './go';
import { withLock } from './lock';
import { findOnPath, isExecutable } from './path-lookup';
import { TOOL_IDS, TOOLS, type ToolId } from './versions';

const TICK_MS = 1_000;

/** Absolute paths of the programs asked for. */
export type Toolchain<T extends ToolId = ToolId> = { readonly [tool in T]: string } & {
  /** Directory of the programs built here; those found on PATH are not in it. */
  readonly binDir: string;
};

/** What is going on with one program. */
export interface ToolchainProgress {
  readonly tool: ToolId;
  /** File name of the program. */
  readonly program: string;
  /**
   * `found`: cached or on PATH; `waiting`: another process is building; `building`: sent at the start
   * and then every second; `built`: done.
   */
  readonly phase: 'found' | 'waiting' | 'building' | 'built';
  /** Seconds spent on this program so far. */
  readonly seconds: number;
  /** Seconds its build is expected to take from nothing on 2 cores; 0 where nothing is built. */
  readonly expectedSeconds: number;
  /** The same for all programs that must be built, this one included. */
  readonly total: { readonly seconds: number; readonly expectedSeconds: number };
  /** Where the program is, once that is known. */
  readonly path?: string;
}

export interface ToolchainOptions<T extends ToolId = ToolId> {
  /**
   * Programs that are needed.
   * @default - all
   */
  readonly tools?: readonly T[];
  /** @default - progress is not reported */
  readonly onProgress?: (progress: ToolchainProgress) => void;
  /**
   * Directory of {@link toolchainDir}.
   * @default - below the user's cache directory
   */
  readonly directory?: string;
  /**
   * PATH to search.
   * @default process.env.PATH
   */
  readonly path?: string;
  /** Stops a build; what was compiled is kept. */
  readonly signal?: AbortSignal;
}

/**
 * Makes the pinned programs available: from the cache, else from PATH at a fitting version, else built
 * with Go from their pinned modules (about ten minutes on 2 cores, once).
 * @throws GoUnavailableError if something must be built and Go is missing or too old
 * @throws ToolchainBuildError if a download or build fails; calling again resumes
 */
export async function ensureToolchain<T extends ToolId = ToolId>(options: ToolchainOptions<T> = {}): Promise<Toolchain<T>> {
  const wanted = new Set<ToolId>(options.tools ?? TOOL_IDS);
  const tools = TOOL_IDS.filter((tool) => wanted.has(tool));
  const directory = options.directory ?? toolchainDir();
  const report = options.onProgress ?? (() => undefined);
  const found = new Map<ToolId, string>();

  await Promise.all(tools.map(async (tool) => {
    const began = Date.now();
    const path = (await cached(tool, directory)) ?? (await findOnPath(tool, options.path))?.path;
    if (path === undefined) return;
    found.set(tool, path);
    report({ tool, program: TOOLS[tool].program, phase: 'found', seconds: since(began), expectedSeconds: 0, total: { seconds: 0, expectedSeconds: 0 }, path });
  }));

  const missing = tools.filter((tool) => !found.has(tool));
  if (missing.length > 0) await buildMissing(missing, directory, found, report, options);

  const paths = Object.fromEntries(found) as { readonly [tool in T]: string };
  return { ...paths, binDir: join(directory, 'bin') };
}

async function buildMissing(
  missing: readonly ToolId[], directory: string, found: Map<ToolId, string>,
  report: (progress: ToolchainProgress) => void, { path, signal }: Pick<ToolchainOptions, 'path' | 'signal'>,
): Promise<void> {
  const go = await findGo(join(directory, 'modules'), missing.map((tool) => TOOLS[tool].program), path);
  const began = Date.now();
  const expectedTotal = missing.reduce((sum, tool) => sum + TOOLS[tool].expectedSeconds, 0);
  const send = (tool: ToolId, phase: ToolchainProgress['phase'], toolBegan: number, at?: string): void => report({
    tool, program: TOOLS[tool].program, phase, seconds: since(toolBegan), expectedSeconds: TOOLS[tool].expectedSeconds,
    total: { seconds: since(began), expectedSeconds: expectedTotal }, path: at,
  });

  await withLock(join(directory, 'build.lock'), async () => {
    await removePartialBuilds(directory);
    for (const tool of missing) {
      const toolBegan = Date.now();
      // Whoever held the lock before may have built it.
      const already = await cached(tool, directory);
      if (already !== undefined) {
        found.set(tool, already);
        send(tool, 'found', toolBegan, already);
        continue;
      }
      send(tool, 'building', toolBegan);
      const ticking = setInterval(() => send(tool, 'building', toolBegan), TICK_MS);
      try {
        const built = await buildTool(go, tool, directory, signal);
        found.set(tool, built);
        send(tool, 'built', toolBegan, built);
      } finally {
        clearInterval(ticking);
      }
    }
  }, {
    signal,
    onWait: () => { for (const tool of missing) send(tool, 'waiting', began); },
  });
}

async function cached(tool: ToolId, directory: string): Promise<string | undefined> {
  const file = join(directory, 'bin', TOOLS[tool].program);
  return (await isExecutable(file)) ? file : undefined;
}

function since(began: number): number {
  return (Date.now() - began) / 1000;
}
