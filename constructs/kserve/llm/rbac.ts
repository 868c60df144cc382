import type { RbacRule } from '../../core';

const READ = ['get', 'list', 'watch'] as const;
const MANAGE = [...READ, 'create', 'update', 'patch', 'delete'] as const;
const KSERVE = ['serving.kserve.io'] as const;
const INFERENCE_EXTENSION = ['inference.networking.k8s.io', 'inference.networking.x-k8s.io'] as const;

/**
 * What the LLM controller may do in the cluster: upstream's role, less what its code never does (the docs page says what and why).
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/config/rbac/llmisvc/role.yaml
 */
export const LLM_CONTROLLER_RULES: readonly RbacRule[] = [
  { apiGroups: KSERVE, resources: ['llminferenceservices'], verbs: [...READ, 'update', 'patch'] },
  { apiGroups: KSERVE, resources: ['llminferenceservices/status'], verbs: ['get', 'update', 'patch'] },
  { apiGroups: KSERVE, resources: ['llminferenceservices/finalizers'], verbs: ['update'] },
  { apiGroups: KSERVE, resources: ['llminferenceserviceconfigs'], verbs: READ },

  // What it makes of them.
  { apiGroups: ['apps'], resources: ['deployments'], verbs: MANAGE },
  { apiGroups: ['leaderworkerset.x-k8s.io'], resources: ['leaderworkersets'], verbs: MANAGE },
  {
    resources: ['services', 'serviceaccounts', 'secrets'],
    verbs: MANAGE,
    waives: { 'secret-access': 'It makes and renews a serving certificate for each LLMInferenceService, in its namespace, and reads the credentials of the model\'s store there.' },
  },
  { apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], verbs: MANAGE },
  { apiGroups: ['gateway.networking.k8s.io'], resources: ['gateways', 'gatewayclasses'], verbs: READ },
  { apiGroups: INFERENCE_EXTENSION, resources: ['inferencepools'], verbs: MANAGE },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ },
  { resources: ['configmaps', 'pods'], verbs: READ },
  { resources: ['events'], verbs: ['create', 'patch', 'update'] },

  // Permissions of each service's scheduler and sidecar. Kubernetes lets nobody grant what they do not have, hence what follows.
  { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings', 'clusterrolebindings'], verbs: MANAGE },
  { apiGroups: INFERENCE_EXTENSION, resources: ['inferencemodels', 'inferenceobjectives'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: MANAGE },
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];
