import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

interface Lock {
  readonly pid: number;
  readonly hostname: string;
}

/**
 * Removes locks of a file backend whose holder is a process of this machine that no longer lives. Locks of living processes and of
 * other machines stay: the engine refuses to run beside them.
 *
 * @returns how many were removed
 */
export function removeStaleLocks(backend: string): number {
  const folder = path.join(backend, '.pulumi', 'locks');
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const stale = files.map((file) => path.join(folder, file)).filter((file) => isStale(file));
  for (const file of stale) {
    rmSync(file, { force: true });
    rmSync(`${file}.attrs`, { force: true });
  }
  return stale.length;
}

function isStale(file: string): boolean {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
    return lock.hostname === hostname() && !isAlive(lock.pid);
  } catch (error) {
    // Killed while it was written: nobody holds it.
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
