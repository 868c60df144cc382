import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../toolchain';
import { isReady } from './api';
import { describeCluster, serverOf, type LocalCluster } from './cluster';
import { clusterLayout, clustersRoot, type ClusterLayout } from './layout';
import { endProcesses, instancesOf, runningProcesses } from './processes';
import { CLUSTER_TOOLS, processMarks } from './programs';
import { clusterProcesses } from './start';
import { readState, type ClusterState } from './state';

/** A cluster as found. */
export interface ListedCluster extends LocalCluster {
  /** `broken`: part of it runs, or it does not answer; starting it repairs it. */
  readonly status: 'running' | 'stopped' | 'broken';
}

/**
 * Ends a cluster's processes and keeps its objects.
 * @returns whether anything was running
 */
export async function stopCluster(name: string, root?: string): Promise<boolean> {
  const layout = clusterLayout(name, root);
  return withLock(layout.lock, async () => {
    const running = clusterProcesses(layout).length > 0;
    // etcd last, and gently; the others keep nothing.
    const storage = instancesOf(processMarks(layout).etcd, runningProcesses());
    const pids = new Set(storage.map(({ pid }) => pid));
    await endProcesses(clusterProcesses(layout).filter(({ pid }) => !pids.has(pid)));
    await endProcesses(storage, true);
    return running;
  });
}

/**
 * Ends a cluster's processes and deletes everything it kept, also if only half of it is there.
 * @returns whether there was anything
 */
export async function removeCluster(name: string, root?: string): Promise<boolean> {
  const layout = clusterLayout(name, root);
  return withLock(layout.lock, async () => {
    const processes = clusterProcesses(layout);
    const existed = processes.length > 0 || existsSync(layout.dir);
    await endProcesses(processes);
    await rm(layout.dir, { recursive: true, force: true });
    await rm(join(layout.dir, '..', `.${name}.damaged`), { recursive: true, force: true });
    return existed;
  });
}

/** All clusters of this user, by name; those whose very first start is going on or was cut short are left out. */
export async function listClusters(root: string = clustersRoot()): Promise<ListedCluster[]> {
  const names = (await readdir(root, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const clusters = await Promise.all(names.map(async ({ name }) => {
    const layout = clusterLayout(name, root);
    const state = await readState(layout);
    return state?.complete ? [{ ...describeCluster(layout, state), status: await statusOf(layout, state) }] : [];
  }));
  return clusters.flat().sort((a, b) => a.name.localeCompare(b.name));
}

async function statusOf(layout: ClusterLayout, state: ClusterState): Promise<ListedCluster['status']> {
  const all = runningProcesses();
  const marks = processMarks(layout);
  const running = CLUSTER_TOOLS.filter((tool) => instancesOf(marks[tool], all).length > 0).length;
  if (running === 0) return 'stopped';
  if (running < CLUSTER_TOOLS.length) return 'broken';
  const ca = await readFile(join(layout.pki, 'apiserver.crt'), 'utf8').catch(() => '');
  return (await isReady({ server: serverOf(state), ca, token: state.tokens.admin })) ? 'running' : 'broken';
}
