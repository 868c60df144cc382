import type { NodeTaint } from '../../capacity';
import { GPU_SIZES } from './machine-types';
import { isSpot, type NodePool } from './pool';

/** What AKS marks spot nodes with. @see https://learn.microsoft.com/azure/aks/spot-node-pool */
const PRIORITY = 'kubernetes.azure.com/scalesetpriority';
/** What keeps all but the system's own pods off system nodes. @see https://learn.microsoft.com/azure/aks/use-system-pools */
const SYSTEM_ONLY = 'CriticalAddonsOnly';
/** What AKS tells its kinds of nodes apart by. */
const MODE = 'kubernetes.azure.com/mode';

/** Labels of a pool's nodes: those given, and those of its kind. */
export function labelsOf(pool: NodePool): Readonly<Record<string, string>> {
  return { ...pool.labels, [MODE]: pool.kind === 'system' ? 'system' : 'user', 'kubernetes.azure.com/agentpool': pool.name, ...(isSpot(pool) && { [PRIORITY]: 'spot' }) };
}

/** Labels that a pool states: AKS sets its own ones. */
export function statedLabelsOf(pool: NodePool): Readonly<Record<string, string>> {
  return { ...pool.labels, ...(isSpot(pool) && { [PRIORITY]: 'spot' }) };
}

/** Taints of a pool's nodes: those given, and those of its kind. */
export function taintsOf(pool: NodePool): readonly NodeTaint[] {
  return [...kindTaints(pool), ...(pool.taints ?? [])];
}

function kindTaints(pool: NodePool): readonly NodeTaint[] {
  if (pool.kind === 'system') return [{ key: SYSTEM_ONLY, value: 'true', effect: 'NoSchedule' }];
  const gpus = pool.kind === 'gpu' ? Object.keys(GPU_SIZES[pool.vmSize]?.gpus ?? {}) : [];
  return [
    ...gpus.map((key) => ({ key, value: 'present', effect: 'NoSchedule' as const })),
    ...(isSpot(pool) ? [{ key: PRIORITY, value: 'spot', effect: 'NoSchedule' as const }] : []),
  ];
}
