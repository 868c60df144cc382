import { k8s } from 'cdk8s-plus-27';
import type { ContainerResources, EnvValue } from '../../core';
import { PROXY_MOUNTS, PROXY_POD_VOLUMES, PROXY_PORTS, proxyArguments, proxyEnvironment, type ProxyFacts } from '../proxy';
import { each, type Expression, go, goString, type TemplateList, type TemplateMap, text, when } from './go-template';
import { annotation, CONTAINER_NAMES, CONTAINER_PORTS, INTERCEPTION_MODE, PROXY_GROUP, PROXY_USER } from './pod-expressions';

/** What the templates are made from. */
export interface InjectionFacts extends ProxyFacts {
  /** Reference of the proxy's image. */
  readonly proxyImage: string;
  readonly sidecarResources: ContainerResources;
  readonly gatewayResources: ContainerResources;
  /** Secrets for pulling the proxy's image, in every namespace with sidecars. */
  readonly imagePullSecrets: readonly string[];
}

/** The proxy's image, which a pod may replace. */
export function proxyImage({ proxyImage: image }: InjectionFacts): Expression {
  return annotation('sidecar.istio.io/proxyImage', image);
}

/** Arguments of an injected proxy: log levels can be raised on one pod. */
export function injectedArguments(role: 'sidecar' | 'router', facts: InjectionFacts): TemplateList {
  return [
    ...proxyArguments(role, facts),
    text`--proxyLogLevel=${annotation('sidecar.istio.io/logLevel', 'warning')}`,
    text`--proxyComponentLogLevel=${annotation('sidecar.istio.io/componentLogLevel', 'misc:error')}`,
    text`--log_output_level=${annotation('sidecar.istio.io/agentLogLevel', facts.logLevel)}`,
  ];
}

/** Environment of an injected proxy; `workload` is what it knows of the workload it belongs to. */
export function injectedEnvironment(facts: InjectionFacts, workload: TemplateList): TemplateList {
  return [
    ...Object.entries(proxyEnvironment(facts)).map(([name, value]) => variable(name, value)),
    { name: 'PROXY_CONFIG', value: go('protoToJSON .ProxyConfig') },
    { name: 'ISTIO_META_MESH_ID', value: facts.trustDomain },
    { name: 'TRUST_DOMAIN', value: facts.trustDomain },
    ...workload,
    ...proxyMetadata(),
  ];
}

/** The proxy configuration's own additions to the environment. */
export function proxyMetadata(): TemplateList {
  return [each('$name, $value := .ProxyConfig.ProxyMetadata', { name: go('$name'), value: go('$value') })];
}

/** What an injected proxy knows about the pod it is in. */
export function podMetadata(): TemplateList {
  return [
    { name: 'ISTIO_META_POD_PORTS', value: CONTAINER_PORTS },
    { name: 'ISTIO_META_APP_CONTAINERS', value: CONTAINER_NAMES },
    { name: 'ISTIO_META_INTERCEPTION_MODE', value: INTERCEPTION_MODE },
    when('.DeploymentMeta.Name', { name: 'ISTIO_META_WORKLOAD_NAME', value: go('coalesce (index .ObjectMeta.Labels "service.istio.io/workload-name") .DeploymentMeta.Name') }),
    when('and .TypeMeta.APIVersion .DeploymentMeta.Name', {
      name: 'ISTIO_META_OWNER',
      value: go(
        'printf "kubernetes://apis/%s/namespaces/%s/%ss/%s" .TypeMeta.APIVersion (coalesce .DeploymentMeta.Namespace "default") (toLower .TypeMeta.Kind) .DeploymentMeta.Name',
      ),
    }),
    when(OTEL_ATTRIBUTES, { name: 'OTEL_RESOURCE_ATTRIBUTES', value: OTEL_ATTRIBUTES }),
    when('.CompliancePolicy', { name: 'COMPLIANCE_POLICY', value: go('.CompliancePolicy') }),
  ];
}

/** Attributes of traces, if a tracing provider wants OpenTelemetry's conventions. */
const OTEL_ATTRIBUTES = go('otelResourceAttributes .MeshConfig .ObjectMeta.Annotations .ObjectMeta.Labels .DeploymentMeta.Namespace .Spec.Containers');

/** Requests and limits; each can be set by its own annotation, and leaves the others as they are. */
export function resources({ cpu, memory }: ContainerResources): TemplateMap {
  return {
    requests: { cpu: annotation('sidecar.istio.io/proxyCPU', cpu.request), memory: annotation('sidecar.istio.io/proxyMemory', memory.request) },
    limits: {
      cpu: annotation('sidecar.istio.io/proxyCPULimit', cpu.limit ?? cpu.request),
      memory: annotation('sidecar.istio.io/proxyMemoryLimit', memory.limit ?? memory.request),
    },
  };
}

/** Security context of the proxy: what Pod Security `restricted` asks for, and a read-only root. */
export const PROXY_SECURITY_CONTEXT: TemplateMap = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: PROXY_USER,
  runAsGroup: PROXY_GROUP,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Ports an injected proxy states; the others are not for Services. */
export const PROXY_CONTAINER_PORTS: TemplateList = [{ name: 'http-envoy-prom', containerPort: PROXY_PORTS.envoyMetrics, protocol: 'TCP' }];

/** Volumes of the proxy as the API has them. */
export const VOLUMES = PROXY_POD_VOLUMES.map((volume) => plain(k8s.toJson_Volume(volume)));
export const MOUNTS = PROXY_MOUNTS.map((mount) => plain(k8s.toJson_VolumeMount(mount)));

/** Items that an annotation states as JSON, by name: `{"ca": {"secret": ...}}`. */
export function namedItems(annotationName: string): TemplateList[number] {
  return each(
    `$name, $item := fromJSON (annotation .ObjectMeta ${goString(annotationName)} "{}")`,
    go('merge (dict "name" $name) $item'),
  );
}

function variable(name: string, value: EnvValue): TemplateMap {
  if (typeof value === 'string') return { name, value };
  if ('field' in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  if ('resource' in value) return { name, valueFrom: { resourceFieldRef: { resource: value.resource, divisor: value.divisor ?? '1' } } };
  throw new Error(`${name}: a proxy takes no configuration from ConfigMaps or Secrets of the pod's namespace`);
}

/** An API object as template data: it holds no expressions, so it is one literal. */
function plain(value: object | undefined): TemplateMap {
  return JSON.parse(JSON.stringify(value)) as TemplateMap;
}
