// `up` from empty against a direct server-side apply of the same objects on the same API server program, each on a fresh cluster;
// then a second `up` that has nothing to do, against the first.
//
//   npm run build && node bench/up.mjs [ROUNDS]
import { auditedWrites, auditOffset, freshCluster, removeCluster } from './lib/cluster.mjs';
import { applyDirectly, objectsOf } from './lib/direct.mjs';
import { median, row, run, seconds } from './lib/measure.mjs';

const rounds = Number(process.argv[2] ?? 3);
const objects = await objectsOf('local');
const direct = [];
const up = [];
const again = [];
let faults = { writes: 0, failed: [], repeated: [] };

for (let round = 0; round < rounds; round += 1) {
  const peer = await freshCluster('bench-direct');
  direct.push((await seconds(() => applyDirectly(peer, objects))).seconds);
  await removeCluster('bench-direct');

  const ours = await freshCluster('bench-up');
  const offset = auditOffset(ours);
  const first = await seconds(() => run(['up', '--cluster', 'bench-up', '--json']));
  if (first.result.code !== 0) throw new Error(first.result.stderr);
  up.push(first.seconds);
  faults = auditedWrites(ours, offset);
  const second = await seconds(() => run(['up', '--cluster', 'bench-up', '--json']));
  if (second.result.code !== 0) throw new Error(second.result.stderr);
  const { changes } = JSON.parse(second.result.stdout);
  if (Object.keys(changes).some((operation) => operation !== 'same')) throw new Error(`the second up changed ${JSON.stringify(changes)}`);
  again.push(second.seconds);
  await removeCluster('bench-up');
  row(`round ${round + 1}`, `direct ${direct.at(-1).toFixed(2)} s, up ${up.at(-1).toFixed(2)} s, again ${again.at(-1).toFixed(2)} s`);
}

row('objects', objects.length);
row('up : direct apply (≤ 2)', median(up.map((time, index) => time / direct[index])).toFixed(2));
row('no-op up : first up (≤ 0.33)', median(again.map((time, index) => time / up[index])).toFixed(2));
row('API writes of up', faults.writes);
row('failed writes (0)', faults.failed.length === 0 ? 0 : faults.failed.join(', '));
row('repeated writes (0)', faults.repeated.length === 0 ? 0 : faults.repeated.join(', '));
