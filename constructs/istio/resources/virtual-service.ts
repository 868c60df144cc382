import { Construct } from 'constructs';
import { type Duration, IstioObject, type IstioObjectProps, type StringMatch } from './istio-object';

/** A service to send to. */
export interface RouteDestination {
  /** Service host, best fully qualified: short names are taken to be in the VirtualService's own namespace. */
  readonly host: string;
  /** @default the service's only port */
  readonly port?: { readonly number: number };
  readonly subset?: string;
}

/** A share of the traffic. */
export interface WeightedDestination {
  readonly destination: RouteDestination;
  /** Percentage; the weights of a route add up to 100. @default all of it */
  readonly weight?: number;
  readonly headers?: HeaderChanges;
}

/** Changes to headers. */
export interface HeaderChanges {
  readonly request?: HeaderOperations;
  readonly response?: HeaderOperations;
}

/** What is done to headers, by name. */
export interface HeaderOperations {
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** Which requests a route takes; all of the conditions hold. */
export interface HttpMatch {
  readonly uri?: StringMatch;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers?: Readonly<Record<string, StringMatch>>;
  readonly withoutHeaders?: Readonly<Record<string, StringMatch>>;
  readonly gateways?: readonly string[];
  readonly ignoreUriCase?: boolean;
}

/** One HTTP route: to somewhere, or a redirection. */
export interface HttpRoute {
  readonly name?: string;
  /** Any of these. @default every request */
  readonly match?: readonly HttpMatch[];
  readonly route?: readonly WeightedDestination[];
  readonly redirect?: { readonly uri?: string; readonly authority?: string; readonly scheme?: string; readonly redirectCode?: number };
  readonly rewrite?: { readonly uri?: string; readonly authority?: string };
  readonly timeout?: Duration;
  readonly retries?: { readonly attempts: number; readonly perTryTimeout?: Duration; readonly retryOn?: string };
  readonly headers?: HeaderChanges;
}

/** Spec of a {@link VirtualService}. @see https://istio.io/latest/docs/reference/config/networking/virtual-service/ */
export interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  /** `namespace/name` of gateways; `mesh` for the sidecars. @default ['mesh'] */
  readonly gateways?: readonly string[];
  /** Tried in this order. */
  readonly http: readonly HttpRoute[];
  /** Namespaces that see it: `*`, `.` for its own, or a name. @default every namespace */
  readonly exportTo?: readonly string[];
}

/** Routes of hosts, at gateways or in the mesh. */
export class VirtualService extends IstioObject<VirtualServiceSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<VirtualServiceSpec>) {
    super(scope, id, { group: 'networking', kind: 'VirtualService' }, props);
  }
}
