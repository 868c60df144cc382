import type { SynthesizedObject } from '../manifest';

export type { Manifest, SynthesizedObject } from '../manifest';
export { apiGroup, objectIdentity, objectName } from '../manifest';

/** A platform component and what its constructor was given. */
export interface ComponentNode {
  /** Id, as in {@link SynthesizedObject.component}. */
  readonly id: string;
  /** Ids of the components it took as constructor arguments. */
  readonly requires: readonly string[];
  /**
   * API groups it reconciles although another component declares their CRDs (Istio does so for the Gateway API).
   * @default none: a component reconciles the custom resources whose CRDs it declares
   */
  readonly reconciles?: readonly string[];
}

/** Names an object without its version. Cluster-scoped objects have no namespace. */
export interface ObjectRef {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Why one object waits for another: one kind for each way a dependency is read from the objects. */
export type ReasonKind =
  | 'namespace'
  | 'definition'
  | 'conversion'
  | 'controller'
  | 'component'
  | 'backend'
  | 'ca-bundle'
  | 'admission'
  | 'api'
  | 'service-account'
  | 'permission'
  | 'role'
  | 'subject'
  | 'aggregation'
  | 'pod-reference'
  | 'produced'
  | 'reference'
  | 'serving-default'
  | 'guard';

/** Why an edge is there. */
export interface Reason {
  readonly kind: ReasonKind;
  /** The field it was read from, e.g. `spec.template.spec.volumes[2].secret.secretName`. May be empty. */
  readonly detail: string;
}

/** An object in the graph. */
export interface ObjectNode {
  readonly type: 'object';
  /** Position among all nodes; objects come first, in rank order. */
  readonly index: number;
  /** {@link objectIdentity}. */
  readonly id: string;
  readonly object: SynthesizedObject;
  /** API group, read once. */
  readonly group: string;
}

/**
 * A point in time that is not an object, e.g. "component cert-manager is ready": many nodes wait for it and it waits
 * for many, so edges add where they would multiply. Consumers that want objects only never see one.
 */
export interface BarrierNode {
  readonly type: 'barrier';
  readonly index: number;
  readonly id: string;
  /** What is reached here, in plain words. */
  readonly label: string;
}

export type ReleaseNode = ObjectNode | BarrierNode;

/** `from` waits for `to`. */
export interface ReleaseEdge {
  readonly from: ReleaseNode;
  readonly to: ReleaseNode;
  readonly reason: Reason;
}

/** An object another one waits for directly, barriers looked through. */
export interface Dependency {
  readonly node: ObjectNode;
  readonly reasons: readonly Reason[];
  /** True if another dependency of the same object already waits for this one. */
  readonly implied: boolean;
}

/** A reference to an object that is not among those given: it is expected on the cluster already. */
export interface ExternalReference {
  readonly from: ObjectNode;
  readonly to: ObjectRef;
  readonly reason: Reason;
}

/** `Kind/name` or `Kind/namespace/name` of a reference. */
export function refName(ref: ObjectRef): string {
  return ref.namespace ? `${ref.kind}/${ref.namespace}/${ref.name}` : `${ref.kind}/${ref.name}`;
}

/** Identity of a reference, equal to `objectIdentity` of the object it names. */
export function refIdentity(ref: ObjectRef): string {
  return `${ref.group}/${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;
}
