import { type Expression, go, goString } from './go-template';

/** Value of a label of the pod, `''` if it has none. */
export function label(name: string): Expression {
  return go(`index .ObjectMeta.Labels ${goString(name)}`);
}

/** Value of an annotation of the pod, or a default. */
export function annotation(name: string, fallback: string): Expression {
  return go(`annotation .ObjectMeta ${goString(name)} ${goString(fallback)}`);
}

/** A number that an annotation of the pod may set; the injector has checked that it is one. */
export function numberAnnotation(name: string, fallback: number): Expression {
  return go(`annotation .ObjectMeta ${goString(name)} ${goString(String(fallback))} | atoi`);
}

/** Whether the pod has an annotation. */
export function hasAnnotation(name: string): Expression {
  return go(`isset .ObjectMeta.Annotations ${goString(name)}`);
}

/** The first of these that is not empty. */
export function firstOf(...values: readonly (Expression | string)[]): Expression {
  return go(`coalesce ${values.map((value) => (typeof value === 'string' ? goString(value) : `(${value.pipeline})`)).join(' ')}`);
}

/** Cut to what a label's value may be. */
export function asLabelValue(value: Expression): Expression {
  return go(`${value.pipeline} | default "" | trunc 63 | trimAll "-_."`);
}

/** User and group of the proxy: its usual one, or what the platform (OpenShift) assigned. */
export const PROXY_USER = go('.ProxyUID | default 1337');
export const PROXY_GROUP = go('.ProxyGID | default 1337');

/** How traffic gets into the sidecar: `REDIRECT` or `NONE`. */
export const INTERCEPTION_MODE = go('annotation .ObjectMeta "sidecar.istio.io/interceptionMode" .ProxyConfig.InterceptionMode');

/**
 * Variables used by the documents, computed once: the application's containers and their ports. And a refusal: TPROXY would need
 * a root proxy with NET_ADMIN in users' pods.
 */
export const PRELUDE = `{{- if eq (${INTERCEPTION_MODE.pipeline}) "TPROXY" }}{{ fail "sidecar.istio.io/interceptionMode TPROXY needs a privileged sidecar; use REDIRECT" }}{{ end }}
{{- $containers := list }}{{ $ports := list }}
{{- range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $containers = append $containers .Name }}{{ end }}{{ range .Ports }}{{ $ports = append $ports . }}{{ end }}{{ end }}
`;

/** The kubectl annotations that make the application's container the default one. */
export const DEFAULT_CONTAINER = go('first $containers');
export const CONTAINER_NAMES = go('join "," $containers');
export const CONTAINER_PORTS = go('structToJSON $ports');
