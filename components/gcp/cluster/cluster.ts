import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import { protectedBy, type Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import type { ReleaseChannel } from '../lookups';
import { MAX_PODS_LIMITS, RANGE_LIMITS, readRange } from '../network/ranges';
import type { NodeAccount } from '../nodes/account';
import { hardenedNode } from '../nodes/hardening';
import { type ApiAccess, checkAccess } from './access';
import { type MaintenanceWindow, recurringWindow } from './maintenance';
import { contextName, type GkeTarget, kubeconfigText } from './target';
import { checkSupported } from './version';

/** Longest name of a cluster. @see https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
export const MAX_CLUSTER_NAME = 40;

/** Props of {@link GkeCluster}. */
export interface GkeClusterArgs extends ApiAccess {
  readonly project: string;
  readonly region: string;
  /** Name of the cluster: at most 40 lower-case letters, digits and `-`, a letter first. It cannot be changed later. */
  readonly clusterName: string;
  readonly network: ClusterNetwork;
  /** Range of the control plane's private endpoint, a /28. @default '172.16.0.0/28' */
  readonly controlPlaneCidr?: string;
  /** Pods on a node of pools that say nothing of it. @default 110 */
  readonly maxPodsPerNode?: number;
  /** Key that Secrets are encrypted with. */
  readonly secretsKey: pulumi.Input<string>;
  /** Key of the boot disks that nodes have which exist while the cluster is made. */
  readonly diskKey: pulumi.Input<string>;
  /** What those nodes are. */
  readonly nodeAccount: NodeAccount;
  /** Kubernetes versions that every component supports, e.g. `>=1.33.0 <1.37.0`. */
  readonly supported: string;
  /** Version to begin with, e.g. `1.34`; the channel moves it on. @default what the channel gives to new clusters */
  readonly version?: string;
  /** @default 'REGULAR' */
  readonly releaseChannel?: ReleaseChannel;
  /** Group of Google Workspace or Cloud Identity, `gke-security-groups@…`: groups in it can be named in RBAC. @default none; CIS GKE 5.8.2 asks for one */
  readonly securityGroup?: string;
  readonly maintenance?: MaintenanceWindow;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A regional GKE cluster with private nodes, without a pool of nodes of its own.
 *
 * @throws InvalidInputError for a name, version, range, maintenance window or list of networks that cannot be right
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 */
export class GkeCluster extends pulumi.ComponentResource implements GkeTarget {
  readonly project: string;
  readonly location: string;
  readonly clusterName: pulumi.Output<string>;
  readonly workloadPool: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly context: string;
  readonly maxPodsPerNode: number;

  constructor(name: string, args: GkeClusterArgs, options?: pulumi.ComponentResourceOptions) {
    const settings = clusterSettings(name, args);
    super('kubeflow-cdk:gcp:GkeCluster', name, {}, options);
    const retention = args.retention ?? 'keep';
    const cluster = new gcp.container.Cluster(
      name,
      { ...settings.cluster, deletionProtection: retention === 'keep' },
      // The pool that GKE insists on is removed at once, and what it was like means nothing afterwards.
      { ...protectedBy(retention, this), ignoreChanges: ['nodeConfig', 'initialNodeCount'] },
    );
    this.project = args.project;
    this.location = args.region;
    this.maxPodsPerNode = settings.maxPodsPerNode;
    this.clusterName = cluster.name;
    this.workloadPool = cluster.workloadIdentityConfig.apply(({ workloadPool }) => workloadPool ?? '');
    this.context = contextName(args.project, args.region, args.clusterName);
    this.kubeconfig = pulumi.secret(this.kubeconfigOf(cluster, args.dnsEndpoint ?? false));
    this.registerOutputs({ clusterName: this.clusterName, kubeconfig: this.kubeconfig, context: this.context });
  }

  private kubeconfigOf(cluster: gcp.container.Cluster, dnsEndpoint: boolean): pulumi.Output<string> {
    if (dnsEndpoint) return cluster.controlPlaneEndpointsConfig.apply(({ dnsEndpointConfig }) => kubeconfigText(this.context, { host: dnsEndpointConfig?.endpoint ?? '' }));
    return pulumi.all([cluster.endpoint, cluster.masterAuth]).apply(([host, { clusterCaCertificate }]) => kubeconfigText(this.context, { host, ca: clusterCaCertificate }));
  }
}

function clusterSettings(where: string, args: GkeClusterArgs): { readonly maxPodsPerNode: number; readonly cluster: gcp.container.ClusterArgs } {
  checkArgs(where, args);
  const maxPodsPerNode = checkWholeNumber('maxPodsPerNode', args.maxPodsPerNode ?? 110, where, MAX_PODS_LIMITS);
  const cluster = {
    name: args.clusterName,
    project: args.project,
    location: args.region,
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: hardenedNode(args.nodeAccount.email, args.diskKey),
    minMasterVersion: args.version,
    releaseChannel: { channel: args.releaseChannel ?? 'REGULAR' },
    maintenancePolicy: { recurringWindow: recurringWindow(args.maintenance ?? {}, where) },
    ...networkSettings(args.network),
    defaultMaxPodsPerNode: maxPodsPerNode,
    ...accessSettings(args),
    ...hardening(args),
    ...OBSERVED,
    addonsConfig: ADDONS,
    secretManagerConfig: { enabled: true, rotationConfig: { enabled: true, rotationInterval: '120s' } },
  };
  return { maxPodsPerNode, cluster };
}

function checkArgs(where: string, { clusterName, supported, version, securityGroup, ...args }: GkeClusterArgs): void {
  if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(clusterName) || clusterName.length > MAX_CLUSTER_NAME) {
    const expected = `at most ${MAX_CLUSTER_NAME} lower-case letters, digits and "-", a letter first, a letter or digit last`;
    throw new InvalidInputError({ property: 'clusterName', value: clusterName, expected, where });
  }
  if (version !== undefined) checkSupported(version, { supported, where });
  if (securityGroup !== undefined && !/^gke-security-groups@[^@\s]+\.[^@\s]+$/.test(securityGroup)) {
    throw new InvalidInputError({ property: 'securityGroup', value: securityGroup, expected: "the group 'gke-security-groups@…' of your domain: GKE takes no other name", where });
  }
  if (args.controlPlaneCidr !== undefined) readRange('controlPlaneCidr', args.controlPlaneCidr, RANGE_LIMITS.controlPlane, where);
  checkAccess(args, where);
}

function networkSettings(network: ClusterNetwork): gcp.container.ClusterArgs {
  return {
    network: network.networkId,
    subnetwork: network.subnetId,
    networkingMode: 'VPC_NATIVE',
    ipAllocationPolicy: { clusterSecondaryRangeName: network.podRange, servicesSecondaryRangeName: network.serviceRange },
    // Cilium in the kernel: it is what enforces network policies.
    datapathProvider: 'ADVANCED_DATAPATH',
    enableIntranodeVisibility: true,
    enableL4IlbSubsetting: true,
    // A Service could otherwise claim traffic to any address.
    serviceExternalIpsConfig: { enabled: false },
  };
}

function accessSettings({ authorizedNetworks = [], publicEndpoint = false, dnsEndpoint = false, controlPlaneCidr = '172.16.0.0/28' }: GkeClusterArgs): gcp.container.ClusterArgs {
  return {
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: !publicEndpoint,
      masterIpv4CidrBlock: controlPlaneCidr,
      masterGlobalAccessConfig: { enabled: false },
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: authorizedNetworks.map(({ name, cidr }) => ({ displayName: name, cidrBlock: cidr })),
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
    },
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: dnsEndpoint }, ipEndpointsConfig: { enabled: true } },
  };
}

function hardening({ project, secretsKey, securityGroup }: GkeClusterArgs): gcp.container.ClusterArgs {
  return {
    workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
    databaseEncryption: { state: 'ENCRYPTED', keyName: secretsKey },
    binaryAuthorization: { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
    enableShieldedNodes: true,
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    // Strangers may ask whether the API server is well, and nothing else; and no role can be bound to them.
    anonymousAuthenticationConfig: { mode: 'LIMITED' },
    rbacBindingConfig: { enableInsecureBindingSystemUnauthenticated: false },
    securityPostureConfig: { mode: 'BASIC' },
    nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
    ...(securityGroup !== undefined && { authenticatorGroupsConfig: { securityGroup } }),
  };
}

const OBSERVED = {
  loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER'] },
  monitoringConfig: {
    enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'STORAGE', 'POD', 'DEPLOYMENT', 'STATEFULSET', 'DAEMONSET', 'HPA', 'CADVISOR', 'KUBELET', 'DCGM'],
    managedPrometheus: { enabled: true },
    advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
  },
  costManagementConfig: { enabled: true },
} satisfies gcp.container.ClusterArgs;

const ADDONS: gcp.types.input.container.ClusterAddonsConfig = {
  gcePersistentDiskCsiDriverConfig: { enabled: true },
  gcpFilestoreCsiDriverConfig: { enabled: true },
  gcsFuseCsiDriverConfig: { enabled: true },
  dnsCacheConfig: { enabled: true },
  horizontalPodAutoscaling: { disabled: false },
  httpLoadBalancing: { disabled: false },
  // Calico's: the data plane does it itself.
  networkPolicyConfig: { disabled: true },
};
