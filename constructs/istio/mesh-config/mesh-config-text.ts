import { jsonText } from '../../core';
import type { MeshConfig } from './mesh-config';

/** What the component itself decides about the mesh. */
export interface MeshFacts {
  readonly controlPlaneNamespace: string;
  readonly trustDomain: string;
  /** Whether istiod serves Ingress objects of class `istio`. */
  readonly ingressClass: boolean;
}

/**
 * The mesh configuration as istiod and the proxies read it, defaults filled in. As JSON, which is YAML without its traps: Go's YAML takes an
 * unquoted `OFF` for a boolean.
 */
export function meshConfigText(config: MeshConfig, facts: MeshFacts): string {
  return jsonText({
    accessLogFile: '/dev/stdout',
    defaultProviders: { metrics: ['prometheus'] },
    enablePrometheusMerge: true,
    tcpKeepalive: { time: '10s', interval: '5s', probes: 3 },
    ...config,
    defaultConfig: {
      // Empty, not left out: Istio's own default sends traces to a Zipkin that is not there.
      tracing: {},
      ...config.defaultConfig,
      discoveryAddress: `istiod.${facts.controlPlaneNamespace}.svc:15012`,
    },
    rootNamespace: facts.controlPlaneNamespace,
    trustDomain: facts.trustDomain,
    // STRICT: an Ingress that names no class belongs to the cluster's default controller, not to the mesh.
    ingressControllerMode: facts.ingressClass ? 'STRICT' : 'OFF',
    ingressClass: 'istio',
    ingressService: 'istio-ingressgateway',
    ingressSelector: 'ingressgateway',
  });
}
