import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'KUBEFLOW_CDK_TEST_CLUSTERS';
const PREFIX = 'kubeflow-cdk-test-';

/** Directory of this run's clusters. @throws outside a run of the jest project `cluster` */
export function clusterRoot(): string {
  const root = process.env[VARIABLE];
  if (root === undefined) throw new Error(`${VARIABLE} is not set: name the file *.cluster.test.ts, so that it runs in the jest project "cluster"`);
  return root;
}

/** Chooses the directory for the run of this process; workers inherit it. */
export function chooseClusterRoot(): string {
  return (process.env[VARIABLE] = join(tmpdir(), `${PREFIX}${process.pid}`));
}

/** Directories of runs that were killed before they could clean up. */
export function abandonedClusterRoots(): string[] {
  return readdirSync(tmpdir()).filter((name) => {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : NaN;
    if (!Number.isInteger(pid)) return false;
    try {
      process.kill(pid, 0);
      return pid === process.pid;
    } catch {
      return true;
    }
  }).map((name) => join(tmpdir(), name));
}

/** Names of the clusters below a root, finished or not. */
export function clusterNames(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name.replace(/^\.|\.damaged$/g, ''));
  } catch {
    return [];
  }
}
