import path from 'node:path';
import { Construct } from 'constructs';
import { type CertificateIssuer, checkWholeNumber, Component, type ContainerResources, CustomResourceDefinitions, type Image, InvalidInputError, type ManagerOptions, SystemNamespace } from '../core';
import type { JobSets } from '../jobset';
import { CERTIFICATE_SECRET, configText, SERVICE_NAME, type TrainerConfig } from './config';
import { controller } from './controller';
import { dataCache, type DataCacheProps } from './data-cache';
import { TRAINER_IMAGES } from './images';
import { controllerIdentity } from './rbac';
import { ClusterTrainingRuntime, type ClusterTrainingRuntimeRef } from './runtime';
import { RUNTIME_IDS, type RuntimeId, type RuntimeOptions, type RuntimePodSecurity, RUNTIMES } from './runtimes';
import { DEFAULT_READERS, userRoles } from './user-roles';
import { TRAINER_KUBERNETES, TRAINER_VERSION } from './versions';
import { webhooks } from './webhooks';

/** Props of {@link Trainer}. */
export interface TrainerProps<R extends RuntimeId = RuntimeId> extends ManagerOptions {
  /** JobSet, of which every training job is made. */
  readonly jobSets: JobSets;
  /** Issues the certificate of its webhooks. */
  readonly certificates: CertificateIssuer;
  /** Where the controller runs; the Python SDK looks for it in `kubeflow-system`. @default a namespace of its own, `kubeflow-system` */
  readonly namespace?: SystemNamespace;
  /** @default ghcr.io/kubeflow/trainer/trainer-controller-manager at the version of this component */
  readonly image?: Image;
  /**
   * What the controller may use. It keeps the cluster's Secrets and ConfigMaps in memory.
   *
   * @default cpu 100m (limit 1), memory 128Mi (limit 1Gi)
   */
  readonly resources?: ContainerResources;
  /** @default upstream's defaults, with leader election, and certificates from `certificates` */
  readonly config?: TrainerConfig;
  /** Runtimes to install. @default every one that comes with this version */
  readonly runtimes?: readonly R[];
  /** What differs in them. @default nothing */
  readonly runtimeOptions?: Readonly<Partial<Record<NoInfer<R>, RuntimeOptions>>>;
  /** Which Pod Security Standard their pods meet. @default 'restricted' */
  readonly runtimePodSecurity?: RuntimePodSecurity;
  /**
   * Groups that may list the runtimes that come with the platform, and read its version, which the Python SDK does. Where strangers
   * can authenticate (on GKE anyone with a Google account can), name the groups of your users.
   *
   * @default ['system:authenticated']: everybody with credentials for the cluster
   */
  readonly readers?: readonly string[];
  /** Who may use the data cache. @default nobody: its runtime is there, but no namespace has the ServiceAccount it needs */
  readonly dataCache?: DataCacheProps;
}

/**
 * Kubeflow Trainer: distributed training and fine-tuning, as TrainJobs that refer to runtimes.
 *
 * @see https://github.com/kubeflow/trainer/tree/v2.2.0/manifests
 */
export class Trainer<R extends RuntimeId = RuntimeId> extends Component {
  /** Runtimes installed, for TrainJobs. */
  readonly runtimes: Readonly<Record<R, ClusterTrainingRuntimeRef>>;
  /** Name of the namespace the controller runs in. */
  readonly namespaceName: string;

  constructor(scope: Construct, id: string, props: TrainerProps<R>) {
    super(scope, id, { version: TRAINER_VERSION, kubernetes: TRAINER_KUBERNETES, requires: [props.certificates, props.jobSets, props.dataCache?.leaderWorkerSets] });
    const { config = {} } = props;
    const namespace = (props.namespace ?? new SystemNamespace(this, 'kubeflow-system')).name;
    this.namespaceName = namespace;

    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'crds.json') });
    const certificate = props.certificates.servingCertificate(this, 'certificate', {
      name: CERTIFICATE_SECRET,
      namespace,
      secretName: CERTIFICATE_SECRET,
      services: [SERVICE_NAME],
    });
    const identity = controllerIdentity(this, namespace);
    controller(this, {
      namespace,
      serviceAccount: identity.name,
      image: props.image ?? TRAINER_IMAGES.controller,
      replicas: props.replicas,
      resources: props.resources ?? { cpu: { request: '100m', limit: '1' }, memory: { request: '128Mi', limit: '1Gi' } },
      priorityClassName: props.priorityClassName,
      logLevel: props.logLevel,
      config: configText(config, this.node.path),
      servesStatus: config.trainJobStatus ?? false,
      certificate,
    });
    webhooks(this, namespace, certificate);
    userRoles(this, namespace, checkReaders(props.readers ?? DEFAULT_READERS, this.node.path));
    dataCache(this, props.dataCache);
    this.runtimes = this.installRuntimes(props);
  }

  private installRuntimes(props: TrainerProps<R>): Readonly<Record<R, ClusterTrainingRuntimeRef>> {
    const ids: readonly RuntimeId[] = props.runtimes ?? RUNTIME_IDS;
    const options: Readonly<Partial<Record<RuntimeId, RuntimeOptions>>> = props.runtimeOptions ?? {};
    const podSecurity = props.runtimePodSecurity ?? 'restricted';
    const runtimes = new Construct(this, 'runtimes');
    const refs = ids.map((id) => {
      const definition = RUNTIMES[id];
      const scope = new Construct(runtimes, definition.name);
      checkNodes(options[id]?.nodes, id, this.node.path);
      const spec = definition.spec({ scope, podSecurity, options: options[id] ?? {} });
      const runtime = new ClusterTrainingRuntime(scope, 'cluster', { name: definition.name, framework: definition.framework, spec, waivers: definition.waivers(podSecurity) });
      return [id, runtime.ref] as const;
    });
    return Object.fromEntries(refs) as Record<R, ClusterTrainingRuntimeRef>;
  }
}

function checkReaders(readers: readonly string[], where: string): readonly string[] {
  if (readers.length === 0 || readers.some((name) => name.trim() === '')) {
    throw new InvalidInputError({ property: 'readers', value: readers, expected: 'names of groups, at least one', where });
  }
  return readers;
}

function checkNodes(nodes: number | undefined, id: string, where: string): void {
  if (nodes !== undefined) checkWholeNumber(`runtimeOptions.${id}.nodes`, nodes, where, { least: 1 });
}
