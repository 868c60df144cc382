export { type CycleStep, DuplicateObjectError, ReleaseCycleError, UnknownComponentError, UnknownObjectError } from './errors';
export type {
  BarrierNode,
  ComponentNode,
  Dependency,
  ExternalReference,
  ObjectNode,
  ObjectRef,
  Reason,
  ReasonKind,
  ReleaseEdge,
  ReleaseNode,
} from './model';
export type { ProducerType, ReferenceTarget, ReferenceType, ReleaseGraphOptions } from './options';
export type { PodTemplateLocation } from './pod-templates';
export type { EdgeRule } from './rule';
export { explain } from './reasons';
export { clusterScoped, inSameNamespace, inSameOrControllerNamespace, kinded, type KindedDefaults } from './reference-targets';
export { type DirectDependenciesOptions, ReleaseGraph } from './release-graph';
export type { ReleaseJson, ReleaseJsonDependency, ReleaseJsonObject } from './release-json';
export { renderWhy, type Skipped, type Why, type WhyLink } from './why';
