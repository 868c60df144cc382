// Wall time and peak memory of a process that is not ours to instrument. Linux only: the system keeps the peak of each process.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const SAMPLE_MS = 5;

/** Runs a program, throws its output away, and returns `{ code, seconds, megabytes }`. */
export function measured(program, args) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    let kilobytes = 0;
    // The value never falls, so that only what happens after the last sample is missed.
    const sampling = setInterval(() => (kilobytes = peakOf(child.pid) ?? kilobytes), SAMPLE_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(sampling);
      resolve({ code, seconds: (performance.now() - began) / 1000, megabytes: kilobytes / 1024 });
    });
  });
}

function peakOf(pid) {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return peak ? Number(peak[1]) : undefined;
  } catch {
    return undefined;
  }
}
