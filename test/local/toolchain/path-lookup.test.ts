import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { executablesOnPath, findOnPath, fits, parseVersion } from '../../../local/toolchain/path-lookup';

describe('parseVersion', () => {
  it.each([
    ['etcd', 'etcd Version: 3.7.3\nGit SHA: Not provided\nGo Version: go1.26.8\n', '3.7.3'],
    ['kube-apiserver', 'Kubernetes v1.36.3\n', '1.36.3'],
    ['kubectl', 'Client Version: v1.35.1\nKustomize Version: v5.8.1\n', '1.35.1'],
    ['kwok', 'kwok version v0.8.0 go1.26.8 (linux/amd64)', '0.8.0'],
    ['pulumi', 'v3.259.0\n', '3.259.0'],
    ['a development build', 'v3.260.0-alpha.1\n', '3.260.0-alpha.1'],
  ])('reads what %s prints', (_program, output, version) => expect(parseVersion(output)).toBe(version));

  it('finds no version where there is none', () => expect(parseVersion('unknown command "version"')).toBeUndefined());
});

describe('fits', () => {
  it.each([
    ['pulumi', '3.259.0', true], ['pulumi', '3.300.2', true], ['pulumi', '3.258.9', false], ['pulumi', '4.0.0', false], ['pulumi', '3.260.0-alpha.1', false],
    ['kubectl', '1.35.0', true], ['kubectl', '1.37.4', true], ['kubectl', '1.34.9', false], ['kubectl', '1.38.0', false],
    ['kubeApiserver', '1.36.9', true], ['kubeApiserver', '1.35.9', false], ['kubeApiserver', '1.37.0', false],
    ['etcd', '3.6.0', true], ['etcd', '3.5.21', false], ['kwok', '0.8.1', true], ['kwok', '0.7.0', false],
  ] as const)('%s %s: %s', (tool, version, expected) => expect(fits(tool, version)).toBe(expected));
});

describe('on PATH', () => {
  let dir: string;
  const program = (folder: string, name: string, script: string, mode = 0o755): string => {
    mkdirSync(join(dir, folder), { recursive: true });
    const file = join(dir, folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, mode);
    return file;
  };
  const path = (...folders: string[]): string => folders.map((folder) => join(dir, folder)).join(delimiter);

  beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'path-lookup-')); });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('takes the first program that fits, in the order of PATH', async () => {
    program('old', 'kwok', 'echo kwok version v0.6.0');
    const second = program('new', 'kwok', 'echo kwok version v0.8.2');
    program('newer', 'kwok', 'echo kwok version v0.8.3');
    await expect(findOnPath('kwok', path('old', 'new', 'newer'))).resolves.toEqual({ path: second, version: '0.8.2' });
  });

  it('passes over a program that fails although it prints a version', async () => {
    program('broken', 'etcd', 'echo etcd Version: 3.7.3; exit 1');
    await expect(findOnPath('etcd', path('broken'))).resolves.toBeUndefined();
  });

  it('ignores files that may not be executed, directories and folders that do not exist', async () => {
    program('plain', 'etcd', 'echo etcd Version: 3.7.3', 0o644);
    mkdirSync(join(dir, 'folder', 'etcd'), { recursive: true });
    await expect(executablesOnPath('etcd', path('missing', 'plain', 'folder'))).resolves.toEqual([]);
  });

  it('keeps Pulumi from asking the network for updates', async () => {
    program('bin', 'pulumi', 'test "$PULUMI_SKIP_UPDATE_CHECK" = true && test "$1" = version && echo v3.259.0');
    await expect(findOnPath('pulumi', path('bin'))).resolves.toMatchObject({ version: '3.259.0' });
  });
});
