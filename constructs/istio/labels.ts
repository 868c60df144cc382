/** Label that says which control plane an object is for; istiod keeps up the webhooks that carry its revision. */
export const REVISION = { 'istio.io/rev': 'default' } as const;

/** Labels that keep pods of the mesh's own out of injection and of ambient redirection. */
export const OUT_OF_MESH = { 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'none' } as const;

/** Annotations by which Prometheus finds a pod's metrics. */
export function scraped(port: number, path?: string): Record<string, string> {
  return { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port), ...(path && { 'prometheus.io/path': path }) };
}
