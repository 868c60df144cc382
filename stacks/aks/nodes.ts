import type { NodePool, SystemPool, UserPool } from '../../components/azure';
import type { AksConfig } from '../config/schemas/aks';

/** The pool that the cluster itself runs on, named after its kind like all. */
export function systemPoolOf({ system }: AksConfig['nodes']): SystemPool {
  return { ...system, kind: 'system', name: 'system' };
}

/** The pools that platform and workloads run on. */
export function userPoolsOf({ cpu, gpu }: AksConfig['nodes']): readonly UserPool[] {
  return [{ ...cpu, kind: 'cpu', name: 'cpu' }, ...(gpu ? [{ ...gpu, kind: 'gpu' as const, name: 'gpu' }] : [])];
}

export function poolsOf(nodes: AksConfig['nodes']): readonly NodePool[] {
  return [systemPoolOf(nodes), ...userPoolsOf(nodes)];
}
