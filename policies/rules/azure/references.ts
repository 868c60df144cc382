import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';

/** How resources of some types refer to others. */
export interface Reference {
  /** Types of the resources that refer, without their package. */
  readonly from: readonly string[];
  /** The inputs that refer; {@link each} stands for every element of a list. */
  readonly inputs: readonly (readonly string[])[];
  /** By name, within the resource group both are in (`accountName`), or by id (`resourceUri`). */
  readonly by: 'name' | 'id';
}

/** What a resource that is referred to is called. */
export interface Target {
  /** Input that holds its name in Azure. */
  readonly nameInput: string;
  /** Its kind in ids: `storageAccounts`. */
  readonly idSegment: string;
}

/** Step of a path that stands for every element of a list. */
export const each = '[]';

/** The resources that refer to others, found by what they refer to. */
export interface Referrers {
  /** Those that refer to a resource. */
  of(target: CloudResource, called: Target): readonly CloudResource[];
  /** Whether there are some of which nothing tells yet what they refer to. */
  readonly unattributed: boolean;
}

/**
 * An index of references, to be derived from the inventory once an evaluation.
 *
 * @returns a function to be kept at module level: what it makes is stored under it
 */
export function referrers(reference: Reference): (inventory: Inventory) => Referrers {
  return (inventory) => {
    const index = new Map<string, Set<CloudResource>>();
    let unattributed = false;
    for (const resource of reference.from.flatMap((type) => inventory.ofType(`azure-native:${type}`))) {
      const keys = keysOf(resource, reference);
      unattributed ||= keys === undefined;
      for (const key of keys ?? []) {
        const same = index.get(key);
        if (same) same.add(resource);
        else index.set(key, new Set([resource]));
      }
    }
    return {
      unattributed,
      of: (target, called) => [...new Set(namesOf(target, called).flatMap((key) => [...(index.get(key) ?? [])]))],
    };
  };
}

/** What a resource refers to, as keys of the index; `undefined` if that is not known yet. */
function keysOf(resource: CloudResource, { inputs, by }: Reference): readonly string[] | undefined {
  const urns = inputs.flatMap(([input = '']) => resource.dependencies?.[input] ?? []).map(urnKey);
  const values = readOr(undefined, () => inputs.flatMap((path) => valuesAt(resource.properties, path)));
  if (values === undefined) return urns.length === 0 ? undefined : urns;
  const stated = values.filter((value) => typeof value === 'string').filter((value) => value !== '');
  return [...urns, ...stated.flatMap((value) => (by === 'id' ? idKeys(value) : [nameKey(value, groupOf(resource)), nameKey(value, ANY)]))];
}

function valuesAt(from: unknown, path: readonly string[]): readonly unknown[] {
  const split = path.indexOf(each);
  if (split < 0) return [read(from, ...path)];
  const list = read(from, ...path.slice(0, split));
  return Array.isArray(list) ? list.flatMap((_, index) => valuesAt(read(list, index), path.slice(split + 1))) : [];
}

/** An id is looked up as a whole and, for what has no id yet, by the kind and name it ends in. */
function idKeys(id: string): readonly string[] {
  const [kind = '', name = ''] = id.split('/').slice(-2);
  return [idKey(id), kindKey(kind, name)];
}

function namesOf(target: CloudResource, { nameInput, idSegment }: Target): readonly string[] {
  const id = target.id !== undefined && target.id.includes('/') ? target.id : undefined;
  const stated = readOr(undefined, () => read(target.properties, nameInput));
  const name = typeof stated === 'string' && stated !== '' ? stated : id?.split('/').at(-1);
  return [
    ...(target.urn === undefined ? [] : [urnKey(target.urn)]),
    ...(id === undefined ? [] : [idKey(id)]),
    ...(name === undefined ? [] : namesWithin(groupOf(target), name)),
    ...(name === undefined || id !== undefined ? [] : [kindKey(idSegment, name)]),
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
const urnKey = (urn: string): string => `urn ${urn}`;
const idKey = (id: string): string => `id ${id.toLowerCase()}`;
const kindKey = (kind: string, name: string): string => `kind ${kind.toLowerCase()}/${name.toLowerCase()}`;
const nameKey = (name: string, group: string): string => `name ${group.toLowerCase()}/${name.toLowerCase()}`;
