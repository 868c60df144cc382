import type { Duration } from '../resources';

interface Named {
  /** Name by which policies and Telemetry objects refer to it. */
  readonly name: string;
}

/** A service of the mesh that Envoy calls. */
interface CalledService {
  /** `[<namespace>/]<host>`, e.g. `oauth2-proxy.oauth2-proxy.svc.cluster.local`. */
  readonly service: string;
  readonly port: number;
}

/** How much of a request's body the authoriser sees. */
interface RequestBodyInCheck {
  readonly maxRequestBytes: number;
  readonly allowPartialMessage?: boolean;
  readonly packAsBytes?: boolean;
}

/** Asks an HTTP service whether a request may pass: what oauth2-proxy needs. */
export interface ExternalAuthorizationHttp extends Named {
  readonly envoyExtAuthzHttp: CalledService & {
    /** @default '600s' */
    readonly timeout?: Duration;
    readonly pathPrefix?: string;
    /** Lets requests pass when the authoriser cannot be asked. @default false */
    readonly failOpen?: boolean;
    readonly clearRouteCache?: boolean;
    readonly statusOnError?: string;
    readonly includeRequestHeadersInCheck?: readonly string[];
    readonly includeAdditionalHeadersInCheck?: Readonly<Record<string, string>>;
    readonly includeRequestBodyInCheck?: RequestBodyInCheck;
    readonly headersToUpstreamOnAllow?: readonly string[];
    readonly headersToDownstreamOnAllow?: readonly string[];
    readonly headersToDownstreamOnDeny?: readonly string[];
  };
}

/** Asks a gRPC service whether a request may pass. */
export interface ExternalAuthorizationGrpc extends Named {
  readonly envoyExtAuthzGrpc: CalledService & {
    /** @default '600s' */
    readonly timeout?: Duration;
    /** @default false */
    readonly failOpen?: boolean;
    readonly clearRouteCache?: boolean;
    readonly statusOnError?: string;
    readonly includeRequestBodyInCheck?: RequestBodyInCheck;
  };
}

/** Sends traces by OTLP. */
export interface OpenTelemetryTraces extends Named {
  readonly opentelemetry: CalledService & {
    readonly maxTagLength?: number;
    /** OTLP over HTTP instead of gRPC. */
    readonly http?: { readonly path: string; readonly timeout?: Duration };
  };
}

/** Sends traces to Zipkin. */
export interface ZipkinTraces extends Named {
  readonly zipkin: CalledService & { readonly maxTagLength?: number; readonly enable64bitTraceId?: boolean; readonly path?: string };
}

/** Keeps metrics for Prometheus to scrape. */
export interface PrometheusMetrics extends Named {
  readonly prometheus: Readonly<Record<string, never>>;
}

/** Writes access logs to a file or to standard output. */
export interface FileAccessLog extends Named {
  readonly envoyFileAccessLog: { readonly path: string; readonly logFormat?: { readonly text: string } | { readonly labels: Readonly<Record<string, string>> } };
}

/** Sends access logs by OTLP. */
export interface OpenTelemetryAccessLog extends Named {
  readonly envoyOtelAls: CalledService & {
    readonly logName?: string;
    readonly logFormat?: { readonly text?: string; readonly labels?: Readonly<Record<string, string>> };
  };
}

/** Something outside of Envoy that the mesh may use, by name. */
export type ExtensionProvider =
  | ExternalAuthorizationHttp
  | ExternalAuthorizationGrpc
  | OpenTelemetryTraces
  | ZipkinTraces
  | PrometheusMetrics
  | FileAccessLog
  | OpenTelemetryAccessLog;
