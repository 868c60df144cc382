import type { NodePoolCapacity, NodeTaint } from '../../components/capacity';
import type { PodDemand, Toleration } from './demand';

/** Whether a pod may run in a pool: what it selects, and what it tolerates. */
export function takes({ labels, taints }: NodePoolCapacity, { nodeSelector, tolerations }: Pick<PodDemand, 'nodeSelector' | 'tolerations'>): boolean {
  const selected = Object.entries(nodeSelector).every(([key, value]) => (labels[key] ?? (OF_EVERY_NODE.has(key) ? value : undefined)) === value);
  return selected && taints.every((taint) => taint.effect === 'PreferNoSchedule' || tolerations.some((toleration) => tolerates(toleration, taint)));
}

/** Labels that Kubernetes itself puts on nodes, whether or not a pool states them. */
const OF_EVERY_NODE: ReadonlySet<string> = new Set(['kubernetes.io/os', 'kubernetes.io/arch']);

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates({ key, operator = 'Equal', value, effect }: Toleration, taint: NodeTaint): boolean {
  if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
  if (key === undefined || key === '') return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || (value ?? '') === (taint.value ?? ''));
}
