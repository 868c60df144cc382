import { rmSync } from 'node:fs';
import { removeCluster } from '../local/cluster';
import { runningProcesses } from '../local/cluster/processes';
import { clusterNames, clusterRoot } from './cluster-root';

/** After the last test: no cluster and no process of this run is left. */
export default async function teardown(): Promise<void> {
  const root = clusterRoot();
  for (const name of clusterNames(root)) await removeCluster(name, root);
  rmSync(root, { recursive: true, force: true });
  const left = runningProcesses().filter(({ command }) => command.includes(`=${root}/`));
  if (left.length > 0) throw new Error(`left running by cluster tests: ${left.map(({ pid, command }) => `${pid} ${command.slice(0, 120)}`).join('\n')}`);
}
