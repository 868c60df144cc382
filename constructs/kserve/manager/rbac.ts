import type { RbacRule } from '../../core';
import type { RoutedBy } from '../ingress';

const READ = ['get', 'list', 'watch'] as const;
const MANAGE = [...READ, 'create', 'update', 'patch', 'delete'] as const;
const KSERVE = ['serving.kserve.io'] as const;

/** What differs between installations of the controller. */
export interface ManagerRuleOptions {
  readonly routedBy: RoutedBy;
  /** Whether the local model cache is installed. */
  readonly localModels: boolean;
}

/**
 * What the controller may do in the cluster: upstream's role, less what its code in Standard mode never does (the docs page says
 * what and why).
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/config/rbac/role.yaml
 */
export function managerRules({ routedBy, localModels }: ManagerRuleOptions): RbacRule[] {
  return [
    // Its kinds: it writes finalizers and status of those it reconciles, and only reads what they refer to.
    { apiGroups: KSERVE, resources: ['inferenceservices', 'inferencegraphs'], verbs: [...READ, 'update', 'patch'] },
    { apiGroups: KSERVE, resources: ['trainedmodels'], verbs: [...READ, 'update', 'patch', 'delete'] },
    { apiGroups: KSERVE, resources: ['inferenceservices/status', 'inferencegraphs/status', 'trainedmodels/status'], verbs: ['get', 'update', 'patch'] },
    { apiGroups: KSERVE, resources: ['inferenceservices/finalizers', 'inferencegraphs/finalizers'], verbs: ['update'] },
    { apiGroups: KSERVE, resources: ['clusterservingruntimes', 'clusterstoragecontainers', 'servingruntimes', ...(localModels ? ['localmodelcaches'] : [])], verbs: READ },

    // What it makes of them.
    { apiGroups: ['apps'], resources: ['deployments'], verbs: MANAGE },
    { resources: ['services'], verbs: MANAGE },
    { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: MANAGE },
    ...(routedBy === 'gateway-api'
      ? [{ apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], verbs: MANAGE }]
      : [{ apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: MANAGE }]),
    { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: MANAGE },
    { apiGroups: ['opentelemetry.io'], resources: ['opentelemetrycollectors'], verbs: MANAGE },

    // Its configuration, model lists and CA bundles in users' namespaces; credentials for model storage.
    { resources: ['configmaps'], verbs: ['get', 'create', 'update'] },
    {
      resources: ['secrets', 'serviceaccounts'],
      verbs: ['get'],
      waives: { 'secret-access': 'Credentials of a model\'s store are in Secrets of the InferenceService\'s namespace, whose names its ServiceAccount or annotations give; it gets single ones and lists none.' },
    },
    { resources: ['pods'], verbs: READ },
    { resources: ['events'], verbs: ['create', 'patch'] },

    // Where Knative is in the cluster for others, the controller watches its Services and would not start without reading them.
    { apiGroups: ['serving.knative.dev'], resources: ['services'], verbs: READ },
  ];
}

/** What leader election needs in the controller's own namespace. */
export const LEADER_ELECTION_RULES: readonly RbacRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update'] },
];

/** What a metrics endpoint needs to find out who asks, and whether they may. */
export const METRICS_GUARD_RULES: readonly RbacRule[] = [
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];
