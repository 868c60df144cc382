import type { RbacRule } from '../core/rbac';

const READ = ['get', 'list', 'watch'] as const;
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'] as const;

/** Ways into a running pod. */
const INTO_PODS = ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'] as const;

/** Sharing a namespace: who may what in it, within what the admin may. */
export const ADMIN_RULES: readonly RbacRule[] = [
  { apiGroups: ['authorization.k8s.io'], resources: ['localsubjectaccessreviews'], verbs: ['create'] },
  { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings', 'roles'], verbs: [...READ, ...WRITE] },
];

/** Working in a namespace. */
export const EDIT_RULES: readonly RbacRule[] = [
  {
    resources: [...INTO_PODS, 'secrets', 'services/proxy'],
    verbs: READ,
    waives: { 'secret-access': 'Users keep credentials of their datasets and model stores as Secrets. The role is for a RoleBinding: it reaches the Secrets of one namespace, their own.' },
  },
  {
    resources: ['pods', ...INTO_PODS],
    verbs: WRITE,
    waives: { 'pod-creation': 'Running pods is what users have a namespace for. The role is for a RoleBinding in it, and Pod Security holds there for whoever creates the pod.' },
  },
  {
    resources: ['configmaps', 'endpoints', 'persistentvolumeclaims', 'replicationcontrollers', 'replicationcontrollers/scale', 'secrets', 'serviceaccounts', 'services', 'services/proxy'],
    verbs: WRITE,
  },
  {
    apiGroups: ['apps'],
    resources: ['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'replicasets/scale', 'statefulsets', 'statefulsets/scale'],
    verbs: WRITE,
  },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: WRITE },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: WRITE },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: WRITE },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'networkpolicies'], verbs: WRITE },
];

/** Looking at a namespace; its Secrets excepted. */
export const VIEW_RULES: readonly RbacRule[] = [
  {
    resources: [
      'configmaps', 'endpoints', 'persistentvolumeclaims', 'persistentvolumeclaims/status', 'pods', 'replicationcontrollers',
      'replicationcontrollers/scale', 'serviceaccounts', 'services', 'services/status',
    ],
    verbs: READ,
  },
  {
    resources: [
      'bindings', 'events', 'limitranges', 'namespaces/status', 'pods/log', 'pods/status', 'replicationcontrollers/status',
      'resourcequotas', 'resourcequotas/status',
    ],
    verbs: READ,
  },
  { resources: ['namespaces'], verbs: READ },
  {
    apiGroups: ['apps'],
    resources: [
      'controllerrevisions', 'daemonsets', 'daemonsets/status', 'deployments', 'deployments/scale', 'deployments/status', 'replicasets',
      'replicasets/scale', 'replicasets/status', 'statefulsets', 'statefulsets/scale', 'statefulsets/status',
    ],
    verbs: READ,
  },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers', 'horizontalpodautoscalers/status'], verbs: READ },
  { apiGroups: ['batch'], resources: ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'], verbs: READ },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets', 'poddisruptionbudgets/status'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'ingresses/status', 'networkpolicies'], verbs: READ },
];

/** Routes of the mesh. Writing them could redirect other people's traffic, so no user role may. */
export const ISTIO_READ_RULES: readonly RbacRule[] = [
  {
    apiGroups: ['networking.istio.io'],
    resources: [
      'destinationrules', 'envoyfilters', 'gateways', 'proxyconfigs', 'serviceentries', 'sidecars', 'virtualservices',
      'workloadentries', 'workloadgroups',
    ],
    verbs: READ,
  },
];

/** Who may call what in the mesh. */
export const ISTIO_POLICY_READ_RULES: readonly RbacRule[] = [
  { apiGroups: ['security.istio.io'], resources: ['authorizationpolicies'], verbs: READ },
];
