import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf, endProcesses, instancesOf, runningProcesses, startProcess, type ProgramSpec } from '../../../local/cluster/processes';

describe('instancesOf', () => {
  const etcd = { program: 'etcd', mark: '--data-dir=/c/one/etcd' };
  const of = (command: string): number => instancesOf(etcd, [{ pid: 1, command }]).length;

  it('knows a program wherever it is installed and whatever its other arguments', () => {
    expect(of('/cache/bin/etcd --data-dir=/c/one/etcd --unsafe-no-fsync')).toBe(1);
    expect(of('etcd --quota-backend-bytes=1 --data-dir=/c/one/etcd')).toBe(1);
  });

  it('takes no other process for it', () => {
    expect(of('/cache/bin/etcd --data-dir=/c/two/etcd')).toBe(0);
    expect(of('/cache/bin/myetcd --data-dir=/c/one/etcd')).toBe(0);
    expect(of('tail -f /c/one/etcd/log')).toBe(0);
    expect(of('grep -- --data-dir=/c/one/etcd')).toBe(0);
  });
});

describe('processes', () => {
  let dir: string;
  let spec: ProgramSpec;
  const script = (text: string): void => writeFileSync(spec.binary, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const running = (): number => runningProcesses().filter(({ command }) => command.includes(dir)).length;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'processes-'));
    spec = { program: 'thing', binary: join(dir, 'thing'), args: [`--data-dir=${dir}/d`], mark: `--data-dir=${dir}/d` };
  });
  afterEach(async () => {
    await endProcesses(runningProcesses().filter(({ command }) => command.includes(dir)));
    rmSync(dir, { recursive: true, force: true });
  });

  const until = async (done: () => boolean): Promise<void> => { while (!done()) await new Promise((resolve) => { setTimeout(resolve, 10); }); };

  it('run apart from us, with their output in the log and no proxy in their environment', async () => {
    script('echo "proxy=$HTTPS_PROXY cwd=$PWD"; exec sleep 60');
    process.env.HTTPS_PROXY = 'http://proxy.invalid';
    let started;
    try {
      started = startProcess(spec, dir, join(dir, 'log'));
    } finally {
      delete process.env.HTTPS_PROXY;
    }
    await until(() => readFileSync(join(dir, 'log'), 'utf8') !== '');
    expect(readFileSync(join(dir, 'log'), 'utf8')).toBe(`proxy= cwd=${dir}\n`);
    expect(started.exited()).toBeUndefined();
    process.kill(started.pid ?? NaN, 'SIGKILL');
  });

  it('say how they ended', async () => {
    script('exit 7');
    const ended = startProcess(spec, dir, join(dir, 'log'));
    await until(() => ended.exited() !== undefined);
    expect(ended.exited()).toBe('ended with exit code 7');
    const missing = startProcess({ ...spec, binary: join(dir, 'absent') }, dir, join(dir, 'log'));
    await until(() => missing.exited() !== undefined);
    expect(missing.exited()).toMatch(/^could not be started: .*ENOENT/);
  });

  it('are ended even if they ignore being asked to', async () => {
    const child = spawn(process.execPath, ['-e', `process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)`, dir]);
    await once(child.stdout, 'data');
    expect(running()).toBe(1);
    await endProcesses(runningProcesses().filter(({ command }) => command.includes(dir)), true);
    expect(running()).toBe(0);
  }, 20_000);

  it('are shown as one line; ending none of them is fine', async () => {
    await endProcesses([]);
    expect(commandOf(spec)).toBe(`${dir}/thing --data-dir=${dir}/d`);
  });
});
