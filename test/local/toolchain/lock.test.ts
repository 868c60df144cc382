import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, thisHost, thisProcess } from '../../../local/toolchain/liveness';
import { withLock } from '../../../local/toolchain/lock';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(dir, 'a.lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const held = (holder: object): void => writeFileSync(path, JSON.stringify({ nonce: 'other', ...holder }));
const aborting = (): AbortSignal => AbortSignal.timeout(400);

it('lets one in at a time, leaves nothing behind and passes on results and errors', async () => {
  let inside = 0;
  let most = 0;
  const work = async (value: number): Promise<number> => {
    most = Math.max(most, (inside += 1));
    await sleep(5);
    inside -= 1;
    return value;
  };
  const results = await Promise.all([1, 2, 3, 4].map((value) => withLock(path, () => work(value))));
  expect(results).toEqual([1, 2, 3, 4]);
  expect(most).toBe(1);
  await expect(withLock(path, () => Promise.reject(new Error('in vain')))).rejects.toThrow('in vain');
  expect(readdirSync(dir)).toEqual([]);
});

it('waits for a living holder and says for whom', async () => {
  held(thisProcess());
  const onWait = jest.fn();
  await expect(withLock(path, async () => 'entered', { onWait, signal: aborting() })).rejects.toThrow(/abort|timeout/i);
  expect(onWait).toHaveBeenCalledTimes(1);
  expect(onWait).toHaveBeenCalledWith(expect.objectContaining({ pid: process.pid }));
  expect(existsSync(path)).toBe(true);
});

it('takes over from a process that was killed', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  held({ host: thisHost(), pid: child.pid, started: 'any' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect(withLock(path, async () => 'entered')).resolves.toBe('entered');
});

it('is not fooled by a process that has the number of a dead holder', async () => {
  held({ ...thisProcess(), started: 'before' });
  await expect(withLock(path, async () => 'entered')).resolves.toBe('entered');
});

it('takes over from before the last reboot', async () => {
  held({ ...thisProcess(), host: `${thisHost().split('/')[0]}/earlier-boot` });
  await expect(withLock(path, async () => 'entered')).resolves.toBe('entered');
});

it('believes another machine while it sends heartbeats, and not long after', async () => {
  held({ host: 'elsewhere/1', pid: process.pid, started: '1' });
  await expect(withLock(path, async () => 'entered', { signal: aborting() })).rejects.toThrow(/abort|timeout/i);
  utimesSync(path, new Date(), new Date(Date.now() - 120_000));
  await expect(withLock(path, async () => 'entered')).resolves.toBe('entered');
});

it('takes over a lock file that a crash left empty', async () => {
  writeFileSync(path, '');
  await expect(withLock(path, async () => 'entered')).resolves.toBe('entered');
});

it('takes over once when many find the holder dead', async () => {
  held({ host: thisHost(), pid: 0, started: 'never' });
  let inside = 0;
  let most = 0;
  await Promise.all(Array.from({ length: 20 }, () => withLock(path, async () => {
    most = Math.max(most, (inside += 1));
    await sleep(2);
    inside -= 1;
  })));
  expect(most).toBe(1);
  expect(readdirSync(dir)).toEqual([]);
});

it('tells this very process from others', () => {
  expect(isAlive(thisProcess())).toBe(true);
  expect(isAlive({ ...thisProcess(), started: 'else' })).toBe(false);
});
