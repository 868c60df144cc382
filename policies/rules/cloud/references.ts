import { type FieldPath, read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';
import { listed } from './inputs';

/** How resources of some types refer to others. */
export interface Reference {
  /** Types of the resources that refer. */
  readonly from: readonly string[];
  /** The inputs that refer; {@link each} stands for every element of a list, and a list at the end for its elements. */
  readonly inputs: readonly FieldPath[];
  /**
   * Types of what they refer to. An input that Pulumi knows to come from something else is judged by its value.
   *
   * @default any; what is referred to can then be asked who refers to it, but is not found itself
   */
  readonly to?: readonly string[];
  /** What a value of such an input is looked up by. @default the value itself */
  keysOf?(value: unknown, referrer: CloudResource): readonly unknown[];
  /** What a resource is referred to by, besides by what Pulumi knows. */
  namesOf(target: CloudResource): readonly unknown[];
  /** Whether a resource may have another name still, so that a name that is nobody's may be its. @default never */
  mayBeCalledOtherwise?(target: CloudResource): boolean;
}

/** Step of a path that stands for every element of a list. */
export const each = '[]';

/** What refers to a resource. */
export interface Referrers {
  readonly certain: readonly CloudResource[];
  /** Whether there are others that may: it is not known what they refer to. */
  readonly open: boolean;
}

/** An index for `context.derive`, to be kept at module level: made once an evaluation. */
export function references(reference: Reference): (inventory: Inventory) => References {
  return (inventory) => new References(inventory, reference);
}

const UNKNOWN = Symbol('unknown');

/**
 * Resources by what they refer to: by Pulumi's record of where an input came from, or by its value. One pass over the
 * resources, so that looking up each target stays cheap.
 */
export class References {
  private readonly byUrn = new Map<unknown, CloudResource[]>();
  private readonly byKey = new Map<unknown, CloudResource[]>();
  private readonly targetsByUrn = new Map<unknown, CloudResource>();
  private readonly targetsByKey = new Map<unknown, CloudResource>();
  /** Whether there is an input of which neither the value is known, nor where it comes from. */
  private hasUnknown = false;
  /** Whether there is one by a name that no target is known to have. */
  private hasStray = false;
  /** Whether there is a target that may have such a name. */
  private readonly hasNameless: boolean;

  constructor(
    inventory: Inventory,
    private readonly reference: Reference,
  ) {
    const targets = (reference.to ?? []).flatMap((type) => inventory.ofType(type));
    this.hasNameless = targets.some((target) => this.mayBeCalledOtherwise(target));
    for (const target of targets) {
      if (target.urn !== undefined) this.targetsByUrn.set(target.urn, target);
      for (const name of this.namesOf(target)) this.targetsByKey.set(name, target);
    }
    for (const resource of reference.from.flatMap((type) => inventory.ofType(type))) this.add(resource);
  }

  /** What refers to a resource. */
  to(target: CloudResource): Referrers {
    const found = new Set(target.urn === undefined ? [] : this.byUrn.get(target.urn));
    for (const name of this.namesOf(target)) for (const resource of this.byKey.get(name) ?? []) found.add(resource);
    return { certain: [...found], open: this.hasUnknown || (this.hasStray && this.mayBeCalledOtherwise(target)) };
  }

  /** What a resource refers to by such an input, as far as it is in this evaluation. */
  targets(referrer: CloudResource): readonly CloudResource[] {
    const byUrn = this.origins(referrer).map((urn) => this.targetsByUrn.get(urn));
    const byKey = this.keys(referrer).flat().map((key) => this.targetsByKey.get(key));
    return [...new Set([...byUrn, ...byKey].filter((target) => target !== undefined))];
  }

  /** Whether a resource may refer to others than those: it is not known to what by all of such inputs. */
  isOpen(referrer: CloudResource): boolean {
    if (this.origins(referrer).length > 0) return false;
    return this.keys(referrer).some((keys) => keys.includes(UNKNOWN) || (this.hasNameless && this.isStray(keys)));
  }

  /** Those that refer to the same as a resource does by such an input, whether or not that is in this evaluation. */
  beside(resource: CloudResource): readonly CloudResource[] {
    const byUrn = this.origins(resource).flatMap((urn) => this.byUrn.get(urn) ?? []);
    const byKey = this.keys(resource).flat().flatMap((key) => this.byKey.get(key) ?? []);
    return [...new Set([...byUrn, ...byKey])];
  }

  private add(resource: CloudResource): void {
    const origins = this.origins(resource);
    for (const urn of origins) push(this.byUrn, urn, resource);
    for (const keys of this.keys(resource)) {
      for (const key of keys) if (key !== UNKNOWN) push(this.byKey, key, resource);
      if (origins.length > 0) continue;
      if (keys.includes(UNKNOWN)) this.hasUnknown = true;
      else if (this.isStray(keys)) this.hasStray = true;
    }
  }

  /** Whether none of the keys of one value is that of a target. */
  private isStray(keys: readonly unknown[]): boolean {
    return keys.length > 0 && !keys.some((key) => this.targetsByKey.has(key));
  }

  /** URNs of possible targets from which the inputs came. */
  private origins(resource: CloudResource): readonly string[] {
    const { inputs, to } = this.reference;
    return [...new Set(inputs.map(([name]) => String(name)))].flatMap((name) => originsOf(resource, name, to));
  }

  /** What each value of the inputs is looked up by. */
  private keys(resource: CloudResource): readonly (readonly unknown[])[] {
    const { inputs, keysOf } = this.reference;
    const values = inputs.flatMap((path) => valuesAt(resource.properties, path));
    return values.map((value) => (value === UNKNOWN || !keysOf ? [value] : keysOf(value, resource)));
  }

  private mayBeCalledOtherwise(target: CloudResource): boolean {
    return this.reference.mayBeCalledOtherwise?.(target) ?? false;
  }

  private namesOf(target: CloudResource): readonly unknown[] {
    return this.reference.namesOf(target).filter((name) => name !== undefined);
  }
}

/** URNs of the resources whose outputs went into an input, if they are of some types. */
export function originsOf(resource: CloudResource, input: string, types?: readonly string[]): readonly string[] {
  const urns = resource.dependencies?.[input] ?? [];
  return types ? urns.filter((urn) => types.includes(typeOf(urn))) : urns;
}

/** The type at the end of a URN, without those of its parents. */
function typeOf(urn: string): string {
  return (urn.split('::')[2] ?? '').split('$').at(-1) ?? '';
}

function valuesAt(from: unknown, path: FieldPath): readonly unknown[] {
  const split = path.indexOf(each);
  const [start, rest] = split < 0 ? [path, undefined] : [path.slice(0, split), path.slice(split + 1)];
  return readOr<readonly unknown[]>([UNKNOWN], () => {
    const list = listed(read(from, ...start));
    const values = list.map((_, index) => readOr<unknown>(UNKNOWN, () => list[index]));
    return rest ? values.flatMap((value) => (value === UNKNOWN ? [UNKNOWN] : valuesAt(value, rest))) : values;
  });
}

function push(index: Map<unknown, CloudResource[]>, key: unknown, resource: CloudResource): void {
  const same = index.get(key);
  if (same) same.push(resource);
  else index.set(key, [resource]);
}
