import type { AcmeSolver, SolverSelector } from './acme';

/** Port on which a solver's pod answers the ACME server. */
export const SOLVER_PORT = 8089;

/** Label of every solver's pod. */
export const SOLVER_PODS: Readonly<Record<string, string>> = { 'acme.cert-manager.io/http01-solver': 'true' };

/** Answers through an Ingress that cert-manager makes for the while. */
export function http01Ingress(props: { readonly ingressClass: string; readonly selector?: SolverSelector }): AcmeSolver {
  return {
    challenge: 'http01',
    selector: props.selector,
    spec: { http01: { ingress: { ingressClassName: props.ingressClass, serviceType: 'ClusterIP' } } },
  };
}

/** A Gateway (Gateway API) that solvers attach their routes to. */
export interface SolverGateway {
  readonly name: string;
  readonly namespace: string;
  /** Listener for port 80. @default any */
  readonly listener?: string;
}

/** Answers through an HTTPRoute on a Gateway. Needs the Gateway API and `gatewayApi: true` of cert-manager. */
export function http01Gateway(props: { readonly gateways: readonly [SolverGateway, ...SolverGateway[]]; readonly selector?: SolverSelector }): AcmeSolver {
  const parentRefs = props.gateways.map(({ name, namespace, listener }) => ({
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name,
    namespace,
    ...(listener && { sectionName: listener }),
  }));
  return {
    challenge: 'http01-gateway',
    selector: props.selector,
    spec: { http01: { gatewayHTTPRoute: { parentRefs, serviceType: 'ClusterIP' } } },
  };
}
