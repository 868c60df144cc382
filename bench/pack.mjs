// How long each policy pack takes to start, until the engine can talk to it, against a pack of the same SDK that has no policy.
//
//   npm run build && node bench/pack.mjs [ROUNDS]
import { spawn } from 'node:child_process';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median, root, row } from './lib/measure.mjs';

const rounds = Number(process.argv[2] ?? 7);
const packs = ['all', 'cis-kubernetes', 'cis-eks', 'cis-gke', 'cis-aks', 'resource-limits'];
const folders = { empty: emptyPack(), ...Object.fromEntries(packs.map((pack) => [pack, path.join(root, 'dist', 'policies', 'packs', pack)])) };
const times = Object.fromEntries(Object.keys(folders).map((name) => [name, []]));

for (let round = 0; round < rounds; round += 1) {
  for (const [name, folder] of Object.entries(folders)) times[name].push(await start(folder));
}

const empty = median(times.empty);
row('a pack without policies', `${empty.toFixed(2)} s`);
for (const pack of packs) {
  const own = median(times[pack]);
  row(`${pack} (it adds ≤ 1 s)`, `${own.toFixed(2)} s; ${(own / empty).toFixed(2)} x, ${(own - empty).toFixed(2)} s more`);
}

/** Seconds until a pack has told the port it serves on. */
function start(folder) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['index.js', '127.0.0.1:1', folder], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    let seconds;
    child.stdout.once('data', () => {
      seconds = (performance.now() - began) / 1000;
      child.kill();
    });
    child.on('close', () => (seconds === undefined ? reject(new Error(`the pack in ${folder} did not start`)) : resolve(seconds)));
  });
}

function emptyPack() {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-pack-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'empty', version: '0.0.1' }));
  writeFileSync(path.join(folder, 'PulumiPolicy.yaml'), 'description: empty\nruntime: nodejs\n');
  writeFileSync(path.join(folder, 'index.js'), "const { PolicyPack } = require('@pulumi/policy');\nnew PolicyPack('empty', { policies: [] });\n");
  return folder;
}
