import type { ContainerResources } from '../core';

/** How much a program says. */
export type LogLevel = 'all' | 'debug' | 'info' | 'warn' | 'error' | 'none';

/** What controller and speakers have in common. */
export interface ProgramProps {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly logLevel: LogLevel;
  readonly loadBalancerClass?: string;
  readonly priorityClassName: string;
  readonly resources: ContainerResources;
}

export const METRICS_PORT = 9120;
export const HEALTH_PORT = 17472;

/** Tells Prometheus where the metrics are. */
export const SCRAPE_ANNOTATIONS = { 'prometheus.io/port': String(METRICS_PORT), 'prometheus.io/scheme': 'https', 'prometheus.io/scrape': 'true' } as const;

/** BGP is spoken by MetalLB itself: FRR would be three more containers with more privileges on each node. */
export const BGP_TYPE = { METALLB_BGP_TYPE: 'native' } as const;

/** Arguments both take. */
export function commonArguments({ logLevel, loadBalancerClass }: ProgramProps): readonly string[] {
  return [`--port=${METRICS_PORT}`, `--log-level=${logLevel}`, ...(loadBalancerClass === undefined ? [] : [`--lb-class=${loadBalancerClass}`])];
}
