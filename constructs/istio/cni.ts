import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  ALL_PODS,
  allow,
  type ContainerResources,
  type EnvValue,
  httpProbe,
  type Image,
  type PodProps,
  podTemplate,
  ServiceIdentity,
  SystemNamespace,
  TO_API_SERVER,
  type Waiver,
  waiverAnnotations,
  workloadWaivers,
} from '../core';
import { OUT_OF_MESH, scraped } from './labels';
import { ISTIO_VERSION } from './versions';

/** Name of the DaemonSet; the plugin itself knows it by this name. */
const DAEMON_SET = 'istio-cni-node';
const NAME = 'istio-cni';
const CONFIG = 'istio-cni-config';
const PORTS = { health: 8000, metrics: 15_014 } as const;

/** Props of {@link Cni}. */
export interface CniProps {
  readonly namespace: string;
  readonly image: Image;
  /** Directory on the nodes that has the CNI plugins' programs. */
  readonly binDir: string;
  /** Directory on the nodes that has the CNI configuration. */
  readonly confDir: string;
  readonly resources?: ContainerResources;
}

/**
 * The CNI agent on every node: with it, sending a pod's traffic through its sidecar needs no privileges in the pod. It therefore has
 * them itself, in a namespace of its own.
 */
export class Cni extends Construct {
  constructor(scope: Construct, id: string, props: CniProps) {
    super(scope, id);
    const namespace = new SystemNamespace(this, props.namespace, {
      podSecurity: 'privileged',
      // Warning about every pod here would say what the waiver already says.
      labels: { 'istio-injection': 'disabled', 'pod-security.kubernetes.io/warn': 'privileged' },
      waivers: [{ policy: 'pod-security-enforced', reason: 'The CNI agent writes its plugin to the host and enters pods\' network namespaces; nothing else runs here.' }],
    });
    const identity = new ServiceIdentity(this, 'identity', { name: NAME, namespace: namespace.name })
      // Also what the plugin itself uses, on the node: it looks at the pod that is being started.
      .grantInCluster({ name: NAME, rules: [{ resources: ['pods'], verbs: ['get'] }] })
      .grantInCluster({
        name: `${NAME}-repair-role`,
        bindingName: `${NAME}-repair-rolebinding`,
        rules: [
          { resources: ['pods'], verbs: ['get', 'list', 'watch'] },
          { resources: ['events'], verbs: ['create', 'patch'] },
        ],
      });
    new k8s.KubeConfigMap(this, 'config', { metadata: { name: CONFIG, namespace: namespace.name }, data: configuration(namespace.name) });
    // Some clouds admit pods of node-critical priority only where a quota speaks of them.
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: `${NAME}-resource-quota`, namespace: namespace.name },
      spec: {
        hard: { pods: k8s.Quantity.fromString('5000') },
        scopeSelector: { matchExpressions: [{ operator: 'In', scopeName: 'PriorityClass', values: ['system-node-critical'] }] },
      },
    });

    const selector = { 'k8s-app': DAEMON_SET };
    const pods: PodProps = {
      selector,
      podLabels: OUT_OF_MESH,
      podAnnotations: scraped(PORTS.metrics, '/metrics'),
      serviceAccount: identity.name,
      apiAccess: 'The agent watches the pods of its node, to repair those whose traffic was not redirected when they started.',
      runAsNonRoot: false,
      runAsUser: 0,
      runAsGroup: 0,
      priorityClassName: 'system-node-critical',
      // Every node: a pod of the mesh may be started on any.
      tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }, { operator: 'Exists', effect: 'NoExecute' }, { key: 'CriticalAddonsOnly', operator: 'Exists' }],
      terminationGracePeriodSeconds: 30,
      containers: [
        {
          name: 'install-cni',
          image: props.image,
          command: ['install-cni'],
          args: ['--log_output_level=info'],
          env: environment(namespace.name),
          ports: { metrics: PORTS.metrics },
          resources: props.resources ?? { cpu: { request: '100m', limit: '1' }, memory: { request: '100Mi', limit: '512Mi' } },
          readiness: httpProbe('/readyz', PORTS.health),
          liveness: httpProbe('/healthz', PORTS.health, { initialDelaySeconds: 10 }),
          security: {
            runAsUser: 0,
            runAsGroup: 0,
            runAsNonRoot: false,
            // Kubernetes refuses SYS_ADMIN without it.
            allowPrivilegeEscalation: true,
            addCapabilities: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'],
          },
          mounts: [
            // iptables takes its lock here. First, because the socket's directory may be below it.
            { name: 'run', mountPath: '/run' },
            { name: 'cni-bin-dir', mountPath: '/host/opt/cni/bin' },
            { name: 'cni-net-dir', mountPath: '/host/etc/cni/net.d' },
            { name: 'cni-socket-dir', mountPath: '/var/run/istio-cni' },
            { name: 'cni-host-procfs', mountPath: '/host/proc', readOnly: true },
          ],
        },
      ],
      volumes: [
        { name: 'cni-bin-dir', hostPath: { path: props.binDir } },
        { name: 'cni-net-dir', hostPath: { path: props.confDir } },
        { name: 'cni-socket-dir', hostPath: { path: '/var/run/istio-cni', type: 'DirectoryOrCreate' } },
        { name: 'cni-host-procfs', hostPath: { path: '/proc', type: 'Directory' } },
        { name: 'run', emptyDir: { medium: 'Memory' } },
      ],
    };
    new ApiObject(this, 'node-agent', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: {
        name: DAEMON_SET,
        namespace: namespace.name,
        labels: selector,
        annotations: waiverAnnotations(workloadWaivers({ ...pods, waivers: WAIVERS }), this.node.path),
      },
      spec: {
        revisionHistoryLimit: 3,
        selector: { matchLabels: selector },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        template: k8s.toJson_PodTemplateSpec(podTemplate(this, pods, false)),
      },
      // AppArmor's usual profile forbids what the capabilities permit. The field is younger than the typed API, which would drop it.
    }).addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/securityContext/appArmorProfile', { type: 'Unconfined' }));

    allow(this, 'network', {
      namespace: namespace.name,
      policyName: NAME,
      pods: selector,
      ingress: [{ from: [ALL_PODS], ports: [PORTS.metrics] }],
      egress: [TO_API_SERVER],
    });
  }
}

const WAIVERS: readonly Waiver[] = [
  { policy: 'host-path', reason: 'It installs the CNI plugin and its configuration on the node, talks to it by a socket there, and finds pods\' network namespaces in /proc.' },
  { policy: 'run-as-non-root', reason: 'The directories it writes to on the node belong to root.' },
  { policy: 'capabilities', reason: 'Entering a pod\'s network namespace and setting its routes and iptables rules need SYS_ADMIN, SYS_PTRACE, NET_ADMIN, NET_RAW and DAC_OVERRIDE; it is not privileged beyond these.' },
  { policy: 'net-raw-capability', reason: 'iptables needs NET_RAW to change the nat table of a pod it repairs.' },
  { policy: 'privilege-escalation', reason: 'Kubernetes does not accept a container with SYS_ADMIN that may not escalate.' },
  { policy: 'apparmor-profile', reason: 'The profile of container runtimes denies mounting and tracing, which it takes to enter the network namespaces of pods.' },
];

/** Settings, by the names of the agent's flags. Pods the plugin missed are repaired in place, which needs no rights to delete or label them. */
function configuration(namespace: string): Record<string, string> {
  return {
    CURRENT_AGENT_VERSION: ISTIO_VERSION,
    AMBIENT_ENABLED: 'false',
    CHAINED_CNI_PLUGIN: 'true',
    ISTIO_OWNED_CNI_CONFIG: 'false',
    EXCLUDE_NAMESPACES: `kube-system,${namespace}`,
    NATIVE_NFTABLES: 'false',
    REPAIR_ENABLED: 'true',
    REPAIR_REPAIR_PODS: 'true',
    REPAIR_DELETE_PODS: 'false',
    REPAIR_LABEL_PODS: 'false',
    REPAIR_INIT_CONTAINER_NAME: 'istio-validation',
    REPAIR_BROKEN_POD_LABEL_KEY: 'cni.istio.io/uninitialized',
    REPAIR_BROKEN_POD_LABEL_VALUE: 'true',
  };
}

function environment(namespace: string): Record<string, EnvValue> {
  const settings = Object.keys(configuration(namespace)).map((key) => [key, { configMap: CONFIG, key }] as const);
  return {
    ...Object.fromEntries(settings),
    REPAIR_NODE_NAME: { field: 'spec.nodeName' },
    REPAIR_RUN_AS_DAEMON: 'true',
    REPAIR_SIDECAR_ANNOTATION: 'sidecar.istio.io/status',
    ALLOW_SWITCH_TO_HOST_NS: 'true',
    NODE_NAME: { field: 'spec.nodeName' },
    POD_NAME: { field: 'metadata.name' },
    POD_NAMESPACE: { field: 'metadata.namespace' },
    GOMEMLIMIT: { resource: 'limits.memory', divisor: '1' },
    GOMAXPROCS: { resource: 'limits.cpu', divisor: '1' },
  };
}
