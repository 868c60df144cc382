import { Construct } from 'constructs';
import { IstioObject, type IstioObjectProps } from './istio-object';

/** Protocol a gateway's port speaks. */
export type GatewayProtocol = 'HTTP' | 'HTTPS' | 'HTTP2' | 'GRPC' | 'TCP' | 'TLS';

/** How a gateway's port treats TLS. */
export interface GatewayTls {
  /** `SIMPLE` ends TLS, `MUTUAL` also asks for a client certificate, `PASSTHROUGH` routes by name without looking inside. */
  readonly mode: 'SIMPLE' | 'MUTUAL' | 'OPTIONAL_MUTUAL' | 'PASSTHROUGH' | 'ISTIO_MUTUAL';
  /** Secret with `tls.crt` and `tls.key`, in the namespace the gateway's pods run in. */
  readonly credentialName?: string;
  /** @default Envoy's own, TLS 1.2 */
  readonly minProtocolVersion?: 'TLSV1_2' | 'TLSV1_3';
  readonly cipherSuites?: readonly string[];
}

/** One port of a gateway. */
export interface GatewayServer {
  readonly port: { readonly number: number; readonly name: string; readonly protocol: GatewayProtocol };
  /** Host names, with `*` as or in the leftmost label; `namespace/host` limits who may attach to it. */
  readonly hosts: readonly string[];
  /** `httpsRedirect` answers plain HTTP with a redirection; on a port that ends TLS, say how. */
  readonly tls?: GatewayTls | { readonly httpsRedirect: true };
}

/** Spec of a {@link Gateway}. @see https://istio.io/latest/docs/reference/config/networking/gateway/ */
export interface GatewaySpec {
  /** Labels of the gateway's pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly GatewayServer[];
}

/** A door of the mesh: which hosts and ports a gateway's pods serve. */
export class Gateway extends IstioObject<GatewaySpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<GatewaySpec>) {
    super(scope, id, { group: 'networking', kind: 'Gateway' }, props);
  }
}
