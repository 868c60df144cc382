import { isFields } from '../../engine/object';
import { CONTAINER_RESOURCES, type Container, type PodTemplate } from '../../engine/pod-template';
import { type Setting, setting } from '../../engine/setting';
import { isPositive, parseQuantity } from './quantity';

export type Bound = 'requests' | 'limits';
export type Resource = 'cpu' | 'memory';

/** As sentences name a resource. */
export const NAMES: Readonly<Record<Resource, string>> = { cpu: 'CPU', memory: 'memory' };

/** Java's notation of memory, which Spark has. */
const JAVA_MEMORY = /^\d+[bkmgtp]?b?$/i;

/** What a container itself states; anything in its place that is no mapping of amounts is what it states. */
export function ownAmount(container: Container, bound: Bound, resource: Resource): Setting {
  const path = container.resources[bound][resource];
  for (let depth = 1; depth < path.length; depth++) {
    const around = setting(container, ...path.slice(0, depth));
    if (around.value !== undefined && !isFields(around.value)) return around;
  }
  return setting(container, ...path);
}

/** What a container states, or its pod for all of its containers. */
export function statedAmount(container: Container, bound: Bound, resource: Resource): Setting {
  const own = ownAmount(container, bound, resource);
  if (own.value !== undefined) return own;
  const ofPod = podAmount(container.template, bound, resource);
  return ofPod === undefined || ofPod.value === undefined ? own : ofPod;
}

/** What a pod states for all of its containers; `undefined` where `resources` of a container stands in that place. */
export function podAmount(template: PodTemplate, bound: Bound, resource: Resource): Setting | undefined {
  const isOfContainer = template.containers.some(({ path }) => path.length === template.path.length);
  return isOfContainer ? undefined : setting(template, 'resources', bound, resource);
}

/** Whether a value says how much, and more than nothing. */
export function isAmount(container: Container, { value }: Setting): boolean {
  const quantity = parseQuantity(value);
  if (quantity) return isPositive(quantity);
  return container.resources !== CONTAINER_RESOURCES && typeof value === 'string' && JAVA_MEMORY.test(value) && Number.parseInt(value, 10) > 0;
}
