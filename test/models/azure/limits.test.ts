import { CLUSTER_NAME, WINDOW_HOURS } from '../../../components/azure/cluster';
import { SERVER_NAME } from '../../../components/azure/database/settings';
import { LONGEST_VAULT_NAME, RECOVERABLE_DAYS } from '../../../components/azure/keys/keys';
import { POOL_NAME } from '../../../components/azure/nodes/checks';
import { STORAGE_ACCOUNT_NAME } from '../../../components/azure/object-store/account-name';
import { BLOB_SOFT_DELETE_DAYS, checkContainerName } from '../../../components/azure/object-store/blob-container';
import { REGISTRY_NAME } from '../../../components/azure/registry/registry';
import { SHARE_SOFT_DELETE_DAYS } from '../../../components/azure/shared-files/file-share';
import { azure, azureName } from '../azure';
import { type OurName, wronglyAccepted } from '../compare';
import type { Schema } from '../schema';
import { statedNumbers, takes } from '../stated';

/** The last libraries that say what names may be. */
const LAST = {
  cluster: () => azureName('azure-mgmt-containerservice==34.0.0', 'resource_name'),
  pool: () => azureName('azure-mgmt-containerservice==34.0.0', 'agent_pool_name'),
  registry: () => azureName('azure-mgmt-containerregistry==10.3.0', 'registry_name'),
  account: () => azureName('azure-mgmt-storage==21.2.1', 'account_name'),
  container: () => azureName('azure-mgmt-storage==21.2.1', 'container_name'),
  server: () => azureName('azure-mgmt-mysqlflexibleservers==1.0.0', 'server_name'),
  vault: () => azureName('azure-mgmt-keyvault==10.3.1', 'vault_name'),
} as const;

/** Limits of ours that are Azure's own: what we have, what Azure has. */
const LIMITS: readonly (readonly [what: string, ours: readonly number[], theirs: () => readonly (number | undefined)[]])[] = [
  ['characters of a registry', range(REGISTRY_NAME), () => limits(LAST.registry())],
  ['characters of a storage account', range(STORAGE_ACCOUNT_NAME), () => limits(LAST.account())],
  ['most characters of a database server', [SERVER_NAME.most], () => [LAST.server().most]],
  ['most characters of a vault', [LONGEST_VAULT_NAME], () => [Number(/,(\d+)\}\$$/.exec(LAST.vault().pattern ?? '')?.[1])]],
  ['days that deleted blobs can be brought back', range(BLOB_SOFT_DELETE_DAYS), () => statedNumbers(azure('storage', 'DeleteRetentionPolicy').field?.('days'), /can be (\d+) and the maximum value can be (\d+)/)],
  ['days that deleted shares can be brought back', range(SHARE_SOFT_DELETE_DAYS), () => statedNumbers(azure('storage', 'DeleteRetentionPolicy').field?.('days'), /can be (\d+) and the maximum value can be (\d+)/)],
  ['days that deleted keys can be brought back', [RECOVERABLE_DAYS.delete, RECOVERABLE_DAYS.keep], () => statedNumbers(azure('keyvault', 'VaultProperties').field?.('softDeleteRetentionInDays'), />=(\d+) and <=(\d+)/)],
  ['hours of a maintenance window', range(WINDOW_HOURS), () => statedNumbers(azure('containerservice', 'MaintenanceWindow').field?.('durationHours'), /from (\d+) to (\d+) hours/)],
];

function range({ least, most }: { readonly least: number; readonly most: number }): number[] {
  return [least, most];
}

function limits({ least, most }: Schema): readonly (number | undefined)[] {
  return [least, most];
}

/** Names we accept, against what Azure accepts. */
const NAMES: readonly (readonly [what: string, ours: OurName, theirs: () => Schema])[] = [
  ['clusters', { least: 1, most: 63, accepts: (name) => CLUSTER_NAME.test(name), characters: 'azAZ09-_.ä' }, LAST.cluster],
  ['pools of nodes', { least: 1, most: 12, accepts: (name) => POOL_NAME.test(name), characters: 'aaz09-A' }, LAST.pool],
  ['containers of blobs', { least: 3, most: 63, accepts: takes((name) => checkContainerName(name, 'objects')), characters: 'aabbccddz09-A' }, LAST.container],
];

describe('limits of Azure', () => {
  it.each(LIMITS)('are known: %s', (_, ours, theirs) => {
    expect(ours).toEqual(theirs());
  });

  it.each(NAMES)('are kept: names of %s', (_, ours, theirs) => {
    expect(wronglyAccepted(ours, theirs())).toEqual([]);
  });
});
