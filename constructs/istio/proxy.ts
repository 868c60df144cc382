import { k8s } from 'cdk8s-plus-27';
import type { ContainerResources, EnvValue } from '../core';

/** User and group of the proxy; traffic of this user is not redirected into the proxy again. */
export const PROXY_UID = 1337;

/** Ports of a proxy and its agent. */
export const PROXY_PORTS = {
  /** Outbound traffic is redirected here, and inbound traffic to the next. */
  outbound: 15001,
  inbound: 15006,
  /** The agent: merged metrics and the application's rewritten probes. */
  agent: 15020,
  /** Health, which Envoy answers on behalf of the agent. */
  health: 15021,
  /** Envoy's own metrics. */
  envoyMetrics: 15090,
} as const;

/** What a proxy has to know of the mesh it belongs to. */
export interface ProxyFacts {
  readonly controlPlaneNamespace: string;
  readonly trustDomain: string;
  readonly clusterDomain: string;
  readonly logLevel: string;
}

/** Resources of a gateway's proxy. */
export const GATEWAY_RESOURCES: ContainerResources = { cpu: { request: '100m', limit: '2' }, memory: { request: '128Mi', limit: '1Gi' } };

/** Resources of a sidecar; small requests, because there is one in every pod of the mesh. */
export const SIDECAR_RESOURCES: ContainerResources = { cpu: { request: '10m', limit: '2' }, memory: { request: '40Mi', limit: '1Gi' } };

/** Environment of every proxy. */
export function proxyEnvironment({ controlPlaneNamespace }: ProxyFacts): Record<string, EnvValue> {
  return {
    PILOT_CERT_PROVIDER: 'istiod',
    CA_ADDR: `istiod.${controlPlaneNamespace}.svc:15012`,
    POD_NAME: { field: 'metadata.name' },
    POD_NAMESPACE: { field: 'metadata.namespace' },
    INSTANCE_IP: { field: 'status.podIP' },
    HOST_IP: { field: 'status.hostIP' },
    SERVICE_ACCOUNT: { field: 'spec.serviceAccountName' },
    ISTIO_META_NODE_NAME: { field: 'spec.nodeName' },
    ISTIO_META_CLUSTER_ID: 'Kubernetes',
    ISTIO_CPU_LIMIT: { resource: 'limits.cpu', divisor: '1' },
    // Go's runtime keeps to the container's limits only if it is told them.
    GOMEMLIMIT: { resource: 'limits.memory', divisor: '1' },
    GOMAXPROCS: { resource: 'limits.cpu', divisor: '1' },
  };
}

/** Arguments of the agent. `role` is what the proxy is in the mesh. */
export function proxyArguments(role: 'sidecar' | 'router', { clusterDomain }: ProxyFacts): string[] {
  return ['proxy', role, '--domain', `$(POD_NAMESPACE).svc.${clusterDomain}`];
}

interface ProxyVolume {
  readonly volume: k8s.Volume;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

const PROXY_VOLUMES: readonly ProxyVolume[] = [
  { volume: { name: 'workload-socket', emptyDir: {} }, mountPath: '/var/run/secrets/workload-spiffe-uds' },
  { volume: { name: 'credential-socket', emptyDir: {} }, mountPath: '/var/run/secrets/credential-uds' },
  { volume: { name: 'workload-certs', emptyDir: {} }, mountPath: '/var/run/secrets/workload-spiffe-credentials' },
  { volume: { name: 'istio-envoy', emptyDir: { medium: 'Memory' } }, mountPath: '/etc/istio/proxy' },
  { volume: { name: 'istio-data', emptyDir: {} }, mountPath: '/var/lib/istio/data' },
  // istiod puts the root certificate into every namespace.
  { volume: { name: 'istiod-ca-cert', configMap: { name: 'istio-ca-root-cert' } }, mountPath: '/var/run/secrets/istio' },
  {
    volume: {
      name: 'istio-token',
      projected: { sources: [{ serviceAccountToken: { audience: 'istio-ca', expirationSeconds: 43_200, path: 'istio-token' } }] },
    },
    mountPath: '/var/run/secrets/tokens',
    readOnly: true,
  },
  {
    volume: {
      name: 'istio-podinfo',
      downwardApi: {
        items: [
          { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
          { path: 'annotations', fieldRef: { fieldPath: 'metadata.annotations' } },
        ],
      },
    },
    mountPath: '/etc/istio/pod',
  },
];

/** Volumes of every proxy. */
export const PROXY_POD_VOLUMES: readonly k8s.Volume[] = PROXY_VOLUMES.map(({ volume }) => volume);

/** Where a proxy has its volumes. */
export const PROXY_MOUNTS: readonly k8s.VolumeMount[] = PROXY_VOLUMES.map(({ volume, mountPath, readOnly }) => ({
  name: volume.name,
  mountPath,
  ...(readOnly && { readOnly }),
}));
