import { isIP } from 'node:net';
import { allPodsOf, ANYWHERE, type EgressRule } from '../../constructs/core';

/**
 * The way to a server, as far as policies can say it: they know addresses and namespaces, not names.
 *
 * @param host name or address; of a Service in the cluster, `name.namespace.svc`, with or without the cluster's domain
 */
export function egressTo(host: string, port: number): EgressRule {
  const family = isIP(host);
  if (family !== 0) return { to: [{ ipBlock: { cidr: `${host}/${family === 4 ? 32 : 128}` } }], ports: [port] };
  const [, namespace] = /^[^.]+\.([^.]+)\.svc(\.|$)/.exec(host) ?? [];
  // What counts for a policy is the port of the pods, which only the Service knows.
  return namespace === undefined ? { to: ANYWHERE, ports: [port] } : { to: [allPodsOf(namespace)] };
}
