import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import { apiGroup, isFields, type KubernetesObject, referenceTo } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';

/** Kinds by which secrets come from outside of the cluster, or are kept encrypted outside of it. */
const EXTERNAL: readonly (readonly [group: RegExp, kind: RegExp])[] = [
  [/^external-secrets\.io$/, /^(Cluster)?(ExternalSecret|SecretStore)$/],
  [/^kubernetes-client\.io$/, /^ExternalSecret$/],
  [/^secrets-store\.csi\.x-k8s\.io$/, /^SecretProviderClass$/],
  [/^bitnami\.com$/, /^SealedSecret$/],
  [/^secrets\.hashicorp\.com$/, /^(VaultStaticSecret|VaultDynamicSecret|VaultPKISecret|HCPVaultSecretsApp|CSISecrets)$/],
  [/^ricoberger\.de$/, /^VaultSecret$/],
  [/^(koudingspawn\.de|heist\.youniqx\.com)$/, /^Vault(KVSecret)?$/],
  [/^spv\.no$/, /^AzureKeyVaultSecret$/],
  [/^onepassword\.com$/, /^OnePasswordItem$/],
  [/^secrets\.doppler\.com$/, /^DopplerSecret$/],
  [/^secrets\.infisical\.com$/, /^Infisical(Static|Dynamic|Push)?Secret$/],
  [/^k8s\.bitwarden\.com$/, /^BitwardenSecret$/],
  [/^isindir\.github\.com$/, /^SopsSecret$/],
];
/** Secrets that the cluster, or a tool that keeps its state there, writes for itself. */
const WRITTEN_BY_TOOLS = new Set<unknown>(['kubernetes.io/service-account-token', 'helm.sh/release.v1', 'bootstrap.kubernetes.io/token']);

function secret(content: Readonly<Record<string, unknown>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'database', namespace: 'team-a' }, ...content };
}

/** CIS 5.4.2: secrets are kept in a store made for them. */
export const nativeSecrets: ObjectPolicy = {
  id: 'native-secrets',
  title: 'Secrets come from an external store',
  severity: 'low',
  enforcement: 'advisory',
  controls: cis({ kubernetes: '5.4.2', eks: '4.4.2', gke: '4.4.2', aks: '4.5.2' }),
  rationale:
    'A Secret is encoded, not encrypted, and whoever may read it in the cluster, its backups or the repository it is written in ' +
    'has it. An external store adds its own access rules, audit and rotation. Secrets are reported if they hold data and ' +
    'nothing in the evaluation fetches secrets from a store (External Secrets, Secrets Store CSI, Vault and others) or seals them.',
  remediation: 'Keep the secret in a store and declare an ExternalSecret or a SecretProviderClass for it, or at least a SealedSecret.',
  reach: 'stack',
  examples: {
    fails: secret({ stringData: { password: 'example' } }),
    passes: {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'database', namespace: 'team-a' },
      spec: { secretStoreRef: { name: 'vault' }, dataFrom: [{ extract: { key: 'database' } }] },
    },
  },
  appliesTo: (object) => object.kind === 'Secret' && apiGroup(object) === '',
  check(object, report, context) {
    if (WRITTEN_BY_TOOLS.has(read(object, 'type'))) return;
    const field = ['data', 'stringData'].find((each) => hasEntries(read(object, each)));
    if (field === undefined || context.derive(hasExternalStore)) return;
    const { name } = referenceTo(object);
    // The keys say enough: a report is no place for what they hold.
    report.finding({ path: [field], found: keysOf(read(object, field)), message: `secret '${name}' is kept in the cluster, not in a store for secrets` });
  },
};

function hasExternalStore(inventory: Inventory): boolean {
  return inventory.objects.some((object) => EXTERNAL.some(([group, kind]) => kind.test(object.kind) && group.test(apiGroup(object))) && !isOfThisCluster(object));
}

/** A store may be Secrets in a cluster, and that cluster, unless another is named, the same one. */
function isOfThisCluster(object: KubernetesObject): boolean {
  const store = readOr(undefined, () => read(object, 'spec', 'provider', 'kubernetes'));
  return object.kind.endsWith('SecretStore') && store !== undefined && readOr('', () => read(store, 'server', 'url')) === undefined;
}

function hasEntries(data: unknown): boolean {
  return keysOf(data).length > 0;
}

function keysOf(data: unknown): readonly string[] {
  return isFields(data) ? Object.keys(data) : [];
}
