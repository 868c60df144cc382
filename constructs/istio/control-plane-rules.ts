import type { RbacRule } from '../core';

const READ = ['get', 'list', 'watch'] as const;

/** Istio's own kinds, by group: what `*` stands for upstream. */
export const ISTIO_KINDS = {
  'networking.istio.io': [
    'destinationrules',
    'envoyfilters',
    'gateways',
    'proxyconfigs',
    'serviceentries',
    'sidecars',
    'virtualservices',
    'workloadentries',
    'workloadgroups',
  ],
  'security.istio.io': ['authorizationpolicies', 'peerauthentications', 'requestauthentications'],
  'telemetry.istio.io': ['telemetries'],
  'extensions.istio.io': ['trafficextensions', 'wasmplugins'],
} as const;

const GATEWAY_API = 'gateway.networking.k8s.io';
const GATEWAY_API_EXPERIMENTS = 'gateway.networking.x-k8s.io';
const ROUTES = ['grpcroutes', 'httproutes', 'tcproutes', 'tlsroutes', 'udproutes'] as const;

/** Reading what the mesh is made of. */
export const READ_ISTIO_KINDS: readonly RbacRule[] = Object.entries(ISTIO_KINDS).map(([group, resources]) => ({
  apiGroups: [group],
  resources,
  verbs: READ,
}));

/**
 * What istiod may do in the whole cluster.
 *
 * @see https://github.com/istio/istio/blob/1.30.1/manifests/charts/istio-control/istio-discovery/templates/clusterrole.yaml
 */
export const CONTROL_PLANE_RULES: readonly RbacRule[] = [
  // Its CA goes into its webhooks.
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    verbs: [...READ, 'update'],
    waives: { 'webhook-configuration': 'istiod signs the certificate of its own webhooks, and writes the CA into those that carry its revision.' },
  },
  ...READ_ISTIO_KINDS,
  // Virtual machines register themselves, and addresses are allocated to ServiceEntries.
  { apiGroups: ['networking.istio.io'], resources: ['workloadentries'], verbs: ['create', 'update', 'patch', 'delete'] },
  { apiGroups: ['networking.istio.io'], resources: ['workloadentries/status', 'serviceentries/status'], verbs: [...READ, 'update', 'patch'] },
  { apiGroups: ['security.istio.io'], resources: ['authorizationpolicies/status'], verbs: [...READ, 'update', 'patch'] },
  { resources: ['services/status'], verbs: [...READ, 'update', 'patch'] },
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: READ },
  // What it makes routes, endpoints and identities from; certificates of gateways are Secrets in any namespace.
  {
    resources: ['pods', 'nodes', 'services', 'namespaces', 'endpoints', 'secrets'],
    verbs: READ,
    waives: { 'secret-access': 'Certificates of gateways are Secrets in the namespaces of the gateways; istiod sends each gateway those that it names and may list.' },
  },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'ingressclasses'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update', 'patch'] },
  // The root certificate goes into a ConfigMap in every namespace.
  { resources: ['configmaps'], verbs: [...READ, 'create', 'update'] },
  // Proxies prove who they are by ServiceAccount tokens; gateways must be allowed to read the Secrets they ask for.
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
  {
    apiGroups: [GATEWAY_API],
    resources: ['backendtlspolicies', 'gatewayclasses', 'gateways', 'listenersets', 'referencegrants', ...ROUTES],
    verbs: READ,
  },
  {
    apiGroups: [GATEWAY_API],
    resources: ['backendtlspolicies/status', 'gatewayclasses/status', 'gateways/status', 'listenersets/status', ...ROUTES.map((route) => `${route}/status`)],
    verbs: ['update', 'patch'],
  },
  { apiGroups: [GATEWAY_API], resources: ['gatewayclasses'], verbs: ['create', 'update', 'patch', 'delete'] },
  { apiGroups: [GATEWAY_API_EXPERIMENTS], resources: ['xbackendtrafficpolicies'], verbs: READ },
  { apiGroups: [GATEWAY_API_EXPERIMENTS], resources: ['xbackendtrafficpolicies/status'], verbs: ['update', 'patch'] },
  { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools'], verbs: READ },
  { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools/status'], verbs: ['update', 'patch'] },
];

/** What istiod may do in its own namespace: keep its CA, and elect leaders (some by ConfigMap, some by Lease). */
export const CONTROL_PLANE_NAMESPACE_RULES: readonly RbacRule[] = [
  { resources: ['secrets'], verbs: ['create'] },
  { resources: ['secrets'], resourceNames: ['istio-ca-secret', 'cacerts'], verbs: ['get', 'update'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'update', 'patch', 'create'] },
];

/** What istiod may do to run Gateways of the Gateway API: everything it makes for one, in the Gateway's namespace. */
export const GATEWAY_CONTROLLER_RULES: readonly RbacRule[] = [
  { apiGroups: ['apps'], resources: ['deployments'], verbs: [...READ, 'create', 'update', 'patch', 'delete'] },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: [...READ, 'create', 'update', 'patch', 'delete'] },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: [...READ, 'create', 'update', 'patch', 'delete'] },
  { resources: ['services', 'serviceaccounts'], verbs: [...READ, 'create', 'update', 'patch', 'delete'] },
];

/** What a control plane in another cluster may read in this one. */
export const REMOTE_READER_RULES: readonly RbacRule[] = [
  ...READ_ISTIO_KINDS,
  {
    resources: ['endpoints', 'pods', 'services', 'nodes', 'replicationcontrollers', 'namespaces', 'secrets', 'configmaps'],
    verbs: READ,
    waives: { 'secret-access': 'The control plane of another cluster, which this account is for, reads here what istiod reads at home, certificates of gateways included.' },
  },
  { apiGroups: [GATEWAY_API], resources: ['gateways'], verbs: READ },
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];
