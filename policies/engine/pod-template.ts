import type { FieldPath } from './field-path';
import type { Fields } from './object';

/** Where in the pod's life a container runs. A `sidecar` is an init container that restarts always. */
export type ContainerRole = 'container' | 'init' | 'sidecar' | 'ephemeral';

/** What will become a pod, wherever in an object it stands. */
export interface PodTemplate {
  /** Path of the pod spec. */
  readonly path: FieldPath;
  readonly spec: Fields;
  /** Path of the pod's metadata, if the template has a place for it. */
  readonly metadataPath?: FieldPath;
  /** Path from the pod spec to the pod's security context. */
  readonly securityContextPath: FieldPath;
  /** Pod settings that hold if this template has no security context of its own. */
  readonly outer?: PodTemplate;
  /**
   * Whether the template only completes one that is kept in another object (a runtime, a configuration), so that what
   * it leaves out may be stated there.
   */
  readonly partial: boolean;
  readonly containers: readonly Container[];
  /** Text in the object that says more about its pods, and is not looked into: paths in the object. @default none */
  readonly opaque?: readonly FieldPath[];
}

/** A container of a pod template. */
export interface Container {
  readonly name: string;
  readonly role: ContainerRole;
  readonly path: FieldPath;
  readonly spec: Fields;
  /** Whether it only completes a container that is kept in another object. */
  readonly partial: boolean;
  /** Path from the container to its resource requirements, or to single quantities where the kind names them otherwise. */
  readonly resources: ResourceFields;
  /** The pod it runs in: pod-level settings are inherited from there. */
  readonly template: PodTemplate;
}

/** Where a container states its requests and limits. */
export type ResourceFields = Readonly<Record<'requests' | 'limits', Readonly<Record<'cpu' | 'memory', FieldPath>>>>;

/** Whether a place is a container (it has a pod template) rather than a pod template. */
export function isContainer(place: Container | PodTemplate): place is Container {
  return 'template' in place;
}

/** The requirements of a Kubernetes container. */
export const CONTAINER_RESOURCES: ResourceFields = resourcesAt('resources');

/** Kubernetes resource requirements under another name. */
export function resourcesAt(...path: FieldPath): ResourceFields {
  return {
    requests: { cpu: [...path, 'requests', 'cpu'], memory: [...path, 'requests', 'memory'] },
    limits: { cpu: [...path, 'limits', 'cpu'], memory: [...path, 'limits', 'memory'] },
  };
}
