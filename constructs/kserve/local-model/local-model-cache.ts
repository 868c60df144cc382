import { Construct } from 'constructs';
import { ALL_PODS, allow, ANYWHERE, type CertificateIssuer, type ContainerResources, HardenedDaemonSet, type Image, ServiceIdentity, SystemNamespace, tcpProbe, TO_API_SERVER } from '../../core';
import { kserveController } from '../controller';
import { CONTROLLER_POD_METADATA, CONTROLLER_RESOURCES, managerContainer } from '../controller-pod';
import { KSERVE_IMAGES } from '../images';
import { LEADER_ELECTION_RULES } from '../manager/rbac';
import { CONTROLLER_USER, controllerSelector, HEALTH_PORT } from '../names';
import { ClusterStorageContainer, SUPPORTED_URIS } from '../storage-container';
import { validatingWebhooks } from '../webhooks';
import { DOWNLOAD_RULES, LOCAL_MODEL_AGENT_RULES, LOCAL_MODEL_CONTROLLER_RULES } from './rbac';

/** What a platform chooses about the cache of models on nodes. */
export interface LocalModelsProps {
  /** Namespace the download jobs run in. @default 'kserve-localmodel-jobs' */
  readonly jobNamespace?: string;
  /** Namespace of the agents; apart from the controllers', because they mount a directory of the node. @default 'kserve-localmodel-agents' */
  readonly agentNamespace?: string;
  /** Directory on the node that models are kept in. @default '/models' */
  readonly hostPath?: string;
  /** Nodes with a cache. @default { 'kserve/localmodel': 'worker' } */
  readonly nodeSelector?: Readonly<Record<string, string>>;
}

/** Props of {@link LocalModelCache}. */
export interface LocalModelCacheProps extends LocalModelsProps {
  readonly priorityClassName?: string;
  readonly namespace: string;
  readonly certificates: CertificateIssuer;
  /** The program of the download jobs. */
  readonly storageInitializer: { readonly image: Image; readonly resources: ContainerResources };
}

/** Namespace the download jobs run in, unless the platform wants another. */
export const DEFAULT_JOB_NAMESPACE = 'kserve-localmodel-jobs';

const CONTROLLER = 'kserve-localmodel-controller-manager';
const AGENT = 'kserve-localmodelnode-agent';
const WEBHOOK_SERVICE = 'localmodel-webhook-server-service';
/** User and group of the storage initializer's image, who own the files it downloads. */
const FILE_OWNER = 1000;

/**
 * Models kept on nodes, so that servers start without a download: a controller that spreads LocalModelCaches over nodes, an agent on
 * each of them, and the jobs it starts.
 *
 * @see https://github.com/kserve/kserve/tree/v0.17.0/config/localmodels
 */
export class LocalModelCache extends Construct {
  constructor(scope: Construct, id: string, props: LocalModelCacheProps) {
    super(scope, id);
    this.controller(props);
    const jobs = new SystemNamespace(this, props.jobNamespace ?? DEFAULT_JOB_NAMESPACE);
    // Model stores are anywhere: other namespaces, the company's network, the internet.
    allow(this, 'downloads', { namespace: jobs.name, policyName: 'model-downloads', egress: [{ to: ANYWHERE }] });
    this.agent(props, jobs.name);
    new ClusterStorageContainer(this, 'download', {
      name: 'local-model-download',
      ...props.storageInitializer,
      supports: SUPPORTED_URIS,
      workload: 'localModelDownloadJob',
    });
  }

  private controller({ namespace, certificates, priorityClassName }: LocalModelCacheProps): void {
    const labels = { 'app.kubernetes.io/name': CONTROLLER };
    const identity = new ServiceIdentity(this, 'controller-identity', { name: CONTROLLER, namespace, labels })
      .grantInCluster({ name: 'kserve-localmodel-manager-role', bindingName: 'kserve-localmodel-manager-rolebinding', rules: LOCAL_MODEL_CONTROLLER_RULES })
      .grantInNamespace({ name: 'kserve-localmodel-leader-election-role', rules: LEADER_ELECTION_RULES });
    const certificate = certificates.servingCertificate(this, 'serving-cert', {
      name: 'localmodel-serving-cert',
      namespace,
      secretName: 'localmodel-webhook-server-cert',
      services: [WEBHOOK_SERVICE],
    });
    kserveController(this, {
      name: CONTROLLER,
      labels,
      serviceAccount: identity.name,
      apiAccess: 'The controller watches LocalModelCaches and nodes, and makes the volumes that servers read models from.',
      priorityClassName,
      runAsUser: CONTROLLER_USER,
      terminationGracePeriodSeconds: 10,
      // Nothing reads its metrics, which it serves without any guard: they stay in the pod.
      containers: [managerContainer({ image: KSERVE_IMAGES.localModelController, args: ['--metrics-addr=127.0.0.1:8080', '--leader-elect'], readyMeansWebhooks: false })],
      server: { service: WEBHOOK_SERVICE, namespace, certificate },
      webhooks: (server) =>
        validatingWebhooks(this, 'localmodelcache.serving.kserve.io', server, [
          {
            name: 'localmodelcache.kserve-webhook-server.validator',
            path: '/validate-serving-kserve-io-v1alpha1-localmodelcache',
            resource: 'localmodelcaches',
            version: 'v1alpha1',
            operations: ['CREATE', 'UPDATE', 'DELETE'],
          },
        ]),
    });
  }

  private agent(props: LocalModelCacheProps, jobNamespace: string): void {
    const selector = controllerSelector(AGENT);
    const agents = new SystemNamespace(this, props.agentNamespace ?? 'kserve-localmodel-agents', {
      podSecurity: 'privileged',
      waivers: [{ policy: 'pod-security-enforced', reason: 'The agents look after a directory of the node; a hostPath volume needs this level. Nothing else runs here.' }],
    });
    const identity = new ServiceIdentity(this, 'agent-identity', { name: AGENT, namespace: agents.name })
      .grantInCluster({ name: 'kserve-localmodelnode-agent-role', bindingName: 'kserve-localmodelnode-agent-rolebinding', rules: LOCAL_MODEL_AGENT_RULES })
      .grantInNamespace({ name: 'kserve-localmodelnode-agent-downloads', namespace: jobNamespace, rules: DOWNLOAD_RULES })
      .grantInNamespace({
        name: 'kserve-localmodelnode-agent-config',
        namespace: props.namespace,
        rules: [{ resources: ['configmaps'], resourceNames: ['inferenceservice-config'], verbs: ['get'] }],
      });
    new HardenedDaemonSet(this, 'agent', {
      name: AGENT,
      namespace: agents.name,
      selector,
      labels: { 'app.kubernetes.io/name': AGENT },
      podLabels: { 'app.kubernetes.io/name': AGENT, ...CONTROLLER_POD_METADATA.labels },
      podAnnotations: CONTROLLER_POD_METADATA.annotations,
      serviceAccount: identity.name,
      apiAccess: 'The agent watches the LocalModelNode of its node, starts download jobs, and reports what is there.',
      priorityClassName: props.priorityClassName,
      nodeSelector: props.nodeSelector ?? { 'kserve/localmodel': 'worker' },
      runAsUser: FILE_OWNER,
      runAsGroup: FILE_OWNER,
      terminationGracePeriodSeconds: 10,
      waivers: [{ policy: 'host-path', reason: 'It keeps models in a directory of the node, and clears away those no longer wanted.' }],
      volumes: [{ name: 'models', hostPath: { path: props.hostPath ?? '/models', type: 'DirectoryOrCreate' } }],
      containers: [
        {
          name: 'manager',
          image: KSERVE_IMAGES.localModelAgent,
          command: ['/manager'],
          // The configuration is in the controllers' namespace, not in its own.
          env: { POD_NAMESPACE: props.namespace, NODE_NAME: { field: 'spec.nodeName' } },
          resources: CONTROLLER_RESOURCES,
          // It listens here but knows no paths.
          readiness: tcpProbe(HEALTH_PORT),
          liveness: tcpProbe(HEALTH_PORT),
          mounts: [{ name: 'models', mountPath: '/mnt/models' }],
        },
      ],
    });
    allow(this, 'agent-traffic', {
      namespace: agents.name,
      policyName: AGENT,
      pods: selector,
      ingress: [{ from: [ALL_PODS], ports: [8080] }],
      egress: [TO_API_SERVER],
    });
  }
}
