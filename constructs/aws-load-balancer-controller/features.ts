/** Parts of the controller that are off unless asked for, with their definitions, webhooks and permissions. */
export interface ControllerFeatures {
  /**
   * Whether it makes load balancers for Gateways of the Gateway API (classes of `gateway.k8s.aws/alb` and `gateway.k8s.aws/nlb`). It looks
   * for the Gateway API's definitions once, at start.
   * @default false: gateways are the mesh's
   */
  readonly gatewayApi?: boolean;
  /** Whether it makes Global Accelerators. @default false */
  readonly globalAccelerator?: boolean;
  /**
   * Whether Services of type LoadBalancer that name no class become its own. Those with the annotations of
   * {@link networkLoadBalancerAnnotations} are, either way.
   * @default false: they stay with the cluster's cloud controller, and a controller that is away keeps nobody from making a Service
   */
  readonly claimsServices?: boolean;
}

/** Features as the program's flag has them. */
export function featureGates({ gatewayApi = false, globalAccelerator = false }: ControllerFeatures): string {
  const gates = { ALBGatewayAPI: gatewayApi, NLBGatewayAPI: gatewayApi, GlobalAcceleratorController: globalAccelerator };
  return Object.entries(gates)
    .map(([gate, on]) => `${gate}=${on}`)
    .join(',');
}

/** Whether the definition of a custom resource is needed. */
export function wantsDefinition(name: string, { gatewayApi = false, globalAccelerator = false }: ControllerFeatures): boolean {
  if (name.endsWith('.gateway.k8s.aws')) return gatewayApi;
  return name.endsWith('.aga.k8s.aws') ? globalAccelerator : true;
}
