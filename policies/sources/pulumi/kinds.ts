import type { ObjectKind } from '../../engine/object';

/** The kind of Kubernetes object that a Pulumi type stands for. */
export interface PulumiKind extends ObjectKind {
  /** Whether it is a patch of an object that something else owns. */
  readonly partial: boolean;
}

const OBJECT = /^kubernetes:((?:[a-z0-9.-]+\/)?v\d+(?:(?:alpha|beta)\d+)?):([A-Z]\w*)$/;
/** Resources of the Kubernetes provider that are no objects: what they contain is registered apart, or not seen at all. */
const NOT_OBJECTS = /^(?:helm\.sh|yaml|kustomize)\//;
const VERSION_IN_MODULE = /^(azure-native:[^/:]+)\/v\d\w*:/;
const VERSION_IN_PACKAGE = /^azure-native_[a-z0-9]+_v\d\w*:/;

/**
 * The kind of object that a Pulumi resource type such as `kubernetes:apps/v1:Deployment` stands for; `undefined` if it is
 * none.
 *
 * @param stated `kind` among the inputs of the resource; a kind of one's own may end as the types of patches do
 */
export function pulumiKind(type: string, stated?: unknown): PulumiKind | undefined {
  const [, version, kind] = OBJECT.exec(type) ?? [];
  if (version === undefined || kind === undefined || NOT_OBJECTS.test(version)) return undefined;
  const partial = kind.endsWith('Patch') && stated !== kind;
  // Pulumi names the core group, Kubernetes does not.
  return { apiVersion: version.replace(/^core\//, ''), kind: partial ? kind.slice(0, -'Patch'.length) : kind, partial };
}

/** A type without the version of the Azure API that it may name: `azure-native:storage/v20240101:StorageAccount` has one. */
export function withoutVersion(type: string): string {
  return type.replace(VERSION_IN_MODULE, '$1:').replace(VERSION_IN_PACKAGE, 'azure-native:');
}
