import type { ApiClient } from '../../components/apiserver/client';
import type { ApiResource } from '../../components/apiserver/discovery';
import { describeObject, isObject, type LiveObject } from '../../components/apiserver/objects';
import { describeCondition, type Condition, type ReadinessCheck } from './readiness';

/** An object did not become ready, or did not go, in time. */
export class AwaitError extends Error {
  override readonly name = 'AwaitError';
}

/** How long to wait, and what ends the wait early. */
export interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Waits until an object is ready. The state it was ready in.
 * @throws AwaitError when it takes too long, cannot become ready, or is deleted meanwhile.
 */
export async function untilReady(client: ApiClient, resource: ApiResource, object: LiveObject, check: ReadinessCheck, patience: Patience): Promise<LiveObject> {
  const what = describeObject(object.kind, object.metadata.name, object.metadata.namespace);
  let reason = 'nothing was seen of it';
  const observe = (live: LiveObject | undefined): { ready: LiveObject } | { failed: string } | undefined => {
    if (!live) return { failed: 'it was deleted while being waited for' };
    const result = check(live);
    if (result.state === 'ready') return { ready: live };
    reason = result.reason;
    return result.state === 'failed' ? { failed: result.reason } : undefined;
  };
  const outcome = await within(patience, (signal) => client.watch(resource).until(object, observe, signal));
  if (outcome === TIMED_OUT) {
    throw new AwaitError(`${what} was not ready after ${patience.timeoutMs / 1000} s: ${reason}${await podReasons(client, object)}`);
  }
  if ('failed' in outcome) throw new AwaitError(`${what} did not become ready: ${outcome.failed}${await podReasons(client, object)}`);
  return outcome.ready;
}

/**
 * Waits until an object is gone.
 * @throws AwaitError when it takes too long; it names the finalizers that hold the object.
 */
export async function untilGone(client: ApiClient, resource: ApiResource, object: LiveObject, patience: Patience): Promise<void> {
  let last = object;
  const { uid } = object.metadata;
  const observe = (live: LiveObject | undefined): true | undefined => {
    // Another object under the same name means that the one we deleted is gone.
    if (!live || live.metadata.uid !== uid) return true;
    last = live;
    return undefined;
  };
  if (await within(patience, (signal) => client.watch(resource).until(object, observe, signal)) !== TIMED_OUT) return;
  const { name, namespace, finalizers = [] } = last.metadata;
  const conditions = namespaceConditions(last);
  const holders = finalizers.length > 0 ? `finalizers ${finalizers.join(', ')} are still on it; whoever set them must be running to take them off` : 'its dependents are still being deleted';
  throw new AwaitError(`${describeObject(object.kind, name, namespace)} was not gone after ${patience.timeoutMs / 1000} s: ${conditions || holders}`);
}

const TIMED_OUT = Symbol('timed out');

async function within<T>(patience: Patience, wait: (signal: AbortSignal) => Promise<T>): Promise<T | typeof TIMED_OUT> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(TIMED_OUT), patience.timeoutMs);
  try {
    return await wait(AbortSignal.any([timer.signal, patience.signal]));
  } catch (error) {
    if (timer.signal.aborted && !patience.signal.aborted) return TIMED_OUT;
    throw error;
  } finally {
    clearTimeout(timeout);
  }
}

/** Why the pods of a workload are not ready: the last condition, and what holds their containers. */
async function podReasons(client: ApiClient, workload: LiveObject): Promise<string> {
  const spec = workload['spec'];
  const selector = isObject(spec) && isObject(spec['selector']) && isObject(spec['selector']['matchLabels']) ? spec['selector']['matchLabels'] : undefined;
  if (!selector || !workload.metadata.namespace) return '';
  try {
    const pods = await client.list(
      { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
      { namespace: workload.metadata.namespace, labelSelector: Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`).join(','), limit: 20 },
    );
    if (pods.items.length === 0) return '; it has no pods (see `kubectl describe` of its ReplicaSet or of itself for the reason)';
    const stuck = pods.items.map(podReason).filter((reason) => reason !== '');
    return stuck.length > 0 ? `; ${stuck.slice(0, 3).join('; ')}${stuck.length > 3 ? `; and ${stuck.length - 3} more pods` : ''}` : '';
  } catch {
    // The message is better without the pods than replaced by why they could not be read.
    return '';
  }
}

function podReason(pod: LiveObject): string {
  const status = isObject(pod['status']) ? pod['status'] : {};
  const conditions: Condition[] = Array.isArray(status['conditions']) ? status['conditions'] : [];
  const bad = conditions.filter((item) => item.status !== 'True').at(-1);
  const containers: unknown[] = [status['initContainerStatuses'], status['containerStatuses']].flatMap((list) => (Array.isArray(list) ? list : []));
  const blocked = containers.flatMap((container) => {
    if (!isObject(container) || !isObject(container['state'])) return [];
    const { waiting, terminated } = container['state'];
    const state = isObject(waiting) ? waiting : isObject(terminated) && terminated['exitCode'] !== 0 ? terminated : undefined;
    return state ? [`container ${String(container['name'])}: ${[state['reason'], state['message']].filter(Boolean).join(': ')}`] : [];
  });
  if (!bad && blocked.length === 0) return '';
  return `pod ${pod.metadata.name}: ${[bad ? describeCondition(bad) : '', ...blocked].filter(Boolean).join(', ')}`;
}

function namespaceConditions(object: LiveObject): string {
  const status = object['status'];
  if (object.kind !== 'Namespace' || !isObject(status) || !Array.isArray(status['conditions'])) return '';
  const conditions: Condition[] = status['conditions'];
  return conditions.filter((item) => item.status === 'True').map(describeCondition).join('; ');
}
