import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { removeStaleLocks } from '../../../local/engine/stale-lock';

function backendWithLock(content: string): { backend: string; file: string } {
  const backend = mkdtempSync(path.join(tmpdir(), 'backend-'));
  const folder = path.join(backend, '.pulumi', 'locks', 'organization', 'kubeflow-cdk', 'local');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'lock.json');
  writeFileSync(file, content);
  writeFileSync(`${file}.attrs`, '{}');
  return { backend, file };
}

const lock = (pid: number, host = hostname()) => JSON.stringify({ pid, hostname: host, username: 'me', timestamp: '2026-01-01T00:00:00Z' });
/** The pid of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('removeStaleLocks', () => {
  it('removes the lock of a process that is gone', () => {
    const { backend, file } = backendWithLock(lock(deadPid()));
    expect(removeStaleLocks(backend)).toBe(1);
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.attrs`)).toBe(false);
  });

  it('removes a lock that was cut short', () => {
    const { backend } = backendWithLock('{"pid": 12');
    expect(removeStaleLocks(backend)).toBe(1);
  });

  it('keeps the lock of a living process', () => {
    const { backend, file } = backendWithLock(lock(process.pid));
    expect(removeStaleLocks(backend)).toBe(0);
    expect(existsSync(file)).toBe(true);
  });

  it('keeps the lock of another machine', () => {
    const { backend, file } = backendWithLock(lock(deadPid(), 'another.example.com'));
    expect(removeStaleLocks(backend)).toBe(0);
    expect(existsSync(file)).toBe(true);
  });

  it('does nothing where there are none', () => {
    expect(removeStaleLocks(mkdtempSync(path.join(tmpdir(), 'backend-')))).toBe(0);
  });
});
