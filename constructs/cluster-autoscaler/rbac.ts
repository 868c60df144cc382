import type { Construct } from 'constructs';
import { type RbacRule, ServiceIdentity, type ServiceAccountRef, type WorkloadIdentity } from '../core';
import { PRIORITIES_CONFIG_MAP } from './expander';

const READ = ['get', 'list', 'watch'] as const;
const NAME = 'cluster-autoscaler';

/** ConfigMap the program writes its view of the cluster into. */
const STATUS_CONFIG_MAP = 'cluster-autoscaler-status';

/**
 * What the program does, by the calls in its source; reading is what the scheduler's plugins look at, which it simulates. It must be able to
 * read all of that, or it waits for its caches for ever and does nothing.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.36.1/cluster-autoscaler/cloudprovider/aws/examples/cluster-autoscaler-autodiscover.yaml
 */
const CLUSTER_RULES: readonly RbacRule[] = [
  { resources: ['events'], verbs: ['create', 'patch'] },
  { resources: ['pods/eviction'], verbs: ['create'] },
  // Nodes that are to go are tainted; the cloud removes them.
  { resources: ['nodes'], verbs: [...READ, 'update'] },
  { resources: ['namespaces', 'pods', 'services', 'replicationcontrollers', 'persistentvolumeclaims', 'persistentvolumes'], verbs: READ },
  { apiGroups: ['apps'], resources: ['statefulsets', 'replicasets', 'daemonsets'], verbs: READ },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: READ },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['list', 'watch'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses', 'csinodes', 'csidrivers', 'csistoragecapacities', 'volumeattachments'], verbs: READ },
  { apiGroups: ['resource.k8s.io'], resources: ['deviceclasses', 'resourceslices', 'resourceclaims'], verbs: READ },
];

const NAMESPACE_RULES: readonly RbacRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [NAME], verbs: ['get', 'update'] },
  { resources: ['configmaps'], verbs: ['create', 'list', 'watch'] },
  { resources: ['configmaps'], resourceNames: [STATUS_CONFIG_MAP], verbs: ['get', 'update', 'delete'] },
  { resources: ['configmaps'], resourceNames: [PRIORITIES_CONFIG_MAP], verbs: ['get'] },
];

/** The ServiceAccount with its cloud identity and what it may do. */
export function autoscalerIdentity(scope: Construct, account: ServiceAccountRef, identity: WorkloadIdentity): ServiceIdentity {
  return new ServiceIdentity(scope, 'identity', { ...account, annotations: identity.serviceAccountAnnotations })
    .grantInCluster({ name: NAME, rules: CLUSTER_RULES })
    .grantInNamespace({ name: NAME, rules: NAMESPACE_RULES });
}
