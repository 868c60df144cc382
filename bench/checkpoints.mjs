// `up` from empty with one checkpoint at the end against `up` with a checkpoint at every step, each on a fresh cluster.
//
//   npm run build && node bench/checkpoints.mjs [ROUNDS]
import { freshCluster, removeCluster } from './lib/cluster.mjs';
import { median, row, run, seconds } from './lib/measure.mjs';

const rounds = Number(process.argv[2] ?? 1);
const ratios = [];
for (let round = 0; round < rounds; round += 1) {
  const [final, every] = [await up('true'), await up('false')];
  ratios.push(every / final);
  row(`round ${round + 1}`, `one checkpoint ${final.toFixed(2)} s, at every step ${every.toFixed(2)} s`);
}
row('every step : one at the end', median(ratios).toFixed(2));

async function up(skip) {
  await freshCluster('bench-checkpoints');
  const first = await seconds(() => run(['up', '--cluster', 'bench-checkpoints', '--json'], { env: { ...process.env, PULUMI_SKIP_CHECKPOINTS: skip } }));
  if (first.result.code !== 0) throw new Error(first.result.stderr);
  await removeCluster('bench-checkpoints');
  return first.seconds;
}
