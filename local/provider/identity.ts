/** Name and, for namespaced kinds, namespace of an object: what a resource id says. */
export interface ObjectKey {
  readonly name: string;
  readonly namespace?: string;
}

/** `namespace/name`, or `name` for cluster-wide objects. */
export function formatId({ name, namespace }: ObjectKey): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Reads `namespace/name` or `name`. */
export function parseId(id: string): ObjectKey {
  const slash = id.indexOf('/');
  return slash < 0 ? { name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}
