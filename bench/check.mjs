// `check` as a whole process against kube-score on the same manifests, each time in the same run: wall time, peak memory, and whether both
// grow in proportion to the number of objects. Files that are given, such as the output of `kustomize build`, are compared as well.
//
//   npm run build && node bench/check.mjs [--objects 1000,10000,100000] [--rounds 3] [FILE...]
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { kubeScore } from './lib/kube-score.mjs';
import { writeManifests } from './lib/manifests.mjs';
import { cli, median, row } from './lib/measure.mjs';
import { measured } from './lib/peak.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { objects: { type: 'string', default: '1000,10000,100000' }, rounds: { type: 'string', default: '3' } },
});
const sizes = values.objects.split(',').filter(Boolean).map(Number);
const rounds = Number(values.rounds);
/** The peer takes minutes for these: once must do. */
const LARGE = 50_000;

const peer = await kubeScore();
const scratch = mkdtempSync(path.join(tmpdir(), 'bench-check-'));
const started = await repeated(() => measured(process.execPath, [cli, '--version']), rounds);

try {
  const perObject = [];
  for (const size of sizes) {
    const file = path.join(scratch, `${size}.yaml`);
    const objects = writeManifests(file, size);
    const ours = await compare(`${objects} objects`, file, size >= LARGE ? 1 : rounds);
    // What starting costs is no cost of an object.
    perObject.push({ objects, microseconds: ((ours.seconds - started.seconds) / objects) * 1e6, kilobytes: ((ours.megabytes - started.megabytes) / objects) * 1024 });
    row('  ours, an object', `${perObject.at(-1).microseconds.toFixed(0)} µs, ${perObject.at(-1).kilobytes.toFixed(1)} kB`);
  }
  if (perObject.length > 1) {
    const first = perObject[0];
    const last = perObject.at(-1);
    row(`an object of ${last.objects} : of ${first.objects} (≤ 1)`, (last.microseconds / first.microseconds).toFixed(2));
  }
  for (const file of positionals) await compare(path.basename(file), file, rounds);
} finally {
  rmSync(scratch, { recursive: true });
}

async function compare(name, file, times) {
  const ours = await repeated(() => measured(process.execPath, [cli, 'check', file, '--format', 'json']), times);
  const theirs = await repeated(() => measured(peer, ['score', file, '--output-format', 'json']), times);
  row(`${name}, ${(statSync(file).size / 1e6).toFixed(1)} MB`, '');
  row('  ours', shown(ours));
  row('  kube-score', shown(theirs));
  row('  ours : kube-score, time', (ours.seconds / theirs.seconds).toFixed(2));
  row('  ours : kube-score, memory', (ours.megabytes / theirs.megabytes).toFixed(2));
  return ours;
}

async function repeated(work, times) {
  const results = [];
  for (let time = 0; time < times; time += 1) results.push(await work());
  const codes = new Set(results.map(({ code }) => code));
  // 1 and 2 are verdicts; anything else is a failure to give one.
  if ([...codes].some((code) => code === null || code > 2)) throw new Error(`exit codes ${[...codes].join(', ')}`);
  return { seconds: median(results.map(({ seconds }) => seconds)), megabytes: Math.max(...results.map(({ megabytes }) => megabytes)) };
}

function shown({ seconds, megabytes }) {
  return `${seconds.toFixed(2)} s, ${Math.round(megabytes)} MB`;
}
