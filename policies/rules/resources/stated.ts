import type { FieldPath } from '../../engine/field-path';
import { isFields } from '../../engine/object';
import { CONTAINER_RESOURCES, type Container, type PodTemplate } from '../../engine/pod-template';
import { type Setting, setting } from '../../engine/setting';
import { isPositive, parseQuantity, type Quantity } from './quantity';

export type Bound = 'requests' | 'limits';
export type Resource = 'cpu' | 'memory';

/** As sentences name a resource. */
export const NAMES: Readonly<Record<Resource, string>> = { cpu: 'CPU', memory: 'memory' };

/** What is stated of a resource. */
export interface Amount extends Setting {
  /** Where the amount belongs; `path` is shorter if something that is no mapping stands around that place. */
  readonly place: FieldPath;
}

/** Java's notation of memory, which Spark has. */
const JAVA_MEMORY = /^\d+[bkmgtp]?b?$/i;

/** What a container itself states; anything in the place of a mapping of amounts is what it states. */
export function ownAmount(container: Container, bound: Bound, resource: Resource): Amount {
  const field = container.resources[bound][resource];
  const place = [...container.path, ...field];
  for (let depth = 1; depth < field.length; depth++) {
    const around = setting(container, ...field.slice(0, depth));
    if (around.value !== undefined && !isFields(around.value)) return { ...around, place };
  }
  return { ...setting(container, ...field), place };
}

/** What a container states, or its pod for all of its containers. */
export function statedAmount(container: Container, bound: Bound, resource: Resource): Amount {
  const own = ownAmount(container, bound, resource);
  if (own.value !== undefined) return own;
  const ofPod = podAmount(container.template, bound, resource);
  return ofPod === undefined || ofPod.value === undefined ? own : ofPod;
}

/** What a pod states for all of its containers; `undefined` where `resources` of a container stands in that place. */
export function podAmount(template: PodTemplate, bound: Bound, resource: Resource): Amount | undefined {
  const isOfContainer = template.containers.some(({ path }) => path.length === template.path.length);
  if (isOfContainer) return undefined;
  const stated = setting(template, 'resources', bound, resource);
  return { ...stated, place: stated.path };
}

/** Whether something that is no mapping stands where the mapping of amounts belongs. */
export function isMisplaced({ path, place }: Amount): boolean {
  return path.length < place.length;
}

/** The amount, if it is written as Kubernetes writes one, in the place of one. */
export function quantityOf(amount: Amount): Quantity | undefined {
  return isMisplaced(amount) ? undefined : parseQuantity(amount.value);
}

/** Whether a value says how much, and more than nothing. */
export function isAmount(container: Container, amount: Amount): boolean {
  const quantity = quantityOf(amount);
  if (quantity) return isPositive(quantity);
  const { value } = amount;
  return isOfSpark(container) && typeof value === 'string' && JAVA_MEMORY.test(value) && Number.parseInt(value, 10) > 0;
}

/** Whether amounts are fields of the container itself. */
function isOfSpark({ resources }: Container): boolean {
  return resources !== CONTAINER_RESOURCES && resources.requests.memory.length === 1;
}
