import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { oneWaiverEach, type Waiver } from '../waiver';
import { container, type ContainerProps } from './container';

/** Props of the pods of a workload. */
export interface PodProps {
  /** Labels by which the workload, its Service and policies select the pods; exactly these are the selector. */
  readonly selector: Readonly<Record<string, string>>;
  /** Further labels of the pods. @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Name of the ServiceAccount; every workload has one of its own. */
  readonly serviceAccount: string;
  /**
   * What the pods do with the Kubernetes API: only then is a token mounted, and this is the reason of the waiver for it. `false` if they
   * never call it.
   */
  readonly apiAccess: string | false;
  readonly containers: readonly ContainerProps[];
  readonly initContainers?: readonly ContainerProps[];
  readonly volumes?: readonly k8s.Volume[];
  /** User the containers run as. @default what the image says, which must not be root */
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  /** @default true */
  readonly runAsNonRoot?: boolean;
  readonly hostNetwork?: boolean;
  readonly dnsPolicy?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly k8s.Toleration[];
  readonly affinity?: k8s.Affinity;
  /** @default none: the cluster's default priority */
  readonly priorityClassName?: string;
  /** Seconds. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
}

/** The waivers of a workload: those that its pods give the reason of, and its own. */
export function workloadWaivers(props: PodProps & { readonly waivers?: readonly Waiver[] }): readonly Waiver[] {
  return [...tokenWaiver(props.apiAccess), ...containerWaivers([...(props.initContainers ?? []), ...props.containers]), ...(props.waivers ?? [])];
}

/** The waiver for a token of the ServiceAccount in a pod that has use for it. */
export function tokenWaiver(apiAccess: string | false | undefined): readonly Waiver[] {
  return apiAccess === false || apiAccess === undefined ? [] : [{ policy: 'service-account-token', reason: apiAccess }];
}

/** The waivers of containers that give the reason of their exceptions. */
export function containerWaivers(containers: readonly Pick<ContainerProps, 'name' | 'security'>[]): readonly Waiver[] {
  return oneWaiverEach(
    containers.flatMap(({ name, security }) =>
      security?.writableRoot === undefined ? [] : [{ policy: 'read-only-root-filesystem', reason: security.writableRoot, containers: [name] }],
    ),
  );
}

/** Renders a pod template, hardened: seccomp, no root, no token unless used, no Service environment. */
export function podTemplate(scope: Construct, props: PodProps, spread: boolean): k8s.PodTemplateSpec {
  return {
    metadata: {
      labels: { ...props.selector, ...props.podLabels },
      ...(props.podAnnotations && { annotations: { ...props.podAnnotations } }),
    },
    spec: {
      serviceAccountName: props.serviceAccount,
      automountServiceAccountToken: props.apiAccess !== false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: props.runAsNonRoot ?? true,
        ...(props.runAsUser !== undefined && { runAsUser: props.runAsUser }),
        ...(props.runAsGroup !== undefined && { runAsGroup: props.runAsGroup }),
        ...(props.fsGroup !== undefined && { fsGroup: props.fsGroup }),
        seccompProfile: { type: 'RuntimeDefault' },
      },
      nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
      ...(props.tolerations && { tolerations: [...props.tolerations] }),
      ...(props.affinity && { affinity: props.affinity }),
      ...(props.priorityClassName && { priorityClassName: props.priorityClassName }),
      ...(props.hostNetwork && { hostNetwork: true }),
      ...(props.dnsPolicy && { dnsPolicy: props.dnsPolicy }),
      ...(props.terminationGracePeriodSeconds !== undefined && { terminationGracePeriodSeconds: props.terminationGracePeriodSeconds }),
      ...(spread && { topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => spreadOver(topologyKey, props.selector)) }),
      ...(props.initContainers && { initContainers: props.initContainers.map((each) => container(scope, each)) }),
      containers: props.containers.map((each) => container(scope, each)),
      ...(props.volumes && { volumes: [...props.volumes] }),
    },
  };
}

/** Even where it can be, never in the way of scheduling. */
function spreadOver(topologyKey: string, selector: PodProps['selector']): k8s.TopologySpreadConstraint {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { ...selector } } };
}
