import type { ContainerResources, Image } from '../../core';

/** A program KServe puts into users' pods, with what it may use. */
export interface InjectedProgram {
  readonly image: Image;
  readonly resources: ContainerResources;
}

/** Explainers that KServe brings along. */
export interface ExplainersConfig {
  /** Adversarial Robustness Toolbox. The `runtimeVersion` of an explainer replaces the image's tag, so it can have no digest. */
  readonly art: { readonly image: Image };
}

/** The init container that downloads models. Its resources apply where the ClusterStorageContainer states none. */
export interface StorageInitializerConfig extends InjectedProgram {
  /** CA bundle for downloads: a ConfigMap in KServe's namespace, copied to users' namespaces. @default none */
  readonly caBundle?: {
    readonly configMap: string;
    /** @default '/etc/ssl/custom-certs' */
    readonly mountPath?: string;
  };
  /** Models in OCI images (`oci://`), held by a container beside the server. */
  readonly modelcar: {
    readonly enabled: boolean;
    /** Request and limit, a Kubernetes quantity. */
    readonly cpu: string;
    /** Request and limit, a Kubernetes quantity. */
    readonly memory: string;
    /**
     * User that both the model's container and the server run as; sharing files through `/proc` needs the same one. It replaces
     * the server's security context, so pods with an OCI model need a namespace at level `baseline`.
     */
    readonly uid?: number;
  };
}

/** Where credentials for model storage are looked up. */
export interface CredentialsConfig {
  /** Secret that `storage.key` refers to, in the user's namespace. */
  readonly storageSpecSecretName: string;
  /** Annotation by which an InferenceService names another Secret. */
  readonly storageSecretNameAnnotation: string;
  readonly gcs: { readonly credentialFileName: string };
  /** Defaults for S3; annotations of a Secret or ServiceAccount win. */
  readonly s3: S3CredentialsConfig;
}

/** Defaults for S3; what is left out is left to the SDK. */
export interface S3CredentialsConfig {
  /** Key of the access key id in a Secret. */
  readonly accessKeyIdName: string;
  /** Key of the secret access key in a Secret. */
  readonly secretAccessKeyName: string;
  /** `host:port` of an S3 other than Amazon's. @default Amazon's */
  readonly endpoint?: string;
  /** @default true */
  readonly useHttps?: boolean;
  readonly region?: string;
  /** @default true */
  readonly verifySsl?: boolean;
  /** Bucket name in the host name rather than in the path. @default as the SDK decides */
  readonly useVirtualBucket?: boolean;
  readonly useAccelerate?: boolean;
  readonly useAnonymousCredential?: boolean;
  /** ConfigMap with the CA bundle, in the user's namespace. */
  readonly caBundleConfigMap?: string;
  /** Full path of the CA bundle in the container. */
  readonly caBundle?: string;
}

/** How InferenceServices are reached. */
export interface IngressConfig {
  /** Domain that host names are made in. */
  readonly ingressDomain: string;
  /** Domains every InferenceService also answers in. @default none */
  readonly additionalIngressDomains?: readonly string[];
  /** Go template of a host name; knows `.Name`, `.Namespace`, `.IngressDomain`, `.Annotations` and `.Labels`. */
  readonly domainTemplate: string;
  /** Scheme of the URLs in status; TLS itself is the gateway's matter. */
  readonly urlScheme: 'http' | 'https';
  /** Class of Ingresses. @default the cluster's default class */
  readonly ingressClassName?: string;
  /** `namespace/name` of the Gateway HTTPRoutes attach to. When given, HTTPRoutes are made instead of Ingresses. */
  readonly kserveIngressGateway?: string;
  /** Make no Ingress at all. @default false */
  readonly disableIngressCreation?: boolean;
  /** Istio Gateway in front, for Knative mode. The controller does not start without one, also in Standard mode. */
  readonly ingressGateway?: string;
  /** Istio Gateway inside the cluster, for Knative mode. */
  readonly localGateway?: string;
  /** Host of the Service of `localGateway`. */
  readonly localGatewayService?: string;
}

/** The agent that logs requests and responses. */
export interface LoggerConfig extends InjectedProgram {
  /** Sink of CloudEvents, unless an InferenceService names another. */
  readonly defaultUrl: string;
  /** ConfigMap with the CA bundle for the sink, in the user's namespace. @default none */
  readonly caBundle?: string;
  /** File name in that bundle. @default 'service-ca.crt' */
  readonly caCertFile?: string;
  /** @default false */
  readonly tlsSkipVerify?: boolean;
  /** Events sent at a time. @default 1 */
  readonly batchSize?: number;
  /** Longest wait for a batch, a Go duration such as `5s`. @default none */
  readonly batchInterval?: string;
  /** Service that turns events into rows, for loggers that write to storage. @default none */
  readonly marshallerUrl?: string;
}

/** The agent that batches requests. */
export interface BatcherConfig extends InjectedProgram {
  readonly maxBatchSize: number;
  /** Longest wait for a batch, in milliseconds. */
  readonly maxLatencyMilliseconds: number;
}

/** The program of an InferenceGraph. */
export interface RouterConfig extends InjectedProgram {
  /** Headers passed on to every step: names, or Go regular expressions. @default none */
  readonly propagateHeaders?: readonly string[];
  readonly imagePullPolicy: 'IfNotPresent' | 'Always' | 'Never';
  /** Secrets in the user's namespace. @default none */
  readonly imagePullSecrets?: readonly string[];
}

/** How predictors are deployed. */
export interface DeployConfig {
  /** Deployments and Services (`Standard`). `Knative` is not offered yet: it needs Knative Serving. */
  readonly defaultDeploymentMode: 'Standard';
  /** Rolling update of predictors: numbers of pods, or percentages. @default a quarter each */
  readonly rollout?: { readonly maxSurge: string; readonly maxUnavailable: string };
}

/** Metrics of predictors, in Knative mode. */
export interface MetricsAggregatorConfig {
  readonly enableMetricAggregation: boolean;
  readonly enablePrometheusScraping: boolean;
}

/** The cache of models on nodes. */
export interface LocalModelConfig {
  readonly enabled: boolean;
  /** Namespace the download jobs run in. */
  readonly jobNamespace: string;
  readonly jobImage: Image;
  /** Group that owns the files. */
  readonly fsGroup: number;
  readonly jobTtlSecondsAfterFinished: number;
  /** How often agents look whether models are still there, in seconds. */
  readonly reconciliationFrequencySeconds: number;
  /** Leave volumes of namespaces without InferenceServices alone. */
  readonly disableVolumeManagement: boolean;
}

/** Defaults of InferenceServices. */
export interface InferenceServiceDefaults {
  /** Requests and limits of a predictor that states none. */
  readonly resources: ContainerResources;
  /** Annotations not passed on to pods, besides KServe's own. @default none */
  readonly serviceAnnotationDisallowedList?: readonly string[];
  /** Labels not passed on to pods, besides KServe's own. @default none */
  readonly serviceLabelDisallowedList?: readonly string[];
}

/** Collectors beside predictors that scale by metrics of their own (KEDA). */
export interface OpenTelemetryCollectorConfig {
  /** A Go duration. */
  readonly scrapeInterval: string;
  /** `host:port` that metrics are sent to (OTLP). */
  readonly metricReceiverEndpoint: string;
  /** `host:port` that KEDA asks. */
  readonly metricScalerEndpoint: string;
  readonly resources: ContainerResources;
}

/** Self-signed certificates of the LLM scheduler. */
export interface SchedulerConfig {
  /** Annotations that hold the expiry; the first is written, all are read. @default ['certificates.kserve.io/expiration'] */
  readonly expirationAnnotations?: readonly string[];
  /** Annotation that restarts the scheduler on renewal. @default 'certificates.kserve.io/cert-hash' */
  readonly restartAnnotation?: string;
}

/**
 * Everything KServe reads from the ConfigMap `inferenceservice-config`. Durations, sizes and switches have their natural types here;
 * upstream's strings are made when it is written out.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/pkg/apis/serving/v1beta1/configmap.go
 */
export interface InferenceServiceConfig {
  readonly explainers: ExplainersConfig;
  readonly storageInitializer: StorageInitializerConfig;
  readonly credentials: CredentialsConfig;
  readonly ingress: IngressConfig;
  readonly logger: LoggerConfig;
  readonly batcher: BatcherConfig;
  readonly agent: InjectedProgram;
  readonly router: RouterConfig;
  readonly deploy: DeployConfig;
  readonly metricsAggregator: MetricsAggregatorConfig;
  readonly localModel: LocalModelConfig;
  /** Whether model servers get a token for the Kubernetes API. */
  readonly security: { readonly autoMountServiceAccountToken: boolean };
  /** Headless Services for predictors, for gRPC clients that balance themselves. */
  readonly service: { readonly serviceClusterIPNone: boolean };
  readonly inferenceService: InferenceServiceDefaults;
  /** Extended resources that are GPUs, besides NVIDIA's, AMD's, Intel's and Habana's. */
  readonly multiNode: { readonly customGPUResourceTypeList: readonly string[] };
  readonly opentelemetryCollector: OpenTelemetryCollectorConfig;
  /** Stabilisation of the HorizontalPodAutoscaler, in seconds. */
  readonly autoscaler: { readonly scaleUpStabilizationWindowSeconds: number; readonly scaleDownStabilizationWindowSeconds: number };
  readonly scheduler: SchedulerConfig;
}

/**
 * What a platform may set: each section's fields one by one. How requests come in and whether the model cache is there follow from
 * the platform's other choices.
 */
export type InferenceServiceConfigOverrides = {
  readonly [Section in Exclude<keyof InferenceServiceConfig, 'ingress' | 'localModel'>]?: Partial<InferenceServiceConfig[Section]>;
} & {
  readonly ingress?: Partial<Pick<IngressConfig, 'additionalIngressDomains' | 'domainTemplate' | 'urlScheme'>>;
};
