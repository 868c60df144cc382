import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  ALL_PODS,
  allow,
  checkWholeNumber,
  Component,
  type ContainerResources,
  HardenedDeployment,
  hasToken,
  httpProbe,
  InvalidInputError,
  type ManagerOptions,
  type ServiceAccountRef,
  SystemNamespace,
  TO_API_SERVER,
  type WorkloadIdentity,
} from '../core';
import { type Expander, expanderFlag, PRIORITIES_CONFIG_MAP, priorities } from './expander';
import { clusterAutoscalerImage } from './images';
import { autoscalerIdentity } from './rbac';
import { type ScaleDownSetting, scaleDownFlags, type ScaleUp, scaleUpFlags } from './settings';
import { autoscalerVersion } from './versions';

/** Who the autoscaler is, for whoever grants it the use of Auto Scaling groups before it is declared. */
export const CLUSTER_AUTOSCALER_SERVICE_ACCOUNT = { namespace: 'cluster-autoscaler', name: 'cluster-autoscaler' } as const satisfies ServiceAccountRef;

/** Props of {@link ClusterAutoscaler}. */
export interface ClusterAutoscalerProps extends ManagerOptions {
  /** Name of the EKS cluster; Auto Scaling groups with the tag `k8s.io/cluster-autoscaler/<name>` are its node groups. */
  readonly clusterName: string;
  /** AWS region, e.g. `eu-central-1`. */
  readonly region: string;
  /** What proves to AWS who it is. */
  readonly identity: WorkloadIdentity;
  /** Version of the cluster, e.g. `1.35`: the autoscaler of the same minor is deployed. */
  readonly kubernetesVersion: string;
  /** Which node group grows when several could; the next one decides where the first leaves several. @default ['least-waste'] */
  readonly expanders?: readonly [Expander, ...Expander[]];
  /** When nodes go; `false`: never. @default the program's own, but nodes go although their pods keep files on them */
  readonly scaleDown?: ScaleDownSetting;
  readonly scaleUp?: ScaleUp;
  /**
   * What it may use. It keeps every pod and node in memory and simulates the scheduler over them.
   *
   * @default cpu 100m (limit 1), memory 600Mi (limit 2Gi)
   */
  readonly resources?: ContainerResources;
}

const PORT = 8085;
const USER = 65532;
const SELECTOR = { app: 'cluster-autoscaler' } as const;

/**
 * Cluster Autoscaler for EKS: node groups grow when pods find no place, and shrink when nodes are not needed.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/cluster-autoscaler-1.36.1/cluster-autoscaler/cloudprovider/aws
 */
export class ClusterAutoscaler extends Component {
  /** Who it is, for grants. */
  readonly serviceAccount: ServiceAccountRef = CLUSTER_AUTOSCALER_SERVICE_ACCOUNT;

  constructor(scope: Construct, id: string, props: ClusterAutoscalerProps) {
    super(scope, id, { version: autoscalerVersion(props.kubernetesVersion, id) });
    const { clusterName, region, identity, expanders = ['least-waste'], logLevel = 2 } = props;
    const where = this.node.path;
    checkText('clusterName', clusterName, /^[0-9A-Za-z][\w-]{0,99}$/, "the name of an EKS cluster, such as 'kubeflow'", where);
    checkText('region', region, /^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region such as 'eu-central-1'", where);
    checkWholeNumber('logLevel', logLevel, where, { least: 1 });

    const { namespace, name } = CLUSTER_AUTOSCALER_SERVICE_ACCOUNT;
    const image = clusterAutoscalerImage(props.kubernetesVersion, where);
    const byPriority = priorities(expanders, where);
    const args = [
      `--v=${logLevel}`,
      '--stderrthreshold=info',
      '--cloud-provider=aws',
      `--cluster-name=${clusterName}`,
      // Where its lease and ConfigMaps are.
      `--namespace=${namespace}`,
      `--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/${clusterName}`,
      `--expander=${expanderFlag(expanders, where)}`,
      ...scaleUpFlags(props.scaleUp ?? {}, where),
      ...scaleDownFlags(props.scaleDown ?? {}, where),
    ];

    new SystemNamespace(this, namespace);
    autoscalerIdentity(this, CLUSTER_AUTOSCALER_SERVICE_ACCOUNT, identity);
    if (byPriority !== undefined) {
      new k8s.KubeConfigMap(this, 'priorities', { metadata: { name: PRIORITIES_CONFIG_MAP, namespace }, data: { priorities: byPriority } });
    }
    new HardenedDeployment(this, 'deployment', {
      name,
      namespace,
      selector: SELECTOR,
      podLabels: identity.podLabels,
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(PORT) },
      replicas: props.replicas,
      serviceAccount: name,
      apiAccess: 'It watches pods and nodes, evicts pods from nodes that are to go, and taints those.',
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      // Where pods find no place, it must not be among them.
      priorityClassName: props.priorityClassName ?? 'system-cluster-critical',
      containers: [
        {
          name: 'cluster-autoscaler',
          image,
          command: ['/cluster-autoscaler'],
          args,
          env: { AWS_REGION: region },
          ports: { http: PORT },
          resources: props.resources ?? { cpu: { request: '100m', limit: '1' }, memory: { request: '600Mi', limit: '2Gi' } },
          // It answers as long as its loop goes round, or it does not lead.
          liveness: httpProbe('/health-check', 'http', { initialDelaySeconds: 30, periodSeconds: 20, timeoutSeconds: 5 }),
          readiness: httpProbe('/health-check', 'http', { periodSeconds: 10, timeoutSeconds: 5 }),
        },
      ],
    });
    allow(this, 'network', {
      namespace,
      policyName: name,
      pods: SELECTOR,
      ingress: [{ from: [ALL_PODS], ports: [PORT] }],
      // AWS's own addresses are on port 443, as the API server is.
      egress: [TO_API_SERVER, ...identity.egress],
    });
  }
}

function checkText(property: string, value: string, form: RegExp, expected: string, where: string): void {
  if (!hasToken(value) && !form.test(value)) throw new InvalidInputError({ property, value, expected, where });
}
