import type { ClusterLayout } from './layout';
import type { ClusterState } from './state';

/** What had to be done to have the cluster running. */
export type StartOutcome =
  /** There was none (or one that had never become ready). */
  | 'created'
  /** It was running already. */
  | 'reused'
  /** It was stopped, or the machine had been restarted; its objects are kept. */
  | 'started'
  /** Part of it was not running, did not answer or ran with other settings; its objects are kept. */
  | 'repaired'
  /** Its data could not be used any more: it is empty again. */
  | 'recreated';

/** An embedded cluster and how to reach it. */
export interface LocalCluster {
  readonly name: string;
  /** Directory of everything it keeps. */
  readonly dir: string;
  /** Path of a kubeconfig with this cluster only. */
  readonly kubeconfig: string;
  /** Context in that kubeconfig. */
  readonly context: string;
  /** `https://127.0.0.1:<port>`. */
  readonly server: string;
  /** One JSON event a line for each write; undefined unless asked for. */
  readonly auditLog?: string;
}

/** A cluster that {@link startCluster} has made sure of. */
export interface StartedCluster extends LocalCluster {
  readonly outcome: StartOutcome;
  /** Why, in words, where something was not as left; empty otherwise. */
  readonly reasons: readonly string[];
  readonly seconds: number;
}

export function serverOf({ port }: Pick<ClusterState, 'port'>): string {
  return `https://127.0.0.1:${port}`;
}

export function contextOf(name: string): string {
  return `kubeflow-cdk-${name}`;
}

export function describeCluster(layout: ClusterLayout, state: ClusterState): LocalCluster {
  return {
    name: layout.name, dir: layout.dir, kubeconfig: layout.kubeconfig, context: contextOf(layout.name), server: serverOf(state),
    auditLog: state.audit ? layout.auditLog : undefined,
  };
}
