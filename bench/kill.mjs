// kill -9 of `up` and all it started at many moments, then `up` again: the objects must be those of an undisturbed run, none twice,
// none left over; the resumed run against an undisturbed one.
//
//   npm run build && node bench/kill.mjs [MOMENTS]
import { freshCluster, removeCluster } from './lib/cluster.mjs';
import { inventory } from './lib/inventory.mjs';
import { median, row, run, seconds } from './lib/measure.mjs';

const moments = Number(process.argv[2] ?? 8);

const undisturbed = await freshCluster('bench-kill');
const reference = await seconds(() => run(['up', '--cluster', 'bench-kill', '--json']));
if (reference.result.code !== 0) throw new Error(reference.result.stderr);
const expected = await inventory(undisturbed);
await removeCluster('bench-kill');

const ratios = [];
for (let moment = 1; moment <= moments; moment += 1) {
  const killAfter = (reference.seconds * 1000 * moment) / (moments + 1);
  const cluster = await freshCluster('bench-kill');
  const killed = await run(['up', '--cluster', 'bench-kill', '--json'], { killAfter });
  const before = await inventory(cluster);
  const resumed = await seconds(() => run(['up', '--cluster', 'bench-kill', '--json']));
  if (resumed.result.code !== 0) throw new Error(resumed.result.stderr);
  const after = await inventory(cluster);
  const missing = expected.filter((object) => !after.includes(object));
  const extra = after.filter((object) => !expected.includes(object));
  ratios.push(resumed.seconds / reference.seconds);
  row(`killed after ${(killAfter / 1000).toFixed(1)} s (${killed.signal})`, `${before.length} of ${expected.length} objects there; after resuming ${missing.length} missing, ${extra.length} extra`);
  if (missing.length + extra.length > 0) throw new Error(`missing ${missing.join(', ')}; extra ${extra.join(', ')}`);
  await removeCluster('bench-kill');
}
row('resumed up : undisturbed up', median(ratios).toFixed(2));
