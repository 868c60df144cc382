import { fieldsOf, textOf } from './fields';
import type { ObjectRef } from './model';
import type { ReferenceTarget } from './options';

/** The field holds the name of an object in the owner's namespace. */
export function inSameNamespace(group: string, kind: string): ReferenceTarget {
  return (value, owner) => {
    const name = textOf(value);
    return name ? [{ group, kind, namespace: owner.metadata.namespace, name }] : [];
  };
}

/** The field holds the name of a cluster-scoped object. */
export function clusterScoped(group: string, kind: string): ReferenceTarget {
  return (value) => {
    const name = textOf(value);
    return name ? [{ group, kind, name }] : [];
  };
}

/** The field holds a name that is looked up in the owner's namespace, then where the owner's controller runs. */
export function inSameOrControllerNamespace(group: string, kind: string): ReferenceTarget {
  return (value, owner, index) => {
    const name = textOf(value);
    if (!name) return [];
    const [ownerGroup = ''] = owner.apiVersion.split('/');
    const namespaces = [owner.metadata.namespace, ...index.controllerNamespaces(ownerGroup, owner.kind)];
    return namespaces.filter((namespace) => namespace !== undefined).map((namespace): ObjectRef => ({ group, kind, namespace, name }));
  };
}

/** What a reference that states its own kind leaves out. */
export interface KindedDefaults {
  readonly group: string;
  readonly kind: string;
  /** Kinds without a namespace. */
  readonly clusterKinds?: readonly string[];
}

/** The field holds `{ name, kind?, group? | apiGroup? | apiVersion?, namespace? }`. */
export function kinded(defaults: KindedDefaults): ReferenceTarget {
  return (value, owner) => {
    const ref = fieldsOf(value);
    const name = textOf(ref.name);
    if (!name) return [];
    const kind = textOf(ref.kind) ?? defaults.kind;
    const group = statedGroup(ref.group) ?? statedGroup(ref.apiGroup) ?? groupOf(textOf(ref.apiVersion)) ?? defaults.group;
    if (defaults.clusterKinds?.includes(kind)) return [{ group, kind, name }];
    return [{ group, kind, namespace: textOf(ref.namespace) ?? owner.metadata.namespace, name }];
  };
}

/** Unlike a name, a group may be stated as empty: the core group. */
function statedGroup(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function groupOf(apiVersion: string | undefined): string | undefined {
  if (apiVersion === undefined) return undefined;
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
