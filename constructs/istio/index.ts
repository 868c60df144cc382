export type { Autoscaling } from './autoscaling';
export { VISIBLE_NAMESPACES } from './defaults';
export { existingIstio, type ExistingGateway, type ExistingIstioProps } from './existing';
export { istioImages, type IstioImages, type IstioImageVariant } from './images';
export { Istio, ISTIO_SYSTEM } from './istio';
export type {
  ExtensionProvider,
  ExternalAuthorizationGrpc,
  ExternalAuthorizationHttp,
  FileAccessLog,
  MeshConfig,
  NamespaceSelector,
  OpenTelemetryAccessLog,
  OpenTelemetryTraces,
  PrometheusMetrics,
  ProxySettings,
  ZipkinTraces,
} from './mesh-config';
export type { CniOptions, IngressProps, IstioProps, SidecarProps, WorkloadSize } from './props';
export * from './resources';
export { ISTIO_VERSION, OLDEST_SUPPORTED_ISTIO } from './versions';
