import { apiGroup, type CloudResource, isCloudResource, isKubernetesObject, type KubernetesObject } from './object';

/** Everything of one evaluation, to be looked up by kind. */
export class Inventory {
  readonly objects: readonly KubernetesObject[];
  readonly resources: readonly CloudResource[];
  private readonly byKind = new Map<string, KubernetesObject[]>();
  private readonly byType = new Map<string, CloudResource[]>();

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
}

function add<T>(index: Map<string, T[]>, key: string, value: T): void {
  const same = index.get(key);
  if (same) same.push(value);
  else index.set(key, [value]);
}
