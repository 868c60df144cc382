import type { Policy } from '../../engine/policy';
import { limitRequestRatio } from './limit-request-ratio';
import { namespaceLimitRange, namespaceQuota } from './namespace-bounds';
import { cpuLimits, cpuRequests, memoryLimits, memoryRequests } from './requests-and-limits';

/** Policies over what containers, and namespaces, ask of their nodes. */
export const RESOURCES: readonly Policy[] = [
  cpuRequests,
  cpuLimits,
  memoryRequests,
  memoryLimits,
  limitRequestRatio,
  namespaceQuota,
  namespaceLimitRange,
];
