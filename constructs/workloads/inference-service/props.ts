import type { k8s } from 'cdk8s-plus-27';
import type { ContainerProps, ContainerResources, EnvValue, Image, SecurityOverrides, Waiver } from '../../core';
import type { InferenceProtocol } from '../../kserve';

/** Formats the platform's runtimes serve; others need a runtime of your own. */
export type KnownFormat = 'huggingface' | 'lightgbm' | 'mlflow' | 'onnx' | 'paddle' | 'pmml' | 'pytorch' | 'sklearn' | 'tensorflow' | 'tensorrt' | 'triton' | 'xgboost';

/** A model format; the version is the format's major version, and only needed where runtimes differ by it. */
export type Format = KnownFormat | (string & {}) | { readonly name: KnownFormat | (string & {}); readonly version: string };

/** A model in a store whose credentials are an entry of the namespace's Secret `storage-config`. */
export interface StoredModel {
  /** Entry of the Secret. @default the entry `default` for the kind of store */
  readonly key?: string;
  /** Path in the store. */
  readonly path: string;
  /** Over what the entry says, such as `type` and `bucket`. @default nothing */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Path of a schema of the model's inputs and outputs. @default none */
  readonly schemaPath?: string;
}

/** One of several things to download. */
export interface MountedModel {
  readonly uri: string;
  /** Absolute path in the container; those of downloads share a parent directory. @default '/mnt/models' */
  readonly mountPath?: string;
}

/** Where the model is; exactly one of the three. */
export type ModelSource =
  /** `gs://`, `s3://`, `hf://`, `hdfs://`, `webhdfs://`, `http(s)://` (Azure Blob and File included), `pvc://claim/path`, `oci://image`. */
  | { readonly storageUri: string; readonly storage?: never; readonly storageUris?: never }
  | { readonly storage: StoredModel; readonly storageUri?: never; readonly storageUris?: never }
  /** A model with adapters, say, each in its place. */
  | { readonly storageUris: readonly MountedModel[]; readonly storageUri?: never; readonly storage?: never };

/** GPUs: a number of NVIDIA's, or of another vendor's extended resource. */
export type Gpus = number | { readonly resource: string; readonly count: number };

/** A model, and what may differ from the runtime that serves it. */
export type ModelProps = ModelSource & {
  readonly format: Format;
  /** Name of a ServingRuntime or ClusterServingRuntime. @default chosen by format, version and protocol */
  readonly runtime?: string;
  /** Tag of the runtime's image. @default the runtime's */
  readonly runtimeVersion?: string;
  /** @default 'v1', with Triton 'v2' */
  readonly protocol?: InferenceProtocol;
  /** @default 1 CPU and 2 GiB of memory, requested and at most */
  readonly resources?: ContainerResources;
  /** @default none */
  readonly gpus?: Gpus;
  /** Image in place of the runtime's. @default the runtime's */
  readonly image?: Image;
  /** Further arguments of the server. @default none */
  readonly args?: readonly string[];
  /** Further variables of the server. @default none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** @default whether the server's port is open */
  readonly readiness?: k8s.Probe;
  /** @default the runtime's */
  readonly liveness?: k8s.Probe;
  /** @default the runtime's */
  readonly startup?: k8s.Probe;
  /** Exceptions to the hardened security context. Where no reason is asked for, `waivers` must give it. @default none */
  readonly security?: SecurityOverrides;
};

/** Further nodes of a model that is larger than one; needs a runtime that can, such as `kserve-huggingfaceserver-multinode`. */
export interface WorkerProps {
  /** Nodes the model is cut into, head included. @default the runtime's */
  readonly pipelineParallelSize?: number;
  /** GPUs a node. @default the runtime's */
  readonly tensorParallelSize?: number;
}

/** Requests and responses, sent on as CloudEvents. */
export interface LoggerProps {
  /** @default 'all' */
  readonly mode?: 'all' | 'request' | 'response';
  /** Sink. @default the platform's (`logger.defaultUrl`) */
  readonly url?: string;
  /** Headers that go along. @default none */
  readonly metadataHeaders?: readonly string[];
  /** Annotations of the InferenceService that go along. @default none */
  readonly metadataAnnotations?: readonly string[];
}

/** Requests, answered several at a time. */
export interface BatcherProps {
  /** @default the platform's (32) */
  readonly maxBatchSize?: number;
  /** Longest wait for a full batch, in milliseconds. @default the platform's (5000) */
  readonly maxLatencyMilliseconds?: number;
}

/** What every component of an InferenceService may say of its pods. */
export interface PodOptions {
  /** Pods at least. 0 needs KEDA or Knative. @default 1 */
  readonly minReplicas?: number;
  /** Pods at most; more than `minReplicas` starts an autoscaler. @default `minReplicas` */
  readonly maxReplicas?: number;
  /** Longest time a request may take, in seconds. @default the gateway's */
  readonly timeoutSeconds?: number;
  /** @default none */
  readonly logger?: LoggerProps;
  /** @default none */
  readonly batcher?: BatcherProps;
  /** ServiceAccount with credentials for the model's store. @default the namespace's `default` */
  readonly serviceAccount?: string;
  /**
   * What the containers do with the Kubernetes API: only then do they get a token of `serviceAccount`, and this is the reason of the
   * waiver for it. Cloud identities do not need it.
   *
   * @default they never call it
   */
  readonly apiAccess?: string;
  /** Labels of the pods. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the pods. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly k8s.Toleration[];
  readonly affinity?: k8s.Affinity;
  readonly priorityClassName?: string;
  readonly imagePullSecrets?: readonly string[];
  readonly volumes?: readonly k8s.Volume[];
}

/** Scaling of Deployments. */
export interface StandardScaling {
  /** What the autoscaler looks at, relative to the request. @default 'cpu' */
  readonly scaleMetric?: 'cpu' | 'memory';
  /** Utilisation to keep, in percent of the request. @default 80 */
  readonly scaleTarget?: number;
  /** Rolling update: pods more and fewer, numbers or percentages. @default the platform's */
  readonly rollout?: { readonly maxSurge: string | number; readonly maxUnavailable: string | number };
  readonly canaryTrafficPercent?: never;
  readonly containerConcurrency?: never;
}

/** Scaling of Knative Services. */
export interface KnativeScaling {
  /** What the autoscaler looks at. @default 'concurrency' */
  readonly scaleMetric?: 'concurrency' | 'rps';
  /** Value to keep a pod. @default Knative's */
  readonly scaleTarget?: number;
  /** Requests a pod answers at a time, at most. @default no limit */
  readonly containerConcurrency?: number;
  /** Share of traffic for the newest revision, in percent. @default 100 */
  readonly canaryTrafficPercent?: number;
  readonly rollout?: never;
}

/** A predictor that serves a model by a runtime, or containers of your own. */
export type PredictorSource =
  | {
      readonly model: ModelProps;
      /** @default none: one node */
      readonly worker?: WorkerProps;
      /** A transformer beside the server, in the same pod; called `transformer-container`. @default none */
      readonly sidecars?: readonly ContainerProps[];
      readonly containers?: never;
    }
  | { readonly containers: readonly [ContainerProps, ...ContainerProps[]]; readonly model?: never; readonly worker?: never; readonly sidecars?: never };

/** Changes requests before, and answers after the predictor. */
export interface TransformerSource {
  readonly containers: readonly [ContainerProps, ...ContainerProps[]];
}

/** Explains predictions: by KServe's own program, or containers of your own. */
export type ExplainerSource =
  | {
      readonly art: {
        /** @default 'SquareAttack' */
        readonly type?: 'SquareAttack';
        readonly config?: Readonly<Record<string, string>>;
        /** @default the platform's */
        readonly runtimeVersion?: string;
        /** @default 1 CPU and 2 GiB of memory, requested and at most */
        readonly resources?: ContainerResources;
      };
      readonly containers?: never;
    }
  | { readonly containers: readonly [ContainerProps, ...ContainerProps[]]; readonly art?: never };

/** The components, with the scaling of a deployment mode. */
interface Components<Scaling> {
  readonly predictor: PredictorSource & PodOptions & Scaling;
  /** @default none */
  readonly transformer?: TransformerSource & PodOptions & Scaling;
  /** @default none */
  readonly explainer?: ExplainerSource & PodOptions & Scaling;
}

/** Who changes the number of pods: HorizontalPodAutoscaler, KEDA, someone else, or nobody. */
export type Autoscaler = 'hpa' | 'keda' | 'external' | 'none';

/** Props of an InferenceService that do not depend on its deployment mode. */
export interface InferenceServiceBaseProps {
  /** @default the construct's id */
  readonly name?: string;
  /** @default the chart's */
  readonly namespace?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Who reaches it: also from outside, or from inside the cluster only. @default 'external' */
  readonly visibility?: 'external' | 'cluster-local';
  /** Keep the object but no pods. @default false */
  readonly stopped?: boolean;
  /** Reasoned exceptions to policies, besides those the components give the reason of. @default none */
  readonly waivers?: readonly Waiver[];
}

/** As Deployments and Services. */
export interface StandardInferenceServiceProps extends InferenceServiceBaseProps, Components<StandardScaling> {
  /** @default 'Standard' */
  readonly deploymentMode?: 'Standard';
  /** @default 'hpa' where a component may have more pods than it must, else 'none' */
  readonly autoscaler?: Autoscaler;
}

/** As Knative Services, which scale to zero and split traffic between revisions; Knative Serving must be in the cluster. */
export interface KnativeInferenceServiceProps extends InferenceServiceBaseProps, Components<KnativeScaling> {
  readonly deploymentMode: 'Knative';
  readonly autoscaler?: never;
}

/** Props of {@link InferenceService}. */
export type InferenceServiceProps = StandardInferenceServiceProps | KnativeInferenceServiceProps;

/** A component as the code that renders it sees it. */
export type ServingComponent = PodOptions & (StandardScaling | KnativeScaling);
