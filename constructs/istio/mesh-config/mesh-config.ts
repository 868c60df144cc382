import type { Duration } from '../resources';
import type { ExtensionProvider } from './extension-provider';

/** How namespaces are chosen. */
export interface NamespaceSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; readonly values?: readonly string[] }[];
}

/** Settings of every proxy, unless a `ProxyConfig` object or the annotation `proxy.istio.io/config` says otherwise. */
export interface ProxySettings {
  /** Worker threads of Envoy. @default as many as the container's CPU limit has cores, rounded up */
  readonly concurrency?: number;
  /** Environment of the proxy's agent, e.g. `{ ISTIO_META_DNS_CAPTURE: 'true' }`. */
  readonly proxyMetadata?: Readonly<Record<string, string>>;
  /** Has the application start after the proxy; native sidecars do so anyway. @default false */
  readonly holdApplicationUntilProxyStarts?: boolean;
  /** How long the proxy waits for open connections when it ends. @default '5s' */
  readonly terminationDrainDuration?: Duration;
  /** How long the proxy drains connections when its configuration changes. @default '45s' */
  readonly drainDuration?: Duration;
  /** Sampling of traces, in percent, and tags; where traces go, extension providers say. @default no traces are sent */
  readonly tracing?: { readonly sampling?: number; readonly maxPathTagLength?: number };
  /** How many trusted proxies stand before the gateways, and what they add. */
  readonly gatewayTopology?: { readonly numTrustedProxies?: number; readonly proxyProtocol?: Readonly<Record<string, never>> };
  /** Which of Envoy's statistics are kept beyond the usual. */
  readonly proxyStatsMatcher?: { readonly inclusionPrefixes?: readonly string[]; readonly inclusionSuffixes?: readonly string[]; readonly inclusionRegexps?: readonly string[] };
}

/**
 * Configuration of the mesh; what is left out is as Istio has it.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
 */
export interface MeshConfig {
  /** File access logs go to; `''` writes none. @default '/dev/stdout' */
  readonly accessLogFile?: string;
  /** @default 'TEXT' */
  readonly accessLogEncoding?: 'TEXT' | 'JSON';
  readonly accessLogFormat?: string;
  /** Whether sidecars let traffic out to hosts that the mesh does not know. @default { mode: 'ALLOW_ANY' } */
  readonly outboundTrafficPolicy?: { readonly mode: 'ALLOW_ANY' | 'REGISTRY_ONLY' };
  /** Mutual TLS between sidecars without a DestinationRule. @default true */
  readonly enableAutoMtls?: boolean;
  /** Merges the application's metrics into the sidecar's, so that scraping works under STRICT. @default true */
  readonly enablePrometheusMerge?: boolean;
  /** Identities of these trust domains count as of the mesh's own. @default none */
  readonly trustDomainAliases?: readonly string[];
  readonly extensionProviders?: readonly ExtensionProvider[];
  /** Providers, by name, used where no Telemetry object names one. @default metrics for Prometheus */
  readonly defaultProviders?: { readonly metrics?: readonly string[]; readonly tracing?: readonly string[]; readonly accessLogging?: readonly string[] };
  readonly defaultConfig?: ProxySettings;
  /** Namespaces istiod looks at at all; the platform's own must be among them. @default every namespace */
  readonly discoverySelectors?: readonly NamespaceSelector[];
  /** How paths are normalised before policies look at them. @default { normalization: 'BASE' } */
  readonly pathNormalization?: { readonly normalization: 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES' };
  /** @default { time: '10s', interval: '5s', probes: 3 } */
  readonly tcpKeepalive?: { readonly time?: Duration; readonly interval?: Duration; readonly probes?: number };
  /** @default { minProtocolVersion: 'TLSV1_2' } */
  readonly meshMTLS?: { readonly minProtocolVersion: 'TLSV1_2' | 'TLSV1_3' };
  /** Namespaces that see a service, `*` for all. @default ['*'] */
  readonly defaultServiceExportTo?: readonly string[];
  readonly defaultVirtualServiceExportTo?: readonly string[];
  readonly defaultDestinationRuleExportTo?: readonly string[];
  /** @default '10s' */
  readonly connectTimeout?: Duration;
  /** Attempts of HTTP requests that fail. @default { attempts: 2 } */
  readonly defaultHttpRetryPolicy?: { readonly attempts: number; readonly perTryTimeout?: Duration; readonly retryOn?: string };
}
