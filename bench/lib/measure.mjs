// Timing and ratios. Every bench prints a ratio against a peer in the same run: absolute times only say what machine it was.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');
export const load = createRequire(path.join(root, 'dist', 'index.js'));
export const cli = path.join(root, 'dist', 'cli', 'main.js');

export async function seconds(work) {
  const began = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - began) / 1000 };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Runs the command line in a process of its own; the peak of its memory comes from the system. */
export function run(args, { killAfter, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    if (killAfter !== undefined) setTimeout(() => killGroup(child.pid), killAfter).unref();
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

export function row(name, values) {
  console.log(`${name.padEnd(34)} ${values}`);
}
