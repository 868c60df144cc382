import { type FieldPath, read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';
import { isNamed, nameOf } from '../cloud/inputs';
import { references, type References } from '../cloud/references';

/** What resources that are referred to are called, by type: the input that holds their name, and their kind in ids. */
const CALLED: Readonly<Record<string, readonly [nameInput: string, kind: string]>> = {
  'authorization:RoleDefinition': ['roleDefinitionId', 'roleDefinitions'],
  'compute:Disk': ['diskName', 'disks'],
  'containerregistry:Registry': ['registryName', 'registries'],
  'containerservice:ManagedCluster': ['resourceName', 'managedClusters'],
  'cosmosdb:DatabaseAccount': ['accountName', 'databaseAccounts'],
  'dbformysql:Server': ['serverName', 'flexibleServers'],
  'dbforpostgresql:Server': ['serverName', 'flexibleServers'],
  'documentdb:DatabaseAccount': ['accountName', 'databaseAccounts'],
  'keyvault:Vault': ['vaultName', 'vaults'],
  'network:NetworkSecurityGroup': ['networkSecurityGroupName', 'networkSecurityGroups'],
  'network:VirtualNetwork': ['virtualNetworkName', 'virtualNetworks'],
  'sql:Server': ['serverName', 'servers'],
  'storage:StorageAccount': ['accountName', 'storageAccounts'],
  'web:WebApp': ['name', 'sites'],
};
const PACKAGE = 'azure-native:';

/** How resources of Azure refer to others. Types are given without their package. */
interface AzureReference {
  readonly from: readonly string[];
  readonly inputs: readonly FieldPath[];
  /** By name, within the resource group both are in (`accountName`), or by id (`resourceUri`). */
  readonly by: 'name' | 'id';
  /** @default any of those that have a name here */
  readonly to?: readonly string[];
}

/** An index of references. */
export function azureReferences({ from, inputs, by, to }: AzureReference): (inventory: Inventory) => References {
  return references({
    from: from.map((type) => PACKAGE + type),
    inputs,
    to: to?.map((type) => PACKAGE + type),
    keysOf: (value, referrer) => (!isNamed(value) ? [] : by === 'id' ? idKeys(value) : [nameKey(value, groupOf(referrer)), nameKey(value, ANY)]),
    namesOf,
  });
}

/** An id is looked up as a whole and, for what has no id yet, by the kind and name it ends in. */
function idKeys(id: string): readonly string[] {
  const [kind = '', name = ''] = id.split('/').slice(-2);
  return [idKey(id), kindKey(kind, name)];
}

function namesOf(target: CloudResource): readonly string[] {
  const [nameInput = 'name', kind = ''] = CALLED[target.type.slice(PACKAGE.length)] ?? [];
  const id = target.id !== undefined && target.id.includes('/') ? target.id : undefined;
  const name = nameOf(target, nameInput) ?? id?.split('/').at(-1);
  return [
    ...(id === undefined ? [] : [idKey(id)]),
    ...(name === undefined ? [] : namesWithin(groupOf(target), name)),
    ...(name === undefined || id !== undefined ? [] : [kindKey(kind, name)]),
  ];
}

/** A name means the same resource in the same group, or where the group of one of the two is not known. */
function namesWithin(group: string, name: string): readonly string[] {
  return group === UNKNOWN ? [nameKey(name, ANY)] : [nameKey(name, group), nameKey(name, UNKNOWN)];
}

const UNKNOWN = '?';
const ANY = '*';

function groupOf({ properties }: CloudResource): string {
  const group = readOr(undefined, () => read(properties, 'resourceGroupName'));
  return typeof group === 'string' ? group : UNKNOWN;
}

// Azure compares names and ids without regard to case.
const idKey = (id: string): string => `id ${id.toLowerCase()}`;
const kindKey = (kind: string, name: string): string => `kind ${kind.toLowerCase()}/${name.toLowerCase()}`;
const nameKey = (name: string, group: string): string => `name ${group.toLowerCase()}/${name.toLowerCase()}`;
