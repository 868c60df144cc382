import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './error-code';
import { isAlive, thisHost, thisProcess, type ProcessIdentity } from './liveness';

const POLL_MS = 100;
const HEARTBEAT_MS = 5_000;
/** A holder on another machine (shared home directory) is taken for dead after this long without a heartbeat. */
const SILENT_MS = 60_000;

interface Holder extends ProcessIdentity {
  /** Tells this holding of the lock from every other one. */
  readonly nonce: string;
}

export interface LockOptions {
  /** Called once if the lock is held by somebody who is alive. */
  onWait?(holder: ProcessIdentity): void;
  /** Gives up waiting. */
  signal?: AbortSignal;
}

/**
 * Runs `work` while holding the lock file at `path`; waits as long as a living process holds it.
 * A lock whose holder died is taken over.
 * @throws what `work` throws, or the signal's reason
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const release = await acquire(path, options);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function acquire(path: string, options: LockOptions): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const mine: Holder = { ...thisProcess(), nonce: randomBytes(8).toString('hex') };
  const draft = `${path}.${mine.nonce}.draft`;
  await writeFile(draft, JSON.stringify(mine));
  let told = false;
  try {
    for (;;) {
      options.signal?.throwIfAborted();
      // A link appears with its content in one step, so nobody ever reads half a lock.
      if (await succeeds(link(draft, path), 'EEXIST')) break;
      const holder = await readHolder(path);
      if (holder === undefined) continue;
      if (await isDead(path, holder)) {
        if (await takeOver(path, holder, draft)) break;
        continue;
      }
      if (!told) options.onWait?.(holder);
      told = true;
      await sleep(POLL_MS, undefined, { signal: options.signal });
    }
  } finally {
    await succeeds(unlink(draft), 'ENOENT');
  }
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    if ((await readHolder(path))?.nonce === mine.nonce) await succeeds(unlink(path), 'ENOENT');
  };
}

/**
 * Replaces a dead holder's lock by ours. Only who holds the lock on that very holding may replace it, so
 * a process that judged an earlier state cannot remove a lock that was taken since.
 */
async function takeOver(path: string, dead: Holder, draft: string): Promise<boolean> {
  return withLock(`${path}.${dead.nonce}`, async () => {
    if ((await readHolder(path))?.nonce !== dead.nonce) return false;
    await link(draft, `${draft}.new`);
    await rename(`${draft}.new`, path);
    return true;
  });
}

async function isDead(path: string, holder: Holder): Promise<boolean> {
  if (holder.host === thisHost()) return !isAlive(holder);
  // Same machine, earlier boot.
  if (holder.host.split('/')[0] === thisHost().split('/')[0]) return true;
  const touched = await stat(path).then(({ mtimeMs }) => mtimeMs, () => Date.now());
  return Date.now() - touched > SILENT_MS;
}

/** Undefined if the lock is free. A file that is no lock of ours counts as held by nobody alive. */
async function readHolder(path: string): Promise<Holder | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { host, pid, started, nonce } = JSON.parse(text) as Partial<Holder>;
    if (typeof host === 'string' && typeof pid === 'number' && typeof started === 'string' && typeof nonce === 'string') {
      return { host, pid, started, nonce };
    }
  } catch {
    // Falls through: e.g. emptied by a full disk or a crash of the machine.
  }
  return { host: thisHost(), pid: 0, started: '', nonce: 'unreadable' };
}

async function succeeds(operation: Promise<unknown>, expectedFailure: string): Promise<boolean> {
  try {
    await operation;
    return true;
  } catch (error) {
    if (codeOf(error) === expectedFailure) return false;
    throw error;
  }
}
