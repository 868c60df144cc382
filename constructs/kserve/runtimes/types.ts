import type { k8s } from 'cdk8s-plus-27';
import type { ContainerProps, Waiver } from '../../core';

/** Protocols of KServe's data plane: REST (`v1`, `v2`) and gRPC. */
export type InferenceProtocol = 'v1' | 'v2' | 'grpc-v1' | 'grpc-v2';

/** A model format a runtime serves. */
export interface ModelFormat {
  /** As `modelFormat.name` of an InferenceService says it. */
  readonly name: string;
  /** Major version. @default any */
  readonly version?: string;
  /** Whether the runtime is chosen for InferenceServices that name none. @default false */
  readonly autoSelect?: boolean;
  /** Higher wins among the runtimes that could be chosen; no two may have the same. */
  readonly priority?: number;
}

/**
 * A container of a runtime. In arguments and variables KServe fills in `{{.Name}}`, `{{.Labels.x}}` and `{{.Annotations.x}}` of the
 * InferenceService.
 */
export type RuntimeContainer = ContainerProps;

/** Further nodes of a model that is larger than one. */
export interface RuntimeWorker {
  /** Nodes a model is cut into, head included. */
  readonly pipelineParallelSize: number;
  /** GPUs a node. */
  readonly tensorParallelSize: number;
  readonly container: RuntimeContainer;
  readonly volumes?: readonly k8s.Volume[];
}

/** A way to serve models: a program with what it understands. */
export interface ServingRuntime {
  /** Name of the object, by which InferenceServices can ask for it. */
  readonly name: string;
  /** Kind of server, for tools. @default the name without `kserve-` */
  readonly serverType?: string;
  readonly formats: readonly ModelFormat[];
  readonly protocols: readonly InferenceProtocol[];
  /** Where metrics are served. @default port 8080, path `/metrics` */
  readonly metricsPort?: number;
  /** The server; its container must be called `kserve-container`. */
  readonly container: RuntimeContainer;
  readonly volumes?: readonly k8s.Volume[];
  readonly worker?: RuntimeWorker;
  /** Do not offer it. @default false */
  readonly disabled?: boolean;
  /** Reasoned exceptions to policies, besides those its containers give the reason of. @default none */
  readonly waivers?: readonly Waiver[];
}

/** Name KServe knows the model server's container by. */
export const SERVER_CONTAINER = 'kserve-container';
/** Name KServe knows the container of a worker node by. */
export const WORKER_CONTAINER = 'worker-container';
/** Port every server listens on for REST. */
export const HTTP_PORT = 8080;
/** Port every server that speaks gRPC listens on. */
export const GRPC_PORT = 9000;
