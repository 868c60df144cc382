import type { ServiceLoadBalancer } from '../../constructs/core';
import type { GkeConfig } from '../config/schemas/gke';

/**
 * The load balancer that GKE itself puts before the ingress gateway. Connections pass through it: TLS ends at the gateway.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters
 */
export function loadBalancer(exposure: GkeConfig['exposure']): ServiceLoadBalancer {
  const annotations: Readonly<Record<string, string>> = exposure === 'internal' ? { 'networking.gke.io/load-balancer-type': 'Internal' } : { 'cloud.google.com/l4-rbs': 'enabled' };
  return { annotations, waivers: [] };
}
