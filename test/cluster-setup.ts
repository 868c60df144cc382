import { rmSync } from 'node:fs';
import { removeCluster } from '../local/cluster';
import { ensureToolchain } from '../local/toolchain';
import { abandonedClusterRoots, chooseClusterRoot, clusterNames } from './cluster-root';

/** Before the first `*.cluster.test.ts`: the real programs (built once, minutes), and a directory for this run's clusters. */
export default async function setup(): Promise<void> {
  for (const root of abandonedClusterRoots()) {
    for (const name of clusterNames(root)) await removeCluster(name, root);
    rmSync(root, { recursive: true, force: true });
  }
  chooseClusterRoot();
  let last = '';
  await ensureToolchain({
    onProgress: ({ program, phase, total }) => {
      const line = `toolchain: ${program} ${phase}`;
      if (phase !== 'found' && line !== last) process.stderr.write(`${line} (${Math.round(total.seconds)} of about ${total.expectedSeconds} s)\n`);
      last = line;
    },
  });
}
