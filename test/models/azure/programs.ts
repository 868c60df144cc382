import { BlobContainer, Database, FileShare, Registry } from '../../../components/azure';
import { identities, key, network } from '../../components/azure/data/parts';
import { pools, stack, systemPool } from '../../components/azure/stack';
import { record, type Recording } from '../../components/record';

const VAULT = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/kubeflow/providers/Microsoft.KeyVault/vaults/vault';
const dockerHub = { vaultId: VAULT, vaultUri: 'https://vault.vault.azure.net/', usernameSecret: 'hub-user', passwordSecret: 'hub-token' };

/** The network and cluster of a stack, as what is kept. */
function kept(): void {
  stack();
}

/** The same as what may be deleted, with other nodes, reached from an office. */
function deletable(): void {
  stack({
    cluster: { retention: 'delete', tier: 'Premium', authorizedIpRanges: ['203.0.113.0/24'], systemPool: { ...systemPool, os: 'Ubuntu' } },
    pools: pools.map((pool) => (pool.kind === 'gpu' ? { ...pool, drivers: 'operator', spot: false, os: 'Ubuntu' } : { ...pool, spot: true })),
  });
}

/** Each of the platform's services in each of its ways. */
function data(): void {
  const place = { network: network() };
  new BlobContainer('zonal', { ...place, identities: identities(), key });
  new BlobContainer('distant', { ...place, identities: identities(), redundancy: 'geo-zone', retention: 'delete' });
  new BlobContainer('local', { ...place, identities: identities(), redundancy: 'local' });
  new FileShare('files', { ...place, driverPrincipalId: 'driver' });
  new FileShare('local-files', { ...place, driverPrincipalId: 'driver', redundancy: 'local' });
  new Registry('registry', { ...place, kubeletPrincipalId: 'kubelet', key, dockerHub });
  new Registry('more-images', { ...place, kubeletPrincipalId: 'kubelet', zoneRedundant: false, untaggedRetentionDays: 30, retention: 'delete' });
  new Database('mysql', { ...place, key });
  new Database('mysql-near', { ...place, version: '8.0.21', highAvailability: 'same-zone', geoRedundantBackup: true, retention: 'delete' });
  new Database('mysql-small', { ...place, highAvailability: 'none', sku: 'Standard_B2s' });
  const postgresql = { ...place, engine: 'postgresql', subnetId: '/subnets/postgresql' } as const;
  new Database('postgresql', { ...postgresql, key, sku: 'Standard_E2ads_v5' });
  new Database('postgresql-alone', { ...postgresql, highAvailability: 'none' });
}

/** Everything that our components for Azure can register, in each of the ways that change what an API is asked for. */
export async function recordAzure(): Promise<readonly Recording<unknown>[]> {
  // One after the other: Pulumi's mocks are the process's.
  return [await record(kept), await record(deletable), await record(data)];
}
