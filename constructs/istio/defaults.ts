import { Construct } from 'constructs';
import { AuthorizationPolicy, PeerAuthentication, Sidecar } from './resources';

/**
 * Namespaces that every sidecar knows besides its own. A sidecar that knows the whole cluster grows with it, to about 1 GB in big ones;
 * these are what workloads of users and of the platform call.
 *
 * @see https://github.com/kubeflow/community-distribution/blob/master/common/istio/istio-install/base/sidecar-prune-egress.yaml
 */
export const VISIBLE_NAMESPACES = ['kubeflow', 'kubeflow-system', 'knative-serving', 'knative-eventing', 'istio-system'] as const;

/** Props of {@link meshDefaults}. */
export interface MeshDefaultsProps {
  readonly namespace: string;
  readonly mtls: 'STRICT' | 'PERMISSIVE';
  readonly visibleNamespaces: readonly string[];
}

/** What holds in the whole mesh unless a namespace or workload says otherwise; objects of the root namespace are the mesh's own. */
export function meshDefaults(scope: Construct, { namespace, mtls, visibleNamespaces }: MeshDefaultsProps): void {
  new PeerAuthentication(scope, 'mtls', { name: 'default', namespace, spec: { mtls: { mode: mtls } } });
  // A policy without rules allows nothing; what is allowed, others say.
  new AuthorizationPolicy(scope, 'deny-all', { name: 'global-deny-all', namespace, spec: {} });
  new Sidecar(scope, 'known-hosts', {
    name: 'default',
    namespace,
    spec: { egress: [{ hosts: ['./*', ...visibleNamespaces.map((name) => `${name}/*`)] }] },
  });
}
