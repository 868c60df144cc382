// `synth` of the local stack as a whole process: wall time against starting Node alone, peak memory, and whether two outputs are identical.
//
//   npm run build && node bench/synth.mjs [ROUNDS]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cli, median, root, row } from './lib/measure.mjs';

const rounds = Number(process.argv[2] ?? 5);
const scratch = mkdtempSync(path.join(tmpdir(), 'bench-synth-'));
const synth = [];
const node = [];
let peak = 0;

for (let round = 0; round < rounds; round += 1) {
  node.push(time(['-e', '']).seconds);
  const report = path.join(scratch, `usage-${round}.json`);
  const probe = `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage().maxRSS)))`;
  const hook = path.join(scratch, 'hook.js');
  writeFileSync(hook, probe);
  const result = time(['--require', hook, cli, 'synth', '--stack', 'local', '--out', path.join(scratch, String(round % 2))]);
  synth.push(result.seconds);
  peak = Math.max(peak, JSON.parse(readFileSync(report, 'utf8')) / 1024);
}

const same = spawnSync('diff', ['-r', path.join(scratch, '0'), path.join(scratch, '1')]);
row('synth, wall (≤ 1.5 s)', `${median(synth).toFixed(2)} s`);
row('synth : starting Node', (median(synth) / median(node)).toFixed(1));
row('peak memory (≤ 300 MB)', `${Math.round(peak)} MB`);
row('two outputs identical', same.status === 0);

function time(args) {
  const began = performance.now();
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
  return { seconds: (performance.now() - began) / 1000 };
}
