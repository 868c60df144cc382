import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Image, useImage } from '../image';
import { InvalidInputError } from '../errors';
import { environment, type EnvValue } from './environment';

/** Amount of a resource: `limit` defaults to `request`, and neither may be left out. */
export interface Amount {
  readonly request: string;
  /** @default the request */
  readonly limit?: string;
}

/** What a container may use. CPU in cores or millicores (`100m`), memory in bytes (`128Mi`). */
export interface ContainerResources {
  readonly cpu: Amount;
  readonly memory: Amount;
  /** @default not stated */
  readonly ephemeralStorage?: Amount;
}

/** A container port by name. TCP. */
export type ContainerPorts = Readonly<Record<string, number | { readonly port: number; readonly protocol: 'TCP' | 'UDP' }>>;

/** Exceptions to the hardened security context. Where no reason is asked for here, the workload needs a waiver. */
export interface SecurityOverrides {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * Why the program must write to the file system of its image: the reason of the waiver. Where it is known what it writes, mount an
   * empty directory there instead.
   *
   * @default it cannot
   */
  readonly writableRoot?: string;
  readonly addCapabilities?: readonly string[];
}

/** Props of a container. */
export interface ContainerProps {
  readonly name: string;
  readonly image: Image;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, EnvValue>>;
  readonly ports?: ContainerPorts;
  readonly resources: ContainerResources;
  readonly startup?: k8s.Probe;
  readonly readiness?: k8s.Probe;
  readonly liveness?: k8s.Probe;
  readonly lifecycle?: k8s.Lifecycle;
  readonly mounts?: readonly k8s.VolumeMount[];
  /** @default fully hardened: no privileges, no capabilities, read-only root, not root */
  readonly security?: SecurityOverrides;
}

/** Renders a container, hardened. */
export function container(scope: Construct, props: ContainerProps): k8s.Container {
  return {
    name: props.name,
    image: useImage(scope, props.image),
    imagePullPolicy: 'IfNotPresent',
    ...(props.command && { command: [...props.command] }),
    ...(props.args && { args: [...props.args] }),
    ...(props.env && { env: environment(props.env) }),
    ...(props.ports && { ports: Object.entries(props.ports).map(([name, port]) => containerPort(name, port)) }),
    resources: resourceRequirements(props.resources, `${scope.node.path}, container ${props.name}`),
    ...(props.startup && { startupProbe: props.startup }),
    ...(props.readiness && { readinessProbe: props.readiness }),
    ...(props.liveness && { livenessProbe: props.liveness }),
    ...(props.lifecycle && { lifecycle: props.lifecycle }),
    ...(props.mounts && { volumeMounts: [...props.mounts] }),
    securityContext: securityContext(props.security ?? {}),
  };
}

/**
 * Requests and limits as Kubernetes writes them.
 *
 * @throws InvalidInputError for an amount that is no Kubernetes quantity
 */
export function resourceRequirements(resources: ContainerResources, where: string): k8s.ResourceRequirements {
  const amounts = Object.entries({ cpu: resources.cpu, memory: resources.memory, 'ephemeral-storage': resources.ephemeralStorage }).flatMap(
    ([name, amount]) => (amount ? [[name, amount] as const] : []),
  );
  const quantities = (pick: (amount: Amount) => string) =>
    Object.fromEntries(amounts.map(([name, amount]) => [name, quantity(`resources.${name}`, pick(amount), where)]));
  return { requests: quantities((amount) => amount.request), limits: quantities((amount) => amount.limit ?? amount.request) };
}

function quantity(property: string, value: string, where: string): k8s.Quantity {
  if (!/^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/.test(value)) {
    throw new InvalidInputError({ property, value, expected: "a Kubernetes quantity such as '100m', '2' or '512Mi'", where });
  }
  return k8s.Quantity.fromString(value);
}

function securityContext(overrides: SecurityOverrides): k8s.SecurityContext {
  const { addCapabilities, privileged, writableRoot, ...rest } = overrides;
  return {
    allowPrivilegeEscalation: privileged ?? false,
    readOnlyRootFilesystem: writableRoot === undefined,
    ...(privileged && { privileged }),
    capabilities: { drop: ['ALL'], ...(addCapabilities && { add: [...addCapabilities] }) },
    ...rest,
  };
}

function containerPort(name: string, port: ContainerPorts[string]): k8s.ContainerPort {
  return typeof port === 'number' ? { name, containerPort: port, protocol: 'TCP' } : { name, containerPort: port.port, protocol: port.protocol };
}
