import { spawn } from 'node:child_process';
import path from 'node:path';

const MAIN = path.resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');

/** What a run of the command printed and how it ended. */
export interface CommandRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of {@link command}. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Kill the command and all it started, with SIGKILL, after so many milliseconds. */
  readonly killAfter?: number;
  /** Called once, when the command has printed the text on standard error. */
  readonly when?: { readonly printed: string; readonly act: () => void };
}

/** Runs the built command line in a process of its own, as a user does. */
export function command(args: readonly string[], options: CommandOptions = {}): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: options.cwd, env: { ...process.env, ...options.env }, detached: true });
    let stdout = '';
    let stderr = '';
    let waiting = options.when;
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      if (waiting && stderr.includes(waiting.printed)) {
        const { act } = waiting;
        waiting = undefined;
        act();
      }
    });
    if (options.killAfter !== undefined) setTimeout(() => killGroup(child.pid), options.killAfter).unref();
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
