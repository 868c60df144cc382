import { read } from '../../engine/field-path';
import { apiGroup, type KubernetesObject, type ObjectKind } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';

/** Made by the cluster itself, whose own pods need what the standards refuse. */
const OF_THE_CLUSTER = new Set<unknown>(['kube-system', 'kube-public', 'kube-node-lease']);

/** Whether the cluster itself makes a namespace of this name, so that declaring it is not what brings it about. */
export function isOfTheCluster(namespace: unknown): boolean {
  return OF_THE_CLUSTER.has(namespace);
}

export function isNamespace(object: ObjectKind): boolean {
  return object.kind === 'Namespace' && apiGroup(object) === '';
}

/** The namespace of a namespaced object: `default` if it names none, as `kubectl` has it unless told otherwise. */
export function namespaceOf(object: KubernetesObject): string {
  const namespace = read(object, 'metadata', 'namespace');
  return typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
}

/** Objects by the namespace they are in. */
export interface Placed {
  in(namespace: string): readonly KubernetesObject[];
  /** Whether there are any whose namespace is not known yet. */
  readonly somewhere: boolean;
}

export function placedBy(objects: Iterable<KubernetesObject>): Placed {
  const byNamespace = new Map<string, KubernetesObject[]>();
  let somewhere = false;
  for (const object of objects) {
    const namespace = readOr(undefined, () => namespaceOf(object));
    if (namespace === undefined) somewhere = true;
    else if (byNamespace.get(namespace)?.push(object) === undefined) byNamespace.set(namespace, [object]);
  }
  return { in: (namespace) => byNamespace.get(namespace) ?? [], somewhere };
}
