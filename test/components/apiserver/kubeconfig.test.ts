import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCluster } from '../../../components/apiserver/kubeconfig';

const config = (user: string): string => `
apiVersion: v1
kind: Config
current-context: one
clusters:
- {name: c, cluster: {server: 'https://127.0.0.1:6443/prefix/'}}
contexts:
- {name: one, context: {cluster: c, user: u, namespace: team}}
- {name: two, context: {cluster: c, user: u}}
- {name: broken, context: {cluster: nowhere, user: u}}
users:
- {name: u, user: ${user}}
`;

describe('a kubeconfig', () => {
  it('is taken as text, with its current context, server path and token', async () => {
    const cluster = await openCluster({ kubeconfig: config('{token: secret-token}') });
    expect([cluster.server, cluster.context, cluster.namespace]).toEqual(['https://127.0.0.1:6443/prefix', 'one', 'team']);
    expect((await cluster.credentials()).headers).toEqual({ authorization: 'Bearer secret-token' });
  });

  it('is taken as a path, with files named relative to it', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'));
    const file = path.join(directory, 'config');
    writeFileSync(file, config('{client-certificate: client.crt, client-key: client.key}'));
    await expect(openCluster({ kubeconfig: file, context: 'two' })).rejects.toThrow(`ENOENT: no such file or directory, open '${path.join(directory, 'client.crt')}'`);
    writeFileSync(path.join(directory, 'client.crt'), 'no certificate');
    writeFileSync(path.join(directory, 'client.key'), 'no key');
    await expect(openCluster({ kubeconfig: file, context: 'two' })).rejects.toThrow(/PEM/);
  });

  it('with a credential plugin gets its token from the plugin, over connections that are kept', async () => {
    const credential = JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'from-plugin', expirationTimestamp: '2999-01-01T00:00:00Z' } });
    const cluster = await openCluster({ kubeconfig: config(`{exec: {apiVersion: client.authentication.k8s.io/v1, command: echo, args: ['${credential}']}}`) });
    const [first, second] = [await cluster.credentials(), await cluster.credentials()];
    expect(first.headers).toEqual({ Authorization: 'Bearer from-plugin' });
    expect(second.agent).toBe(first.agent);
    expect(first.agent.maxSockets).toBe(32);
  });

  it.each([
    [{ kubeconfig: config('{}'), context: 'three' }, 'has no context three; it has: one, two, broken'],
    [{ kubeconfig: config('{}'), context: 'broken' }, 'the cluster of context broken is missing'],
    [{ kubeconfig: '/nowhere/config' }, 'kubeconfig /nowhere/config cannot be read'],
  ])('that cannot be used is refused with the reason', async (source, message) => {
    await expect(openCluster(source)).rejects.toThrow(message);
  });
});
