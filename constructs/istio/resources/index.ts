export { AuthorizationPolicy, type AuthorizationOperation, type AuthorizationPolicySpec, type AuthorizationRule, type AuthorizationSource } from './authorization-policy';
export {
  PeerAuthentication,
  RequestAuthentication,
  type JwtRule,
  type MtlsMode,
  type PeerAuthenticationSpec,
  type RequestAuthenticationSpec,
} from './authentication';
export { DestinationRule, type DestinationRuleSpec, type TrafficPolicy } from './destination-rule';
export { Gateway, type GatewayProtocol, type GatewayServer, type GatewaySpec, type GatewayTls } from './gateway';
export { type Duration, IstioObject, type IstioObjectProps, type StringMatch, type WorkloadSelector } from './istio-object';
export { Sidecar, type SidecarSpec } from './sidecar';
export {
  VirtualService,
  type HeaderChanges,
  type HeaderOperations,
  type HttpMatch,
  type HttpRoute,
  type RouteDestination,
  type VirtualServiceSpec,
  type WeightedDestination,
} from './virtual-service';
