/** Policies over Kubernetes objects: pure functions that Pulumi packs, the command line and tests run alike. */
export { type CheckCoverage, type CheckOptions, type CheckResult, checkSources, EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE, exitCode } from './check';
export { type Baseline, baselineOf, type KnownFinding } from './config/baseline';
export { type FieldPath, formatPath, parsePath, read } from './engine/field-path';
export { type Coverage, type Finding, isBlocking, type Undecided, type Unevaluated, type WaivedBy } from './engine/finding';
export { Inventory } from './engine/inventory';
export type { CloudResource, KubernetesObject, ObjectKind, ObjectMetadata, ObjectReference, Subject } from './engine/object';
export { DEFAULT_PARAMETERS, type PolicyParameters, type RequiredResource } from './engine/parameters';
export type { Container, ContainerRole, PodTemplate, ResourceFields } from './engine/pod-template';
export { type PodPolicy, podPolicy } from './engine/pod-policy';
export {
  type Enforcement,
  type Example,
  isResourcePolicy,
  type ObjectPolicy,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  type Problem,
  type Question,
  type Report,
  type ResourcePolicy,
  type Severity,
} from './engine/policy';
export { effectiveSecurity, isWindows, podSecurity, type Setting, setting } from './engine/setting';
export { UnknownValueError } from './engine/unknown-value';
export { type ObjectWaiver, WAIVER_ANNOTATION, type WaivedObject, type WaiverTerms } from './engine/waivers/waiver';
export { WAIVER_RULES, type WaiverRule } from './engine/waivers/waiver-policies';
export { evaluate, type EvaluateOptions, type Evaluation, policyIds } from './evaluate';
export { type Reporter, type ReportOptions } from './report/reporter';
export { reporterFor, REPORTERS } from './report';
export { inPacks, type Pack, packNamed, PACKS, policiesOf } from './pack-list';
export { POLICIES } from './rules';
export { readSources, STANDARD_INPUT } from './sources/read-sources';
export type { Position, SourceObject, Sources } from './sources/source';
export { readWaiverFile, WaiverFileError } from './sources/waiver-file';
