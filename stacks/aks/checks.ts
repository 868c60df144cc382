import { checkKubernetesVersion, checkOffered, checkPool, checkTogether, checkVersionOffered, existingFileShare, existingNetwork, existingResourceGroup, findContainer, findServer, findZone, planAddresses } from '../../components/azure';
import { InvalidInputError } from '../../constructs/core';
import type { AksConfig } from '../config/schemas/aks';
import { PLATFORM_KUBERNETES } from '../kubernetes';
import type { AksLookups } from './lookups';
import { poolsOf } from './nodes';

/**
 * Refuses what Azure would refuse, before anything is made.
 *
 * @throws InvalidInputError
 */
export async function check(config: AksConfig, lookups: AksLookups): Promise<void> {
  const { network, cluster } = config;
  if (cluster.existing && !network.existing) {
    throw new InvalidInputError({ property: 'existing', value: undefined, expected: 'the virtual network and subnets that the existing cluster is in: a database or storage account in another network could not be reached', where: 'network' });
  }
  const { maxNodes } = await checkNetwork(config, lookups);
  if (!cluster.existing) await checkNewCluster(config, lookups, maxNodes);
  await checkWhatExists(config, lookups);
}

async function checkNetwork({ network, location }: AksConfig, { azure }: AksLookups): Promise<{ readonly maxNodes: number }> {
  if (network.existing) {
    await existingResourceGroup(azure, network.existing.resourceGroup, 'network.existing');
    return existingNetwork(azure, { ...network.existing, location }, 'network.existing');
  }
  if (network.resourceGroup !== undefined) await existingResourceGroup(azure, network.resourceGroup, 'network');
  return planAddresses(network, 'network');
}

async function checkNewCluster({ kubernetesVersion, location, nodes }: AksConfig, { azure }: AksLookups, maxNodes: number): Promise<void> {
  checkKubernetesVersion(kubernetesVersion, PLATFORM_KUBERNETES.range, 'azure');
  await checkVersionOffered(azure, location, kubernetesVersion, 'azure');
  const pools = poolsOf(nodes);
  for (const pool of pools) checkPool(pool, pool.kind, 'nodes');
  checkTogether(pools, maxNodes, 'azure', 'nodes');
  await checkOffered(azure, location, pools, 'nodes', ({ kind }) => kind);
}

async function checkWhatExists({ dns, domain, objectStore, database, sharedFiles }: AksConfig, lookups: AksLookups): Promise<void> {
  if (dns.zone === 'existing') await findZone(lookups.zones, { domain, resourceGroup: dns.resourceGroup }, 'azure');
  if (objectStore.existing) await findContainer(lookups.containers, objectStore.existing, 'objectStore.existing');
  if (database.existing) await findServer(lookups.servers, database.existing, 'database-existing');
  if (sharedFiles.existing) await existingFileShare(lookups.shareAccounts, sharedFiles.existing, 'sharedFiles.existing');
}
