import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { type CertificateIssuer, Component, type ContainerResources, SystemNamespace } from '../core';
import { leaderWorkerSetCrds, type LeaderWorkerSetKinds } from '../leader-worker-set';
import { completeConfig, type InferenceServiceConfig, type InferenceServiceConfigOverrides, renderConfig } from './config';
import { kserveCrds } from './crds';
import { exposure, type KServeExposure } from './ingress';
import { LlmController } from './llm/controller';
import { LlmPresets } from './llm/presets';
import { DEFAULT_JOB_NAMESPACE, LocalModelCache, type LocalModelsProps } from './local-model/local-model-cache';
import { KServeController, type MetricsAccess } from './manager/controller';
import { DEFAULT_NAMESPACE } from './names';
import { checkRuntimes, ClusterServingRuntime, SERVING_RUNTIMES, type ServingRuntime } from './runtimes';
import { ClusterStorageContainer, SUPPORTED_URIS } from './storage-container';
import { userRoles } from './user-roles';
import { KSERVE_KUBERNETES, KSERVE_VERSION } from './versions';

/** What a platform chooses about LLMInferenceServices. */
export interface LlmProps {
  /**
   * What vLLM may use where an LLMInferenceService does not say; GPUs are asked for there.
   * @default 2 CPUs (at most 8), 8 GiB of memory (at most 32 GiB)
   */
  readonly serverResources?: ContainerResources;
  /**
   * Give servers of several nodes the capabilities that RDMA verbs need where the device plugin does not provide for it
   * (`IPC_LOCK`, `SYS_RAWIO`, `NET_RAW`). Their namespaces must then be at Pod Security level `privileged`.
   * @default false
   */
  readonly rdma?: boolean;
  /**
   * LeaderWorkerSet, which makes the pods of servers over several nodes.
   * @default none; its CRD alone is put into the cluster, because the LLM controller serves nothing without
   */
  readonly leaderWorkerSets?: LeaderWorkerSetKinds;
  readonly controllerResources?: ContainerResources;
}

/** Props of {@link KServe} that do not depend on how requests come in. */
export interface KServeBaseProps {
  /** Issues the webhooks' certificates. */
  readonly certificates: CertificateIssuer;
  /**
   * Domain that host names of InferenceServices are made in: `<name>-<namespace>.<domain>`.
   * @default 'example.com', which leads nowhere
   */
  readonly domain?: string;
  /** How InferenceServices are deployed that do not say: as Deployments and Services. @default 'Standard' */
  readonly defaultDeploymentMode?: 'Standard';
  /** Runtimes to offer. @default every one of {@link SERVING_RUNTIMES} */
  readonly runtimes?: readonly ServingRuntime[];
  /** What the download of a model may use. @default 100m CPU (at most 1), 100 MiB of memory (at most 1 GiB) */
  readonly storageInitializerResources?: ContainerResources;
  /** Settings of `inferenceservice-config`, field by field. @default upstream's, save where the docs page says otherwise */
  readonly config?: InferenceServiceConfigOverrides;
  /** LLMInferenceService: its controller, CRDs and presets; `false` leaves them out. @default they are there */
  readonly llm?: LlmProps | false;
  /** A cache of models on nodes. @default none, and none of its CRDs */
  readonly localModels?: LocalModelsProps;
  /** Who may read the controller's metrics. @default 'authorized' */
  readonly metrics?: MetricsAccess;
  /** Pods of the controller. @default 2 */
  readonly replicas?: number;
  /** What the controller may use. @default 100m CPU (at most 1), 200 MiB of memory (at most 512 MiB) */
  readonly controllerResources?: ContainerResources;
  /** PriorityClass of the controllers. @default the cluster's default */
  readonly priorityClassName?: string;
  /** Namespace to create and run in. @default 'kserve' */
  readonly namespace?: string;
}

/** Props of {@link KServe}: how requests come in is a choice of exactly one way. */
export type KServeProps = KServeBaseProps & KServeExposure;

const LLM_SERVER_RESOURCES: ContainerResources = { cpu: { request: '2', limit: '8' }, memory: { request: '8Gi', limit: '32Gi' } };

/**
 * KServe in Standard mode: models served by ordinary Deployments, described by InferenceServices and LLMInferenceServices.
 *
 * @see https://github.com/kserve/kserve/tree/v0.17.0/config
 */
export class KServe extends Component {
  /** Namespace of the controllers, presets and configuration. */
  readonly systemNamespace: string;
  /** The whole configuration, as it is written to `inferenceservice-config`. */
  readonly config: InferenceServiceConfig;
  /** Names of the runtimes offered, for `model.runtime` of an InferenceService. */
  readonly runtimes: readonly string[];

  /** @throws InvalidInputError for runtimes that exclude each other, amounts that are no quantities, or malformed names */
  constructor(scope: Construct, id: string, props: KServeProps) {
    const { certificates, priorityClassName } = props;
    const gatewayApi = props.gatewayApi ?? (props.ingress?.kind === 'gateway-api' ? props.ingress.gatewayApi : undefined);
    const leaderWorkerSets = props.llm === false ? undefined : props.llm?.leaderWorkerSets;
    super(scope, id, { version: KSERVE_VERSION, kubernetes: KSERVE_KUBERNETES, requires: [certificates, props.mesh, gatewayApi, leaderWorkerSets] });
    const namespace = new SystemNamespace(this, props.namespace ?? DEFAULT_NAMESPACE).name;
    this.systemNamespace = namespace;

    const llm = props.llm === false ? undefined : new LlmController(this, 'llm', { namespace, certificates, priorityClassName, resources: props.llm?.controllerResources });
    kserveCrds(this, { namespace, localModels: props.localModels !== undefined, ...(llm && { llm: llm.certificate }) });

    if (llm && !leaderWorkerSets) leaderWorkerSetCrds(this, 'leader-worker-set-crds');

    const { routedBy, config: ingress } = exposure(this, namespace, props);
    this.config = this.configuration(props, ingress);
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: 'inferenceservice-config', namespace },
      data: renderConfig(this, this.config),
    });

    const localModels = props.localModels !== undefined;
    new KServeController(this, 'controller', {
      namespace,
      certificates,
      routedBy,
      localModels,
      priorityClassName,
      metrics: props.metrics ?? 'authorized',
      replicas: props.replicas,
      resources: props.controllerResources,
    });
    userRoles(this);

    const { image, resources } = this.config.storageInitializer;
    new ClusterStorageContainer(this, 'storage', { name: 'default', image, resources, supports: SUPPORTED_URIS, supportsSeveral: true });
    if (props.localModels) new LocalModelCache(this, 'local-models', { ...props.localModels, namespace, certificates, priorityClassName, storageInitializer: { image, resources } });

    const runtimes = props.runtimes ?? Object.values(SERVING_RUNTIMES);
    checkRuntimes(runtimes, this.node.path);
    for (const runtime of runtimes) new ClusterServingRuntime(this, `runtime-${runtime.name}`, runtime);
    this.runtimes = runtimes.map(({ name }) => name);

    if (props.llm !== false) {
      new LlmPresets(this, 'llm-presets', { namespace, resources: props.llm?.serverResources ?? LLM_SERVER_RESOURCES, rdma: props.llm?.rdma ?? false });
    }
  }

  private configuration(props: KServeProps, ingress: ReturnType<typeof exposure>['config']): InferenceServiceConfig {
    const { config = {}, storageInitializerResources, defaultDeploymentMode, localModels, domain } = props;
    const overrides: InferenceServiceConfigOverrides = {
      ...config,
      ...(storageInitializerResources && { storageInitializer: { ...config.storageInitializer, resources: storageInitializerResources } }),
      ...(defaultDeploymentMode && { deploy: { ...config.deploy, defaultDeploymentMode } }),
    };
    return completeConfig(overrides, {
      domain,
      exposure: ingress,
      ...(localModels && { localModel: { enabled: true, jobNamespace: localModels.jobNamespace ?? DEFAULT_JOB_NAMESPACE } }),
    });
  }
}
