/** A Kubernetes object as plain data: what constructs synthesise to, and all that consumers see. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** The part of an object's metadata the release graph and the bridge read. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** One synthesised object with where it was declared. */
export interface SynthesizedObject {
  readonly manifest: Manifest;
  /** Id of the platform component it belongs to, e.g. `cert-manager`. */
  readonly component: string;
  /** Construct path, for error messages, e.g. `platform/kserve/manager/Deployment`. */
  readonly path: string;
}

/** `Kind/name` or `Kind/namespace/name`: how people name an object on the command line. */
export function objectName(manifest: Pick<Manifest, 'kind' | 'metadata'>): string {
  const { namespace, name } = manifest.metadata;
  return namespace ? `${manifest.kind}/${namespace}/${name}` : `${manifest.kind}/${name}`;
}

/** API group of an object (`''` for the core group). */
export function apiGroup(manifest: Pick<Manifest, 'apiVersion'>): string {
  const slash = manifest.apiVersion.indexOf('/');
  return slash < 0 ? '' : manifest.apiVersion.slice(0, slash);
}

/** Identity on a cluster: group, kind, namespace, name. The version is not part of it. */
export function objectIdentity(manifest: Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>): string {
  return `${apiGroup(manifest)}/${manifest.kind}/${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}`;
}
