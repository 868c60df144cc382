import { mkdtempSync, mkdirSync, readFileSync, writeFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clusterIdentity } from '../../../components/apiserver/plugin/cluster-identity';
import { secret } from '../../../components/apiserver/plugin/values';
import { checkConfig, readConfig } from '../../../local/provider/config';
import { installedOfficialProvider, installPlugin } from '../../../local/provider/install';

describe('configuration', () => {
  it('takes the settings of the official provider', () => {
    expect(checkConfig({ kubeconfig: secret('x'), context: 'c', enableServerSideApply: 'true', upsertExistingObjects: 'true', suppressDeprecationWarnings: 'true', version: '4.34.2' })).toEqual([]);
    expect(readConfig({ kubeconfig: secret('x\ny'), context: 'c', upsertExistingObjects: 'true' })).toEqual({ kubeconfig: 'x\ny', context: 'c', namespace: undefined, upsertExistingObjects: true });
  });

  it.each([
    [{ enableServerSideApply: 'false' }, 'enableServerSideApply', 'only applies on the server'],
    [{ contxt: 'x' }, 'contxt', 'is not a setting'],
    [{ upsertExistingObjects: 'maybe' }, 'upsertExistingObjects', 'must be true or false'],
    [{ renderYamlToDirectory: '/x' }, 'renderYamlToDirectory', 'not supported'],
  ])('refuses %j', (inputs, property, reason) => {
    expect(checkConfig(inputs)).toEqual([{ property, reason: expect.stringContaining(reason) }]);
  });

  it('knows a cluster by its context, not by its address or credentials', () => {
    const config = (context: string, port: number): string => `current-context: ${context}\nclusters:\n- {name: x, cluster: {server: 'https://127.0.0.1:${port}'}}\n`;
    expect(clusterIdentity({ kubeconfig: secret(config('a', 1)) })).toBe(clusterIdentity({ kubeconfig: config('a', 2) }));
    expect(clusterIdentity({ kubeconfig: config('a', 1) })).not.toBe(clusterIdentity({ kubeconfig: config('b', 1) }));
    expect(clusterIdentity({ kubeconfig: config('a', 1), context: 'b' })).toBe('b');
    expect(clusterIdentity({ kubeconfig: '/some/path' })).toBeUndefined();
  });
});

describe('installation as a plugin', () => {
  const home = (): string => mkdtempSync(path.join(tmpdir(), 'pulumi-home-'));

  it('lays down an executable that runs ours, and may be repeated', () => {
    const pulumiHome = home();
    expect([installPlugin(pulumiHome, "/opt/it's/bin/plugin"), installPlugin(pulumiHome, "/opt/it's/bin/plugin")]).toEqual([true, true]);
    const file = path.join(pulumiHome, 'plugins/resource-kubernetes-v4.34.2/pulumi-resource-kubernetes');
    expect(readFileSync(file, 'utf8')).toContain(String.raw`exec '/opt/it'\''s/bin/plugin' "$@"`);
    expect(statSync(file).mode & 0o111).toBe(0o111);
    expect(installedOfficialProvider(pulumiHome)).toBeUndefined();
  });

  it('never touches an official plugin', () => {
    const pulumiHome = home();
    const directory = path.join(pulumiHome, 'plugins/resource-kubernetes-v4.34.2');
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'pulumi-resource-kubernetes'), 'ELF');
    expect(installPlugin(pulumiHome, '/ours')).toBe(false);
    expect(readFileSync(path.join(directory, 'pulumi-resource-kubernetes'), 'utf8')).toBe('ELF');
    expect(installedOfficialProvider(pulumiHome)).toBe('4.34.2');
  });

  it('does not take a half-downloaded plugin for one', () => {
    const pulumiHome = home();
    const directory = path.join(pulumiHome, 'plugins/resource-kubernetes-v4.34.2');
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'pulumi-resource-kubernetes'), 'EL');
    writeFileSync(`${directory}.partial`, '');
    expect(installedOfficialProvider(pulumiHome)).toBeUndefined();
  });
});
