import { apiGroup, type CloudResource, isCloudResource, isKubernetesObject, type KubernetesObject } from './object';
import { read } from './field-path';
import { readOr } from './unknown-value';

/** Everything of one evaluation, to be looked up by kind. */
export class Inventory {
  readonly objects: readonly KubernetesObject[];
  readonly resources: readonly CloudResource[];
  private readonly byKind = new Map<string, KubernetesObject[]>();
  private readonly byType = new Map<string, CloudResource[]>();
  private readonly byUrn = new Map<string, CloudResource>();

  constructor(subjects: Iterable<unknown>) {
    const objects: KubernetesObject[] = [];
    const resources: CloudResource[] = [];
    for (const subject of subjects) {
      if (isKubernetesObject(subject)) {
        objects.push(subject);
        add(this.byKind, subject.kind, subject);
      } else if (isCloudResource(subject)) {
        resources.push(subject);
        add(this.byType, subject.type, subject);
        if (subject.urn !== undefined) this.byUrn.set(subject.urn, subject);
      }
    }
    this.objects = objects;
    this.resources = resources;
  }

  /** All Kubernetes objects of a kind, in any API group or in one (`''` is the core group). */
  ofKind(kind: string, group?: string): readonly KubernetesObject[] {
    const all = this.byKind.get(kind) ?? [];
    return group === undefined ? all : all.filter((object) => apiGroup(object) === group);
  }

  /** All cloud resources of a Pulumi type. */
  ofType(type: string): readonly CloudResource[] {
    return this.byType.get(type) ?? [];
  }

  /**
   * The resources of a type one of whose inputs refers to a resource: by Pulumi's record of where the input came from,
   * or by its value, if that is the id, or one of the `names`, of the resource.
   *
   * @param property path of the input, e.g. `bucket`
   * @param names what else the target is referred to by, e.g. the name of a bucket. @default nothing
   */
  referrers(target: CloudResource, type: string, property: readonly (string | number)[], names: readonly unknown[] = []): readonly CloudResource[] {
    return this.ofType(type).filter((resource) => this.refersTo(resource, property, target, names));
  }

  /** Whether an input of a resource refers to another; see {@link referrers}. */
  refersTo(resource: CloudResource, property: readonly (string | number)[], target: CloudResource, names: readonly unknown[] = []): boolean {
    const [input] = property;
    const from = resource.dependencies?.[String(input)] ?? [];
    if (target.urn !== undefined && from.includes(target.urn)) return true;
    const value = readOr(undefined, () => read(resource.properties, ...property));
    return value !== undefined && [target.id, ...names].some((name) => name !== undefined && name === value);
  }

  /** The resource from which an input of another came, if it is in this evaluation: its first origin. */
  origin(resource: CloudResource, property: string): CloudResource | undefined {
    for (const urn of resource.dependencies?.[property] ?? []) {
      const found = this.byUrn.get(urn);
      if (found) return found;
    }
    return undefined;
  }
}

function add<T>(index: Map<string, T[]>, key: string, value: T): void {
  const same = index.get(key);
  if (same) same.push(value);
  else index.set(key, [value]);
}
