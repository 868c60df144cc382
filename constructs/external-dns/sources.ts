import { InvalidInputError, type Mesh, type Provided, type RbacRule } from '../core';

/** Types of Services that records can be for. */
export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/**
 * Where names come from. Those that read custom resources take who provides them: the program does not start while their definitions are
 * missing.
 *
 * @see https://github.com/kubernetes-sigs/external-dns/tree/v0.23.0/docs/sources
 */
export type DnsSource =
  /** Services with the annotation `external-dns.kubernetes.io/hostname`. `types` are those looked at. @default load balancers only */
  | { readonly kind: 'service'; readonly types?: readonly [ServiceType, ...ServiceType[]] }
  /** Hosts in rules and TLS of Ingresses. `classes` are the IngressClasses looked at. @default Ingresses of any class */
  | { readonly kind: 'ingress'; readonly classes?: readonly [string, ...string[]] }
  /** Hosts of Istio's Gateways, at the address of the gateway's Service; hosts of its VirtualServices. */
  | { readonly kind: 'istio-gateway' | 'istio-virtualservice'; readonly mesh: Mesh }
  /** Host names of routes of the Gateway API, at the address of their Gateway. */
  | { readonly kind: 'gateway-httproute' | 'gateway-grpcroute' | 'gateway-tlsroute'; readonly gatewayApi: Provided };

const READ = ['get', 'list', 'watch'] as const;
const SERVICES: RbacRule = { resources: ['services'], verbs: READ };
const INGRESSES: RbacRule = { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ };

/**
 * What the sources read. By the informers of each, which is less than upstream grants a Service's source where the types need no pods.
 *
 * @see https://github.com/kubernetes-sigs/external-dns/tree/v0.23.0/source
 */
export function sourceRules(sources: readonly DnsSource[]): readonly RbacRule[] {
  const rules = sources.flatMap(rulesOf);
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

function rulesOf(source: DnsSource): readonly RbacRule[] {
  switch (source.kind) {
    case 'service':
      return serviceRules(source.types ?? LOAD_BALANCERS);
    case 'ingress':
      return [INGRESSES];
    case 'istio-gateway':
      return [SERVICES, INGRESSES, istio('gateways')];
    case 'istio-virtualservice':
      return [SERVICES, INGRESSES, istio('gateways'), istio('virtualservices')];
    case 'gateway-httproute':
      return gatewayRules('httproutes');
    case 'gateway-grpcroute':
      return gatewayRules('grpcroutes');
    case 'gateway-tlsroute':
      return gatewayRules('tlsroutes');
  }
}

const LOAD_BALANCERS: readonly ServiceType[] = ['LoadBalancer'];

function serviceRules(types: readonly ServiceType[]): readonly RbacRule[] {
  const pods = types.includes('NodePort') || types.includes('ClusterIP');
  return [
    SERVICES,
    ...(pods ? [{ resources: ['pods'], verbs: READ }, { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ }] : []),
    ...(types.includes('NodePort') ? [{ resources: ['nodes'], verbs: ['list', 'watch'] }] : []),
  ];
}

function istio(resource: string): RbacRule {
  return { apiGroups: ['networking.istio.io'], resources: [resource], verbs: READ };
}

function gatewayRules(routes: string): readonly RbacRule[] {
  return [
    { apiGroups: ['gateway.networking.k8s.io'], resources: ['gateways'], verbs: READ },
    { apiGroups: ['gateway.networking.k8s.io'], resources: [routes], verbs: READ },
    { resources: ['namespaces'], verbs: READ },
  ];
}

/**
 * Flags for the sources.
 *
 * @throws InvalidInputError if there is none, or one stands twice
 */
export function sourceFlags(sources: readonly DnsSource[], where: string): readonly string[] {
  const kinds = sources.map(({ kind }) => kind);
  if (kinds.length === 0 || new Set(kinds).size !== kinds.length) {
    throw new InvalidInputError({ property: 'sources', value: kinds, expected: 'at least one source, and each kind once', where });
  }
  return sources.flatMap((source) => [
    `--source=${source.kind}`,
    ...(source.kind === 'service' ? (source.types ?? LOAD_BALANCERS).map((type) => `--service-type-filter=${type}`) : []),
    ...(source.kind === 'ingress' ? (source.classes ?? []).map((name) => `--ingress-class=${name}`) : []),
  ]);
}

/** Who provides the custom resources of a source. */
export function providersOf(sources: readonly DnsSource[]): readonly Provided[] {
  return sources.flatMap((source) => {
    if ('mesh' in source) return [source.mesh];
    return 'gatewayApi' in source ? [source.gatewayApi] : [];
  });
}
