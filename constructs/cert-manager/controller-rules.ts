import type { RbacRule } from '../core/rbac';

const READ = ['get', 'list', 'watch'] as const;
const CM = ['cert-manager.io'] as const;
const ACME = ['acme.cert-manager.io'] as const;
const GATEWAY = ['gateway.networking.k8s.io'] as const;
const INGRESS = ['networking.k8s.io'] as const;

const EVENTS: RbacRule = { resources: ['events'], verbs: ['create', 'patch'] };
const READ_ISSUERS: RbacRule = { apiGroups: CM, resources: ['clusterissuers', 'issuers'], verbs: READ };

/** An issuer's controller keeps its status, and makes the ACME account key once. */
function issuerRules(resource: 'issuers' | 'clusterissuers', secrets: string): readonly RbacRule[] {
  return [
    { apiGroups: CM, resources: [resource, `${resource}/status`], verbs: ['update', 'patch'] },
    { apiGroups: CM, resources: [resource], verbs: READ },
    { resources: ['secrets'], verbs: [...READ, 'create'], waives: { 'secret-access': secrets } },
    EVENTS,
  ];
}

/** What the controllers may do in the whole cluster, by the part of the role's name after `cert-manager-`. */
export const CONTROLLER_RULES: Readonly<Record<string, readonly RbacRule[]>> = {
  'controller-issuers': issuerRules('issuers', 'CA key pairs, ACME account keys and credentials of Issuers are Secrets in the namespaces of the Issuers.'),
  'controller-clusterissuers': issuerRules(
    'clusterissuers',
    'CA key pairs, ACME account keys and credentials of ClusterIssuers are Secrets; all controllers of the program share one cache of those of every namespace.',
  ),
  'controller-certificates': [
    { apiGroups: CM, resources: ['certificates', 'certificates/status', 'certificaterequests', 'certificaterequests/status'], verbs: ['update', 'patch'] },
    { apiGroups: CM, resources: ['certificates', 'certificaterequests', 'clusterissuers', 'issuers'], verbs: READ },
    { apiGroups: CM, resources: ['certificates/finalizers', 'certificaterequests/finalizers'], verbs: ['update'] },
    { apiGroups: ACME, resources: ['orders'], verbs: ['create', 'delete', ...READ] },
    // The next private key is created and deleted; the issued key pair is applied (patch). Nothing updates a Secret.
    {
      resources: ['secrets'],
      verbs: [...READ, 'create', 'delete', 'patch'],
      waives: { 'secret-access': 'A Certificate ends in a Secret of its namespace, which is compared with what was asked for, and renewed in time.' },
    },
    EVENTS,
  ],
  // No Secrets: orders are signed with account keys that the issuers' controllers have read.
  'controller-orders': [
    { apiGroups: ACME, resources: ['orders', 'orders/status'], verbs: ['update', 'patch'] },
    { apiGroups: ACME, resources: ['orders', 'challenges'], verbs: READ },
    READ_ISSUERS,
    { apiGroups: ACME, resources: ['challenges'], verbs: ['create', 'delete'] },
    { apiGroups: ACME, resources: ['orders/finalizers'], verbs: ['update'] },
    { apiGroups: CM, resources: ['clusterissuers/finalizers', 'issuers/finalizers'], verbs: ['update'] },
    EVENTS,
  ],
  'controller-challenges': [
    { apiGroups: ACME, resources: ['challenges', 'challenges/status'], verbs: ['update', 'patch'] },
    { apiGroups: ACME, resources: ['challenges'], verbs: READ },
    READ_ISSUERS,
    {
      resources: ['secrets'],
      verbs: READ,
      waives: { 'secret-access': 'Challenges over DNS are answered with the credentials of a provider, which are Secrets in the namespace of the Issuer.' },
    },
    EVENTS,
    // HTTP-01: the solver's pod, its Service, and the route to it.
    {
      resources: ['pods', 'services'],
      verbs: [...READ, 'create', 'delete'],
      waives: { 'pod-creation': 'A challenge over HTTP is answered by a pod beside the Ingress it proves, in whichever namespace that is.' },
    },
    { apiGroups: INGRESS, resources: ['ingresses'], verbs: [...READ, 'create', 'delete', 'update'] },
    { apiGroups: GATEWAY, resources: ['httproutes'], verbs: [...READ, 'create', 'delete', 'update'] },
    // OpenShift turns an Ingress into a Route and asks for this when its host is chosen.
    { apiGroups: ['route.openshift.io'], resources: ['routes/custom-host'], verbs: ['create'] },
    { apiGroups: ACME, resources: ['challenges/finalizers'], verbs: ['update'] },
  ],
  'controller-ingress-shim': [
    { apiGroups: CM, resources: ['certificates', 'certificaterequests'], verbs: ['create', 'update', 'delete'] },
    { apiGroups: CM, resources: ['certificates', 'certificaterequests', 'issuers', 'clusterissuers'], verbs: READ },
    { apiGroups: INGRESS, resources: ['ingresses'], verbs: READ },
    { apiGroups: INGRESS, resources: ['ingresses/finalizers'], verbs: ['update'] },
    { apiGroups: GATEWAY, resources: ['gateways', 'httproutes', 'listenersets'], verbs: READ },
    { apiGroups: GATEWAY, resources: ['gateways/finalizers', 'httproutes/finalizers', 'listenersets/finalizers'], verbs: ['update'] },
    EVENTS,
  ],
  'controller-approve:cert-manager-io': [
    { apiGroups: CM, resources: ['signers'], resourceNames: ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'], verbs: ['approve'] },
  ],
};

/** For Kubernetes' own CertificateSigningRequests, which cert-manager signs only behind an alpha feature gate. */
export const SIGNING_REQUEST_RULES: readonly RbacRule[] = [
  { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests'], verbs: [...READ, 'update'] },
  { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/status'], verbs: ['update', 'patch'] },
  { apiGroups: ['certificates.k8s.io'], resources: ['signers'], resourceNames: ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'], verbs: ['sign'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

/** Leases of a leader election. Creating one cannot be limited to a name. */
export function leaderElectionRules(lease: string): readonly RbacRule[] {
  const apiGroups = ['coordination.k8s.io'];
  return [
    { apiGroups, resources: ['leases'], resourceNames: [lease], verbs: ['get', 'update', 'patch'] },
    { apiGroups, resources: ['leases'], verbs: ['create'] },
  ];
}
