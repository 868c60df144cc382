export { METRICS_SERVER_IMAGES } from './images';
export type { KubeletCertificates } from './kubelets';
export { MetricsServer, type MetricsServerProps } from './metrics-server';
export { METRICS_SERVER_VERSION } from './versions';
