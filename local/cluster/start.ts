import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock, type Toolchain } from '../toolchain';
import { BringUp, type ClusterPhase } from './bring-up';
import { describeCluster, type StartedCluster, type StartOutcome } from './cluster';
import { ClusterStartError, UnsupportedPlatformError } from './errors';
import { clusterLayout, type ClusterLayout } from './layout';
import { freePort } from './port';
import { endProcesses, instancesOf, runningProcesses, type RunningProcess } from './processes';
import { processMarks, type ClusterTool } from './programs';
import { createState, readState, type ClusterState } from './state';

const DEFAULT_NODES = 6;
const DEFAULT_GPU_NODES = 4;
const MAX_NODES = 1_000;
const PORT_ATTEMPTS = 3;

/** Where a start is. */
export interface ClusterProgress {
  readonly cluster: string;
  /** `waiting`: another process is starting, stopping or removing this cluster. */
  readonly phase: 'waiting' | ClusterPhase;
  readonly seconds: number;
}

export interface StartClusterOptions {
  /** DNS label; clusters of different names run side by side. */
  readonly name: string;
  /** Programs to run, as `ensureToolchain` returns them. */
  readonly toolchain: Pick<Toolchain, ClusterTool>;
  /**
   * Simulated nodes of 32 CPUs and 128 GiB.
   * @default 6, or as many as the cluster has
   */
  readonly nodes?: number;
  /**
   * Simulated nodes of 8 GPUs, 96 CPUs and 1152 GiB, tainted `nvidia.com/gpu=present:NoSchedule`.
   * @default 4, or as many as the cluster has
   */
  readonly gpuNodes?: number;
  /**
   * Whether the API server writes an audit log of all writes.
   * @default false, or as the cluster was started before
   */
  readonly audit?: boolean;
  /** @default - progress is not reported */
  readonly onProgress?: (progress: ClusterProgress) => void;
  /**
   * Directory of {@link clustersRoot}.
   * @default - below the user's cache directory
   */
  readonly root?: string;
}

/**
 * Has the cluster of that name running: creates, reuses, starts or repairs it, whatever it takes.
 * Its processes outlive the caller.
 * @throws ClusterStartError if a program fails or is too slow; Error on a bad name or node count
 */
export async function startCluster(options: StartClusterOptions): Promise<StartedCluster> {
  if (process.platform === 'win32') throw new UnsupportedPlatformError(process.platform);
  const layout = clusterLayout(options.name, options.root);
  checkCount('nodes', options.nodes);
  checkCount('gpuNodes', options.gpuNodes);
  const began = Date.now();
  const report = (phase: ClusterProgress['phase']): void => options.onProgress?.({ cluster: layout.name, phase, seconds: (Date.now() - began) / 1000 });
  return withLock(layout.lock, async () => {
    const { state, outcome, reasons } = await start(layout, options, report);
    return { ...describeCluster(layout, state), outcome, reasons, seconds: (Date.now() - began) / 1000 };
  }, { onWait: () => report('waiting') });
}

interface Result {
  readonly state: ClusterState;
  readonly outcome: StartOutcome;
  readonly reasons: readonly string[];
}

type Report = (phase: ClusterPhase) => void;

async function start(layout: ClusterLayout, options: StartClusterOptions, report: Report): Promise<Result> {
  const before = await readState(layout);
  if (before?.complete) {
    const state: ClusterState = {
      ...before,
      nodes: options.nodes ?? before.nodes, gpuNodes: options.gpuNodes ?? before.gpuNodes, audit: options.audit ?? before.audit,
    };
    try {
      return await bringUp(layout, state, options, report);
    } catch (error) {
      if (!(error instanceof ClusterStartError) || !error.dataSuspect) throw error;
      return recreate(layout, state, options, report, error);
    }
  }
  // What is there never became ready, or what it was started with is lost.
  const leftover = existsSync(layout.dir);
  const lostState = before === undefined && existsSync(layout.etcdData);
  await endProcesses(clusterProcesses(layout));
  await rm(layout.dir, { recursive: true, force: true });
  const { state } = await create(layout, options, report);
  const reason = lostState ? 'its cluster.json was missing or unreadable' : 'an earlier start had not finished';
  return { state, outcome: lostState ? 'recreated' : 'created', reasons: leftover ? [reason] : [] };
}

async function create(layout: ClusterLayout, { nodes, gpuNodes, audit, ...options }: StartClusterOptions, report: Report): Promise<Result> {
  const state = await createState(layout, {
    port: await freePort(), nodes: nodes ?? DEFAULT_NODES, gpuNodes: gpuNodes ?? DEFAULT_GPU_NODES, audit: audit ?? false,
  });
  return bringUp(layout, state, options, report);
}

/** Makes the cluster anew; should that fail as well, its data was not at fault and is put back. */
async function recreate(layout: ClusterLayout, state: ClusterState, options: StartClusterOptions, report: Report, cause: ClusterStartError): Promise<Result> {
  const aside = join(layout.dir, '..', `.${layout.name}.damaged`);
  await rm(aside, { recursive: true, force: true });
  await rename(layout.dir, aside);
  let created: Result;
  try {
    created = await create(layout, { ...options, nodes: state.nodes, gpuNodes: state.gpuNodes, audit: state.audit }, report);
  } catch {
    await rm(layout.dir, { recursive: true, force: true });
    await rename(aside, layout.dir);
    throw cause;
  }
  await rm(aside, { recursive: true, force: true });
  return { ...created, outcome: 'recreated', reasons: [`its data could not be used: ${cause.message.split('\n')[0]}`] };
}

/** @throws ClusterStartError, after ending everything that runs of the cluster */
async function bringUp(layout: ClusterLayout, state: ClusterState, { toolchain }: Pick<StartClusterOptions, 'toolchain'>, report: Report): Promise<Result> {
  const before = clusterProcesses(layout).length;
  for (let attempt = 1; ; attempt += 1) {
    const run = new BringUp(layout, state, toolchain, report);
    try {
      const after = await run.run();
      if (before === 0) return { state: after, outcome: state.complete ? 'started' : 'created', reasons: [] };
      const changed = Object.keys(processMarks(layout)).length > run.kept;
      return { state: after, outcome: changed ? 'repaired' : 'reused', reasons: run.reasons };
    } catch (error) {
      await endProcesses(clusterProcesses(layout));
      if (!(error instanceof ClusterStartError) || !error.portTaken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** Everything that runs of a cluster, whoever started it. */
export function clusterProcesses(layout: ClusterLayout): RunningProcess[] {
  const all = runningProcesses();
  return Object.values(processMarks(layout)).flatMap((mark) => instancesOf(mark, all));
}

function checkCount(property: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= MAX_NODES)) return;
  throw new Error(`${property} is ${value}: it must be a whole number from 0 to ${MAX_NODES}`);
}
