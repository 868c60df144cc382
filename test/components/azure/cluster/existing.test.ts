import * as pulumi from '@pulumi/pulumi';
import { assumedLookups, existingAksCluster, liveLookups, type FoundCluster } from '../../../../components/azure';
import { record } from '../../record';
import { refusal } from '../stack';

class Azure extends pulumi.ProviderResource {
  constructor() {
    super('azure-native', 'azure', {});
  }
}

const args = { resourceGroup: 'platform', clusterName: 'shared' };

test('an existing cluster is used as it is, by the same provider', async () => {
  const recording = await record(async () => {
    const provider = new Azure();
    return existingAksCluster(liveLookups(provider), { ...args, supported: '>=1.32 <1.36' }, { provider });
  });
  expect(recording.resources.filter(({ type }) => !type.startsWith('pulumi:'))).toEqual([]);
  const { result } = recording;
  expect(await recording.valueOf(result.oidcIssuer)).toMatch(/^https:\/\/westeurope\.oic\.prod-aks\.azure\.com\//);
  expect(JSON.parse(await recording.valueOf(result.kubeconfig))['current-context']).toBe('shared');
  expect(await pulumi.isSecret(result.kubeconfig)).toBe(true);
  expect(await recording.valueOf(result.nodeIdentityPrincipalId)).toMatch(/^[0-9a-f-]{36}$/);
});

test('one that knows nothing of Entra ID is refused', async () => {
  const { message } = await refusal(() => existingAksCluster(liveLookups(new Azure()), { ...args, clusterName: 'plain' }));
  expect(message).toContain("cluster: clusterName is 'plain'; expected a cluster with Entra ID");
});

const assumed = assumedLookups({ location: 'westeurope' });

test.each<[string, Partial<FoundCluster>, string]>([
  ['stopped', { powerState: 'Stopped' }, "'az aks start'"],
  ['being changed', { provisioningState: 'Upgrading' }, 'this one is Upgrading'],
  ['with local accounts', { localAccounts: true }, 'without local accounts'],
  ['without workload identity', { workloadIdentity: false }, 'workload identity'],
  ['without an issuer', { oidcIssuer: undefined }, 'workload identity'],
  ['without network policies', { networkPolicy: undefined }, 'enforces network policies'],
  ['without the secrets provider', { secretsStore: false }, 'secrets provider'],
  ['of an old version', { kubernetesVersion: '1.29.4' }, "kubernetesVersion is '1.29.4'"],
])('one %s is refused, with what would help', async (_, changed, problem) => {
  const lookups = { ...assumed, cluster: async (group: string, name: string) => ({ ...(await assumed.cluster(group, name)), ...changed }) };
  await expect(existingAksCluster(lookups, { ...args, supported: '>=1.32' })).rejects.toThrow(problem);
});
