import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureToolchain, GoUnavailableError, ToolchainBuildError, toolchainDir, type ToolchainProgress } from '../../../local/toolchain';

let dir: string;
let bin: string;
let directory: string;
const events: ToolchainProgress[] = [];
const onProgress = (event: ToolchainProgress): void => { events.push(event); };

/** A `go` that answers like the real one and "compiles" a script; it logs what it was called with. */
function installGo(build: string, version = 'go1.26.4'): void {
  const file = join(bin, 'go');
  writeFileSync(join(dir, 'upstream.mod'), 'replace k8s.io/api => ./staging/src/k8s.io/api\n');
  writeFileSync(file, `#!/bin/sh
echo "$PWD|$CGO_ENABLED|$GOFLAGS|$GOOS|$*" >> ${dir}/calls
case "$1 $2" in
  "env GOVERSION") echo ${version};;
  "mod download") echo '{"GoMod": "${dir}/upstream.mod"}';;
  *) while [ "$1" != -o ]; do shift; done; ${build};;
esac
`);
  chmodSync(file, 0o755);
}
const calls = (): string[] => readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n');
const COMPILE = '/bin/sh -c "echo binary > $2 && /bin/chmod +x $2"';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'toolchain-'));
  bin = join(dir, 'path');
  directory = join(dir, 'cache');
  mkdirSync(bin);
  events.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('builds what is missing, reports it, and finds it the next time without Go', async () => {
  installGo(COMPILE);
  const toolchain = await ensureToolchain({ tools: ['kwok', 'kubeScheduler'], directory, path: bin, onProgress });
  expect(toolchain).toEqual({ kubeScheduler: join(directory, 'bin/kube-scheduler'), kwok: join(directory, 'bin/kwok'), binDir: join(directory, 'bin') });
  expect(readFileSync(toolchain.kwok, 'utf8')).toBe('binary\n');
  expect(events.map(({ program, phase }) => `${program} ${phase}`)).toEqual([
    'kube-scheduler building', 'kube-scheduler built', 'kwok building', 'kwok built',
  ]);
  expect(events.at(-1)).toMatchObject({ expectedSeconds: 62, total: { expectedSeconds: 69 }, path: toolchain.kwok });
  expect(readdirSync(join(directory, 'bin')).sort()).toEqual(['kube-scheduler', 'kwok']);

  rmSync(join(bin, 'go'));
  events.length = 0;
  await expect(ensureToolchain({ tools: ['kwok'], directory, path: bin, onProgress })).resolves.toMatchObject({ kwok: toolchain.kwok });
  expect(events.map(({ phase }) => phase)).toEqual(['found']);
});

it('gives Go a module a program family and flags of its own, whatever the user has set', async () => {
  installGo(COMPILE);
  process.env.GOOS = 'plan9';
  try {
    await ensureToolchain({ tools: ['kubeScheduler'], directory, path: bin });
  } finally {
    delete process.env.GOOS;
  }
  expect(readFileSync(join(directory, 'modules/kubernetes/go.mod'), 'utf8')).toContain('k8s.io/api => k8s.io/api v0.36.3');
  const [cwd, cgo, flags, os, args] = calls().at(-1)?.split('|') ?? [];
  expect({ cwd, cgo, flags, os }).toEqual({
    cwd: join(directory, 'modules/kubernetes'), cgo: '0', flags: '-mod=mod -trimpath -buildvcs=false', os: '',
  });
  expect(args).toMatch(/^build -ldflags -s -w .*gitVersion=v1\.36\.3.* -o \S+ k8s\.io\/kubernetes\/cmd\/kube-scheduler$/);
});

it('uses a program on PATH that fits instead of building', async () => {
  writeFileSync(join(bin, 'etcd'), '#!/bin/sh\necho etcd Version: 3.6.9\n');
  chmodSync(join(bin, 'etcd'), 0o755);
  await expect(ensureToolchain({ tools: ['etcd'], directory, path: bin, onProgress })).resolves.toMatchObject({ etcd: join(bin, 'etcd') });
  expect(events).toEqual([expect.objectContaining({ tool: 'etcd', phase: 'found', path: join(bin, 'etcd') })]);
});

it('leaves nothing half built when a build fails, and resumes when run again', async () => {
  installGo('echo some > $2; echo "x.go:1: undefined: y" >&2; exit 1');
  const failed = ensureToolchain({ tools: ['etcd'], directory, path: bin });
  await expect(failed).rejects.toThrow(ToolchainBuildError);
  await expect(failed).rejects.toThrow(/building etcd failed: go build .*\nx\.go:1: undefined: y\n.*run again to resume/s);
  expect(readdirSync(join(directory, 'bin'))).toEqual([]);
  // What a killed build leaves is cleared away as well.
  writeFileSync(join(directory, 'bin', 'etcd.1.partial'), 'some');
  installGo(COMPILE);
  await ensureToolchain({ tools: ['etcd'], directory, path: bin });
  expect(readdirSync(join(directory, 'bin'))).toEqual(['etcd']);
});

it('stops at a signal and gives the lock back', async () => {
  installGo('exec /bin/sleep 30');
  const abort = new AbortController();
  const building = ensureToolchain({ tools: ['etcd'], directory, path: bin, signal: abort.signal, onProgress: ({ phase }) => { if (phase === 'building') setTimeout(() => abort.abort(), 50); } });
  await expect(building).rejects.toThrow(/abort/i);
  expect(existsSync(join(directory, 'build.lock'))).toBe(false);
});

it('builds once when two ask at the same time', async () => {
  installGo(COMPILE);
  const both = await Promise.all([1, 2].map(() => ensureToolchain({ tools: ['kwok'], directory, path: bin })));
  expect(both[0]).toEqual(both[1]);
  expect(calls().filter((call) => call.includes('|build '))).toHaveLength(1);
});

describe('without a usable Go', () => {
  const asked = (): Promise<unknown> => ensureToolchain({ tools: ['etcd', 'pulumi'], directory, path: bin });

  it('says what to install and what works without', async () => {
    await expect(asked()).rejects.toThrow(GoUnavailableError);
    await expect(asked()).rejects.toThrow(/Go is not on PATH, and etcd, pulumi must be built\. Install Go 1\.26\.0 or newer from https:\/\/go\.dev\/dl\/.*`synth`, `check`, `images` and `why`.*`up -s onprem`/s);
  });

  it('names the version that is too old', async () => {
    installGo('exit 1', 'go1.22.1');
    await expect(asked()).rejects.toThrow(/not usable \(go1\.22\.1\)/);
  });

  it('repeats what Go says when it may not switch to a newer version of itself', async () => {
    installGo('exit 1');
    writeFileSync(join(bin, 'go'), '#!/bin/sh\necho "go: go.mod requires go >= 1.26.0 (running go 1.22.1; GOTOOLCHAIN=local)" >&2; exit 1\n');
    await expect(asked()).rejects.toThrow(/not usable \(go: go\.mod requires go >= 1\.26\.0/);
  });
});

describe('a failed build', () => {
  it.each([
    ['go: k8s.io/api@v0.36.3: dial tcp: lookup modules.example.com: no such host', /module proxy could not be reached.*GOPROXY/],
    ['link: mapping output file failed: no space left on device', /disk is full: a build needs about/],
    ['verifying k8s.io/api@v0.36.3: checksum mismatch\nSECURITY ERROR', /differs from what the Go checksum database/],
  ])('explains %s', (output, advice) => expect(new ToolchainBuildError('etcd', 'go build', output).message).toMatch(advice));
});

describe('the cache', () => {
  it('keeps programs by version and machine', () => {
    expect(toolchainDir('/c')).toMatch(new RegExp(`^/c/toolchain/kubernetes-v1\\.36\\.3-${process.platform}-${process.arch}-[0-9a-f]{8}$`));
  });
});
