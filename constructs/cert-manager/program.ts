import type { Construct } from 'constructs';
import { allow, ALL_PODS, type EgressRule, type IngressRule, TO_API_SERVER } from '../core/network-policy';
import type { ContainerResources } from '../core/workload';
import { type Program, selectorOf } from './labels';

/** Port on which every program serves its metrics. */
export const METRICS_PORT = 9402;

/** What the three programs have in common. */
export interface ProgramProps {
  readonly namespace: string;
  readonly replicas: number;
  readonly resources: ContainerResources;
  readonly priorityClassName?: string;
  /** Verbosity of the log, 0 to 10. */
  readonly logLevel: number;
}

/** Annotations by which Prometheus finds the metrics without an operator. */
export const SCRAPE_ANNOTATIONS: Readonly<Record<string, string>> = {
  'prometheus.io/path': '/metrics',
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': String(METRICS_PORT),
};

/** Opens what a program needs: the API server, its metrics to pods of the cluster, and what is given. */
export function allowProgram(scope: Construct, program: Program, namespace: string, more: { readonly ingress?: readonly IngressRule[]; readonly egress?: readonly EgressRule[] } = {}): void {
  allow(scope, 'traffic', {
    namespace,
    policyName: program === 'controller' ? 'cert-manager' : `cert-manager-${program}`,
    pods: selectorOf(program),
    ingress: [{ from: [ALL_PODS], ports: [METRICS_PORT] }, ...(more.ingress ?? [])],
    egress: [TO_API_SERVER, ...(more.egress ?? [])],
  });
}
