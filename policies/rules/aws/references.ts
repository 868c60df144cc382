import { type FieldPath, read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';
import { listed } from './inputs';

/** Which input of which resources refers to which others. */
interface Reference {
  readonly from: readonly string[];
  /** Input that refers. */
  readonly by: FieldPath;
  readonly to: readonly string[];
  /** Input by which a target names itself, e.g. `bucket`. @default none: it is known by its id only */
  readonly name?: string;
}

/** What refers to a resource. */
export interface Referrers {
  readonly certain: readonly CloudResource[];
  /** Whether there are others of which it is not known what they refer to. */
  readonly open: boolean;
}

const UNKNOWN = Symbol('unknown');

/**
 * Resources by what one of their inputs refers to: by Pulumi's record of where the input came from, by the id of the
 * target, or by its name. One pass over the resources, so that looking up each target stays cheap.
 */
export class References {
  private readonly byUrn = new Map<string, CloudResource[]>();
  private readonly byValue = new Map<unknown, CloudResource[]>();
  private readonly targetsByUrn = new Map<string, CloudResource>();
  private readonly targetsByName = new Map<unknown, CloudResource>();
  /** Referrers whose input is not known, nor where it came from. */
  private readonly unknown: CloudResource[] = [];
  /** Referrers to something by a name that no target is known to have. */
  private stray = 0;

  constructor(
    inventory: Inventory,
    private readonly reference: Reference,
  ) {
    for (const target of reference.to.flatMap((type) => inventory.ofType(type))) {
      if (target.urn !== undefined) this.targetsByUrn.set(target.urn, target);
      for (const name of this.namesOf(target)) this.targetsByName.set(name, target);
    }
    for (const resource of reference.from.flatMap((type) => inventory.ofType(type))) this.add(resource);
  }

  /** What refers to a resource. */
  to(target: CloudResource): Referrers {
    const found = new Set(target.urn === undefined ? [] : this.byUrn.get(target.urn));
    for (const name of this.namesOf(target)) for (const resource of this.byValue.get(name) ?? []) found.add(resource);
    return { certain: [...found], open: this.unknown.length > 0 || (this.stray > 0 && !this.isIdentified(target)) };
  }

  /** What a resource refers to, as far as it is in this evaluation. */
  targets(referrer: CloudResource): readonly CloudResource[] {
    const found = new Set<CloudResource>();
    for (const key of [...this.origins(referrer), ...this.values(referrer)]) {
      const target = typeof key === 'string' ? (this.targetsByUrn.get(key) ?? this.targetsByName.get(key)) : undefined;
      if (target) found.add(target);
    }
    return [...found];
  }

  /** Referrers with a value, whether or not its target is in this evaluation. */
  withValue(value: unknown): readonly CloudResource[] {
    return this.byValue.get(value) ?? [];
  }

  private add(resource: CloudResource): void {
    const origins = this.origins(resource);
    for (const urn of origins) push(this.byUrn, urn, resource);
    for (const value of this.values(resource)) {
      if (value !== UNKNOWN) push(this.byValue, value, resource);
      if (origins.length > 0) continue;
      if (value === UNKNOWN) this.unknown.push(resource);
      else if (!this.targetsByName.has(value)) this.stray++;
    }
  }

  /** URNs of possible targets from which the input came. */
  private origins(resource: CloudResource): readonly string[] {
    const urns = resource.dependencies?.[String(this.reference.by[0])] ?? [];
    return urns.filter((urn) => this.reference.to.includes(typeOf(urn)));
  }

  private values(resource: CloudResource): readonly unknown[] {
    return readOr<readonly unknown[]>([UNKNOWN], () => {
      const list = listed(read(resource.properties, ...this.reference.by));
      return list.map((_, index) => readOr<unknown>(UNKNOWN, () => list[index]));
    });
  }

  private namesOf(target: CloudResource): readonly unknown[] {
    const stated = this.statedName(target);
    return [target.id, stated ?? (target.id === undefined ? target.name : undefined)].filter((name) => name !== undefined);
  }

  private isIdentified(target: CloudResource): boolean {
    return target.id !== undefined || this.statedName(target) !== undefined;
  }

  private statedName(target: CloudResource): unknown {
    const { name } = this.reference;
    return name === undefined ? undefined : readOr(undefined, () => read(target.properties, name));
  }
}

/** An index for `context.derive`: made once an evaluation. */
export function references(reference: Reference): (inventory: Inventory) => References {
  return (inventory) => new References(inventory, reference);
}

/** The type at the end of a URN, without those of its parents. */
function typeOf(urn: string): string {
  return (urn.split('::')[2] ?? '').split('$').at(-1) ?? '';
}

function push(index: Map<unknown, CloudResource[]>, key: unknown, resource: CloudResource): void {
  const same = index.get(key);
  if (same) same.push(resource);
  else index.set(key, [resource]);
}
