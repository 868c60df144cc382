import { evaluate, type KubernetesObject } from '../../../../policies';
import { nativeSecrets } from '../../../../policies/rules/namespaces/native-secrets';

const check = (...objects: KubernetesObject[]) => evaluate(objects, { policies: [nativeSecrets] }).findings;
const secret = (content: object): KubernetesObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, ...content });
const custom = (apiVersion: string, kind: string, spec: object = {}): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'x' }, spec });
const DATA = secret({ data: { password: 'eA==' } });

it('reports a secret with data, but not the data', () => {
  const findings = check(DATA, secret({ data: {}, stringData: { user: 'x', token: 'y' } }));
  expect(findings).toMatchObject([
    { enforcement: 'advisory', path: 'data', found: ['password'], message: "secret 'db' is kept in the cluster, not in a store for secrets" },
    { path: 'stringData', found: ['user', 'token'] },
  ]);
});

it.each<[string, object]>([
  ['no data', {}],
  ['empty data', { data: {}, stringData: null }],
  ['data of a wrong type', { data: 'x' }],
  ['a service account token', { type: 'kubernetes.io/service-account-token', data: { token: 'eA==' } }],
  ['the state of Helm', { type: 'helm.sh/release.v1', data: { release: 'eA==' } }],
  ['a bootstrap token', { type: 'bootstrap.kubernetes.io/token', stringData: { 'token-id': 'x' } }],
])('passes a secret with %s', (_what, content) => {
  expect(check(secret(content))).toEqual([]);
});

it.each([
  ['external-secrets.io/v1', 'ExternalSecret'],
  ['external-secrets.io/v1beta1', 'ClusterSecretStore'],
  ['secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass'],
  ['bitnami.com/v1alpha1', 'SealedSecret'],
  ['secrets.hashicorp.com/v1beta1', 'VaultStaticSecret'],
])('passes beside a %s %s', (apiVersion, kind) => {
  expect(check(DATA, custom(apiVersion, kind))).toEqual([]);
});

it('does not take the secrets of the same cluster for another store', () => {
  const store = (kubernetes: object) => custom('external-secrets.io/v1', 'SecretStore', { provider: { kubernetes } });
  expect(check(DATA, store({ server: { caProvider: {} } }))).toHaveLength(1);
  expect(check(DATA, store({ server: { url: 'https://elsewhere.example.com' } }))).toEqual([]);
  expect(check(DATA, custom('example.com/v1', 'ExternalSecret'))).toHaveLength(1);
});
