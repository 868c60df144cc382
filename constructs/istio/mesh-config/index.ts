export type {
  ExtensionProvider,
  ExternalAuthorizationGrpc,
  ExternalAuthorizationHttp,
  FileAccessLog,
  OpenTelemetryAccessLog,
  OpenTelemetryTraces,
  PrometheusMetrics,
  ZipkinTraces,
} from './extension-provider';
export type { MeshConfig, NamespaceSelector, ProxySettings } from './mesh-config';
export { meshConfigText, type MeshFacts } from './mesh-config-text';
