import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, startOf } from '../toolchain';

const POLL_MS = 20;
const GRACE_MS = 5_000;

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  /** Program and arguments, joined by spaces: all that every system tells. */
  readonly command: string;
}

/** A program with its arguments, and how to tell its processes from all others. */
export interface ProgramSpec {
  /** File name of the program. */
  readonly program: string;
  readonly binary: string;
  readonly args: readonly string[];
  /** Beginning of an argument that only this program of this cluster has. */
  readonly mark: string;
  /** Environment variables it needs. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/** All processes this user can see that still run (one that ended and waits for its parent does not). */
export function runningProcesses(): RunningProcess[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

/** Reads `/proc`; exported for tests. */
export function fromProc(): RunningProcess[] {
  const found: RunningProcess[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const argv = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (argv !== '') found.push({ pid: Number(entry), command: argv.replace(/\0+$/, '').replaceAll('\0', ' ') });
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

/** Reads `ps`, for systems without `/proc`; exported for tests. */
export function fromPs(): RunningProcess[] {
  const output = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,stat=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return output.split('\n').flatMap((line) => {
    const [, pid, stat, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || command === undefined || stat?.startsWith('Z') ? [] : [{ pid: Number(pid), command }];
  });
}

/** The processes among `all` that run this program for this cluster, with whatever other arguments. */
export function instancesOf({ program, mark }: Pick<ProgramSpec, 'program' | 'mark'>, all: readonly RunningProcess[]): RunningProcess[] {
  return all.filter(({ command }) => {
    const at = command.indexOf(`${program} `);
    return (at === 0 || command[at - 1] === '/') && command.includes(` ${mark}`);
  });
}

/** The command line a running process has when started from `spec`. */
export function commandOf({ binary, args }: ProgramSpec): string {
  return [binary, ...args].join(' ');
}

/** A process started by us; `exited` turns true, with the reason, when it ends. */
export interface StartedProcess {
  readonly pid: number | undefined;
  exited(): string | undefined;
}

/**
 * Starts a program in a session of its own: it outlives us, and Ctrl-C does not reach it.
 * @param log receives its output; what was there is replaced
 */
export function startProcess(spec: ProgramSpec, cwd: string, log: string): StartedProcess {
  const output = openSync(log, 'w', 0o600);
  let child: ChildProcess;
  try {
    // A proxy or Go setting of the user's must not change how programs reach each other on loopback.
    child = spawn(spec.binary, spec.args, { cwd, detached: true, stdio: ['ignore', output, output], env: { PATH: process.env.PATH, HOME: cwd, TMPDIR: process.env.TMPDIR, ...spec.env } });
  } finally {
    closeSync(output);
  }
  let reason: string | undefined;
  child.on('error', (error) => { reason = `could not be started: ${error.message}`; });
  child.on('exit', (code, signal) => { reason = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`; });
  child.unref();
  return { pid: child.pid, exited: () => reason };
}

/**
 * Ends processes and waits until they are gone.
 * @param graceful lets them finish first: SIGTERM, and SIGKILL only after five seconds
 */
export async function endProcesses(processes: readonly RunningProcess[], graceful = false): Promise<void> {
  let left: readonly Run[] = processes.map((process) => ({ ...process, started: startOf(process.pid) }));
  if (graceful) {
    for (const { pid } of left) signal(pid, 'SIGTERM');
    left = await stillRunning(left, Date.now() + GRACE_MS);
  }
  for (const { pid } of left) signal(pid, 'SIGKILL');
  left = await stillRunning(left, Date.now() + GRACE_MS);
  if (left.length > 0) throw new Error(`these processes cannot be ended: ${left.map(({ pid, command }) => `${pid} (${command.slice(0, 80)})`).join(', ')}`);
}

type Run = RunningProcess & { readonly started: string | undefined };

async function stillRunning(processes: readonly Run[], until: number): Promise<readonly Run[]> {
  for (;;) {
    const left = processes.filter(({ pid, started }) => started !== undefined && startOf(pid) === started);
    if (left.length === 0 || Date.now() > until) return left;
    await sleep(POLL_MS);
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
