import type { Construct } from 'constructs';
import { type RbacRule, ServiceIdentity, userClusterRole } from '../core';

const READ = ['get', 'list', 'watch'] as const;
const LABELS = { app: 'metallb' } as const;
const GROUP = ['metallb.io'] as const;

/** Secret in which the controller keeps the key of the speakers' own network. */
export const MEMBERLIST_SECRET = 'memberlist';

/** Each program says in a ConfigurationState of its own what it makes of the configuration. It caches those of all namespaces. */
const CONFIGURATION_STATE_RULES: readonly RbacRule[] = [
  { apiGroups: GROUP, resources: ['configurationstates'], verbs: [...READ, 'create', 'patch', 'update'] },
  { apiGroups: GROUP, resources: ['configurationstates/status'], verbs: ['get', 'patch', 'update'] },
];

/** Both protect their metrics: they ask the API server who calls and whether they may. Upstream's manifests forget this. */
const METRICS_GUARD_RULES: readonly RbacRule[] = [
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

const EVENTS: RbacRule = { resources: ['events'], verbs: ['create', 'patch'] };

/** The controller's ServiceAccount: it gives addresses to Services. */
export function controllerIdentity(scope: Construct, namespace: string): ServiceIdentity {
  return new ServiceIdentity(scope, 'controller-identity', { name: 'controller', namespace, labels: LABELS })
    .grantInCluster({
      name: 'metallb-system:controller',
      labels: LABELS,
      rules: [
        { resources: ['services', 'namespaces'], verbs: READ },
        { resources: ['services/status'], verbs: ['update'] },
        // Its webhooks look at which nodes two configurations have in common.
        { resources: ['nodes'], verbs: ['list'] },
        EVENTS,
        ...CONFIGURATION_STATE_RULES,
        ...METRICS_GUARD_RULES,
      ],
    })
    .grantInNamespace({
      name: 'controller',
      labels: LABELS,
      rules: [
        { resources: ['pods'], verbs: ['get'] },
        // The one Secret it makes. A list by name is a list of that name alone.
        { resources: ['secrets'], verbs: ['create'] },
        { resources: ['secrets'], resourceNames: [MEMBERLIST_SECRET], verbs: ['list'] },
        { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['controller'], verbs: ['get'] },
        { apiGroups: GROUP, resources: ['ipaddresspools', 'communities'], verbs: READ },
        { apiGroups: GROUP, resources: ['ipaddresspools/status'], verbs: ['update'] },
        { apiGroups: GROUP, resources: ['bgppeers', 'bfdprofiles', 'bgpadvertisements', 'l2advertisements'], verbs: ['get', 'list'] },
      ],
    });
}

/** The speakers' ServiceAccount: they tell the network where addresses are. */
export function speakerIdentity(scope: Construct, namespace: string): ServiceIdentity {
  return new ServiceIdentity(scope, 'speaker-identity', { name: 'speaker', namespace, labels: LABELS })
    .grantInCluster({
      name: 'metallb-system:speaker',
      labels: LABELS,
      rules: [
        { resources: ['services', 'nodes', 'namespaces'], verbs: READ },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
        EVENTS,
        { apiGroups: GROUP, resources: ['servicel2statuses'], verbs: [...READ, 'create', 'patch', 'update', 'delete'] },
        { apiGroups: GROUP, resources: ['servicel2statuses/status'], verbs: ['get', 'patch', 'update'] },
        ...CONFIGURATION_STATE_RULES,
        ...METRICS_GUARD_RULES,
      ],
    })
    .grantInNamespace({
      name: 'speaker',
      labels: LABELS,
      rules: [
        { resources: ['pods'], verbs: ['get', 'list'] },
        { resources: ['configmaps'], verbs: READ },
        {
          resources: ['secrets'],
          verbs: READ,
          waives: { 'secret-access': "Speakers watch the Secrets with routers' passwords, of which they know only the namespace: their own, where nothing else runs." },
        },
        { apiGroups: GROUP, resources: ['bfdprofiles', 'bgppeers', 'l2advertisements', 'bgpadvertisements', 'ipaddresspools', 'communities'], verbs: READ },
        { apiGroups: GROUP, resources: ['servicebgpstatuses'], verbs: [...READ, 'create', 'patch', 'update', 'delete'] },
        { apiGroups: GROUP, resources: ['servicebgpstatuses/status'], verbs: ['get', 'patch', 'update'] },
      ],
    });
}

/** For monitoring: who may look at the metrics. */
export function metricsReader(scope: Construct): void {
  userClusterRole(scope, { name: 'metallb-system:metrics-reader', labels: LABELS, rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] });
}
