import { App } from 'cdk8s';
import type * as pulumi from '@pulumi/pulumi';
import { PullSecret, type PullSecretArgs } from '../../../components/onprem';
import { Component, componentsOf, ServiceIdentity, splitTokens, synthesize, SystemNamespace } from '../../../constructs/core';
import { ReleaseGraph } from '../../../constructs/core/release';

class Part extends Component {
  constructor(app: App, namespace: string, accounts: readonly string[]) {
    super(app, namespace, { version: '1' });
    new SystemNamespace(this, namespace);
    for (const name of accounts) new ServiceIdentity(this, name, { name, namespace });
  }
}

function pulled(more: Partial<PullSecretArgs> = {}) {
  const app = new App();
  new Part(app, 'one', ['a', 'b']);
  new Part(app, 'two', ['c']);
  new Part(app, 'empty', []);
  new PullSecret(app, 'pull-secret', { host: 'registry.example.com:5000', username: 'robot', password: 'hush', ...more });
  return { app, objects: synthesize(app) };
}

it('is in every namespace with a ServiceAccount, named by each, and there before it', async () => {
  const { app, objects } = pulled();
  const of = (kind: string) => objects.filter(({ manifest }) => manifest.kind === kind).map(({ manifest }) => manifest);
  expect(of('Secret').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['one/registry-credentials', 'two/registry-credentials']);
  expect(of('ServiceAccount').map(({ imagePullSecrets }) => imagePullSecrets)).toEqual(Array.from({ length: 3 }, () => [{ name: 'registry-credentials' }]));
  const graph = ReleaseGraph.of(objects, componentsOf(app));
  const account = graph.order().find(({ object: { manifest } }) => manifest.kind === 'ServiceAccount' && manifest.metadata.name === 'c');
  if (!account) throw new Error('no account');
  expect(graph.directDependencies(account).map(({ node: { object: { manifest } } }) => `${manifest.kind}/${manifest.metadata.namespace}`)).toContain('Secret/two');
});

it('is what a kubelet reads, and stands nowhere before the engine runs', async () => {
  const { objects } = pulled({ secretName: 'mirror' });
  const secret = objects.find(({ manifest }) => manifest.kind === 'Secret')?.manifest;
  expect(secret).toMatchObject({ metadata: { name: 'mirror' }, type: 'kubernetes.io/dockerconfigjson' });
  expect(JSON.stringify(objects)).not.toContain('hush');
  const [token] = splitTokens(Object(secret?.['stringData'])['.dockerconfigjson']);
  if (typeof token !== 'object') throw new Error('no token');
  const output = token.value as pulumi.Output<string>;
  const text = await new Promise<string>((resolve) => void output.apply(resolve));
  expect(JSON.parse(text)).toEqual({ auths: { 'registry.example.com:5000': { username: 'robot', password: 'hush', auth: Buffer.from('robot:hush').toString('base64') } } });
});

it.each<[Partial<PullSecretArgs>, string]>([
  [{ host: 'https://registry.example.com' }, "pull-secret: host is 'https://registry.example.com'; expected the host of a registry"],
  [{ host: 'registry.example.com/mirror' }, 'pull-secret: host is'],
  [{ username: '' }, "pull-secret: username is ''; expected the name of a user"],
])('refuses %j', (more, expected) => {
  expect(() => pulled(more)).toThrow(expected);
});
