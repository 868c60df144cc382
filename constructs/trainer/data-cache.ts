import type { Construct } from 'constructs';
import { checkDnsLabel, type Provided, type RbacRule, ServiceIdentity, userClusterRole } from '../core';
import { CACHE_SERVICE_ACCOUNT } from './runtimes';

/** Who may use the data cache. */
export interface DataCacheProps {
  /** LeaderWorkerSet, of which the cache of each job is made. */
  readonly leaderWorkerSets: Provided;
  /** Namespaces whose jobs may use it. They must exist. */
  readonly namespaces: readonly string[];
}

/**
 * What the initializer of a cached dataset does in the namespace of its job. It reads the TrainJob to make it owner of what it
 * makes; upstream's role leaves that out, the program swallows the refusal, and the job trains without its cache.
 */
const INITIALIZER_RULES: readonly RbacRule[] = [
  { apiGroups: ['trainer.kubeflow.org'], resources: ['trainjobs'], verbs: ['get'] },
  { apiGroups: ['trainer.kubeflow.org'], resources: ['trainjobs/finalizers'], verbs: ['update'] },
  { apiGroups: ['leaderworkerset.x-k8s.io'], resources: ['leaderworkersets'], verbs: ['create', 'get', 'list', 'watch'] },
  { resources: ['services'], verbs: ['create', 'get', 'list', 'watch'] },
  { resources: ['serviceaccounts'], verbs: ['create', 'delete', 'get', 'list', 'watch'] },
];

/** Declares the role of the cache's initializer, and gives it to namespaces. */
export function dataCache(scope: Construct, props: DataCacheProps | undefined): void {
  userClusterRole(scope, { name: CACHE_SERVICE_ACCOUNT, rules: INITIALIZER_RULES });
  for (const namespace of props?.namespaces ?? []) {
    checkDnsLabel('dataCache.namespaces', namespace, scope.node.path);
    new ServiceIdentity(scope, `cache-initializer-${namespace}`, { name: CACHE_SERVICE_ACCOUNT, namespace }).bindRole(
      { kind: 'ClusterRole', name: CACHE_SERVICE_ACCOUNT },
      namespace,
    );
  }
}
