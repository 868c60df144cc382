import { isObject, type LiveObject } from '../../components/apiserver/objects';

/** What a look at an object says. */
export type Readiness =
  | { readonly state: 'ready' }
  /** Not yet; `reason` says what is still missing. */
  | { readonly state: 'waiting'; readonly reason: string }
  /** It will not become ready without a change. */
  | { readonly state: 'failed'; readonly reason: string };

/** Looks at an object. */
export type ReadinessCheck = (object: LiveObject) => Readiness;

export const READY: Readiness = { state: 'ready' };
const waiting = (reason: string): Readiness => ({ state: 'waiting', reason });

/** How readiness of a kind is seen, or nothing when existing is all it can do. */
export function readinessOf(apiVersion: string, kind: string): ReadinessCheck | undefined {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return CHECKS[`${group}/${kind}`];
}

const CHECKS: Readonly<Record<string, ReadinessCheck>> = {
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  '/ReplicationController': replicaSet,
  '/Pod': pod,
  'apiextensions.k8s.io/CustomResourceDefinition': customResourceDefinition,
  'apiregistration.k8s.io/APIService': (object) => conditionIs(object, 'Available', 'True'),
};

/** One entry of `status.conditions`. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The condition of a type, if the object has it. */
export function condition(object: LiveObject, type: string): Condition | undefined {
  const conditions = status(object)['conditions'];
  return Array.isArray(conditions) ? conditions.find((item) => isObject(item) && item['type'] === type) : undefined;
}

/** `Type=Status (Reason: message)`. */
export function describeCondition({ type, status: value, reason, message }: Condition): string {
  const detail = [reason, message].filter(Boolean).join(': ');
  return `${type}=${value}${detail ? ` (${detail})` : ''}`;
}

/** Whether a condition has a status. */
export function conditionIs(object: LiveObject, type: string, expected: string): Readiness {
  const found = condition(object, type);
  if (found?.status.toLowerCase() === expected.toLowerCase()) return READY;
  return waiting(found ? `condition ${describeCondition(found)}, not ${expected}` : `there is no condition ${type} yet`);
}

function deployment(object: LiveObject): Readiness {
  if (unobserved(object)) return waiting('the controller has not seen this version yet');
  const progressing = condition(object, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return { state: 'failed', reason: describeCondition(progressing) };
  const wanted = number(spec(object)['replicas'], 1);
  const { updated, total, available } = replicas(object);
  // Pods that cannot even be made: a missing ServiceAccount, a quota, Pod Security. It may pass, so it is no failure yet.
  const failure = condition(object, 'ReplicaFailure');
  if (failure?.status === 'True' && total < wanted) return waiting(describeCondition(failure));
  if (updated < wanted) return waiting(`${updated} of ${wanted} replicas are of this version`);
  if (total > updated) return waiting(`${total - updated} old replicas are still there`);
  if (available < updated) return waiting(`${available} of ${updated} replicas are available`);
  return READY;
}

function statefulSet(object: LiveObject): Readiness {
  if (unobserved(object)) return waiting('the controller has not seen this version yet');
  const wanted = number(spec(object)['replicas'], 1);
  const current = status(object);
  const ready = number(current['readyReplicas'], 0);
  if (ready < wanted) return waiting(`${ready} of ${wanted} replicas are ready`);
  const strategy = spec(object)['updateStrategy'];
  if (isObject(strategy) && strategy['type'] === 'OnDelete') return READY;
  const rolling = isObject(strategy) && isObject(strategy['rollingUpdate']) ? strategy['rollingUpdate'] : {};
  const toUpdate = Math.max(wanted - number(rolling['partition'], 0), 0);
  const updated = number(current['updatedReplicas'], 0);
  return updated < toUpdate ? waiting(`${updated} of ${toUpdate} replicas are of this version`) : READY;
}

function daemonSet(object: LiveObject): Readiness {
  if (unobserved(object)) return waiting('the controller has not seen this version yet');
  const current = status(object);
  const wanted = number(current['desiredNumberScheduled'], 0);
  const strategy = spec(object)['updateStrategy'];
  const updated = number(current['updatedNumberScheduled'], 0);
  if (!(isObject(strategy) && strategy['type'] === 'OnDelete') && updated < wanted) return waiting(`${updated} of ${wanted} nodes run this version`);
  const available = number(current['numberAvailable'], 0);
  return available < wanted ? waiting(`it is available on ${available} of ${wanted} nodes`) : READY;
}

function replicaSet(object: LiveObject): Readiness {
  if (unobserved(object)) return waiting('the controller has not seen this version yet');
  const wanted = number(spec(object)['replicas'], 1);
  const { available } = replicas(object);
  return available < wanted ? waiting(`${available} of ${wanted} replicas are available`) : READY;
}

function pod(object: LiveObject): Readiness {
  const phase = status(object)['phase'];
  if (phase === 'Succeeded') return READY;
  if (phase === 'Failed') return { state: 'failed', reason: `phase Failed: ${String(status(object)['message'] ?? status(object)['reason'] ?? 'no reason given')}` };
  return conditionIs(object, 'Ready', 'True');
}

function customResourceDefinition(object: LiveObject): Readiness {
  const names = condition(object, 'NamesAccepted');
  if (names?.status === 'False') return { state: 'failed', reason: describeCondition(names) };
  return conditionIs(object, 'Established', 'True');
}

function unobserved(object: LiveObject): boolean {
  return number(status(object)['observedGeneration'], 0) < (object.metadata.generation ?? 0);
}

function replicas(object: LiveObject): { updated: number; total: number; available: number } {
  const current = status(object);
  return { updated: number(current['updatedReplicas'], 0), total: number(current['replicas'], 0), available: number(current['availableReplicas'], 0) };
}

function spec(object: LiveObject): Record<string, unknown> {
  return isObject(object['spec']) ? object['spec'] : {};
}

function status(object: LiveObject): Record<string, unknown> {
  return isObject(object['status']) ? object['status'] : {};
}

function number(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
