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
  /** Types that have a name here. */
  readonly to: readonly string[];
}

/** An index of references. A target that is not there yet and states no name goes by its name in the stack, or by any other. */
export function azureReferences({ from, inputs, by, to }: AzureReference): (inventory: Inventory) => References {
  const kinds = new Set(to.map((type) => calledBy(type).kind.toLowerCase()));
  return references({
    from: from.map((type) => PACKAGE + type),
    inputs,
    to: to.map((type) => PACKAGE + type),
    keysOf: (value, referrer) => (!isNamed(value) ? [] : by === 'id' ? idKeys(value, kinds) : [nameKey(value, groupOf(referrer)), nameKey(value, ANY)]),
    namesOf,
    mayBeCalledOtherwise: (target) => idOf(target) === undefined && statedName(target) === undefined,
  });
}

/** An id is looked up as a whole and, for what has no id yet, by the kind and name it ends in; one of another kind is none. */
function idKeys(id: string, kinds: ReadonlySet<string>): readonly string[] {
  const [kind = '', name = ''] = id.split('/').slice(-2);
  return kinds.has(kind.toLowerCase()) ? [idKey(id), kindKey(kind, name)] : [];
}

function namesOf(target: CloudResource): readonly string[] {
  const id = idOf(target);
  const name = statedName(target) ?? id?.split('/').at(-1) ?? target.name;
  return [...namesWithin(groupOf(target), name), id === undefined ? kindKey(calledBy(target.type.slice(PACKAGE.length)).kind, name) : idKey(id)];
}

function calledBy(type: string): { readonly nameInput: string; readonly kind: string } {
  const [nameInput = 'name', kind = ''] = CALLED[type] ?? [];
  return { nameInput, kind };
}

function idOf({ id }: CloudResource): string | undefined {
  return id !== undefined && id.includes('/') ? id : undefined;
}

function statedName(target: CloudResource): string | undefined {
  return nameOf(target, calledBy(target.type.slice(PACKAGE.length)).nameInput);
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
