import { Construct } from 'constructs';
import { type Duration, IstioObject, type IstioObjectProps } from './istio-object';

/** How clients treat a service. */
export interface TrafficPolicy {
  readonly tls?: {
    readonly mode: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
    readonly credentialName?: string;
    readonly sni?: string;
    readonly caCertificates?: string;
    readonly subjectAltNames?: readonly string[];
  };
  readonly loadBalancer?: {
    readonly simple?: 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'RANDOM' | 'PASSTHROUGH';
    readonly consistentHash?: { readonly httpHeaderName?: string; readonly httpCookie?: { readonly name: string; readonly ttl: Duration }; readonly useSourceIp?: boolean };
  };
  readonly connectionPool?: {
    readonly tcp?: { readonly maxConnections?: number; readonly connectTimeout?: Duration };
    readonly http?: { readonly http1MaxPendingRequests?: number; readonly http2MaxRequests?: number; readonly maxRequestsPerConnection?: number; readonly idleTimeout?: Duration };
  };
  readonly outlierDetection?: {
    readonly consecutive5xxErrors?: number;
    readonly interval?: Duration;
    readonly baseEjectionTime?: Duration;
    /** Percentage. */
    readonly maxEjectionPercent?: number;
  };
}

/** Spec of a {@link DestinationRule}. @see https://istio.io/latest/docs/reference/config/networking/destination-rule/ */
export interface DestinationRuleSpec {
  readonly host: string;
  readonly trafficPolicy?: TrafficPolicy & { readonly portLevelSettings?: readonly (TrafficPolicy & { readonly port: { readonly number: number } })[] };
  readonly subsets?: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly trafficPolicy?: TrafficPolicy }[];
  /** @default every namespace */
  readonly exportTo?: readonly string[];
}

/** How the mesh's clients connect to a host. */
export class DestinationRule extends IstioObject<DestinationRuleSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<DestinationRuleSpec>) {
    super(scope, id, { group: 'networking', kind: 'DestinationRule' }, props);
  }
}
