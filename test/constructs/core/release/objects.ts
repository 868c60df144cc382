import type { Manifest, SynthesizedObject } from '../../../../constructs/core/manifest';
import { type ComponentNode, ReleaseGraph, type ReleaseGraphOptions } from '../../../../constructs/core/release';

/** Builders of small objects; a component's name and `namespace/name` say all that is not the point of a test. */
type Rest = Readonly<Record<string, unknown>>;

export function object(component: string, apiVersion: string, kind: string, id: string, rest: Rest = {}): SynthesizedObject {
  const slash = id.lastIndexOf('/');
  const { metadata, ...fields } = rest as { metadata?: Rest };
  const manifest: Manifest = {
    apiVersion,
    kind,
    metadata: { ...metadata, name: id.slice(slash + 1), ...(slash < 0 ? {} : { namespace: id.slice(0, slash) }) },
    ...fields,
  };
  return { manifest, component, path: `platform/${component}/${kind}/${id}` };
}

export function namespace(component: string, name: string, labels?: Readonly<Record<string, string>>): SynthesizedObject {
  return object(component, 'v1', 'Namespace', name, { metadata: { labels } });
}

export function configMap(component: string, id: string, labels?: Readonly<Record<string, string>>): SynthesizedObject {
  return object(component, 'v1', 'ConfigMap', id, { metadata: { labels } });
}

export function serviceAccount(component: string, id: string): SynthesizedObject {
  return object(component, 'v1', 'ServiceAccount', id);
}

export function service(component: string, id: string, selector: Readonly<Record<string, string>>): SynthesizedObject {
  return object(component, 'v1', 'Service', id, { spec: { selector } });
}

/** A Deployment whose pods have the label `app: <name>`. */
export function deployment(component: string, id: string, podSpec: Rest = {}, labels: Readonly<Record<string, string>> = {}): SynthesizedObject {
  const app = id.slice(id.lastIndexOf('/') + 1);
  return object(component, 'apps/v1', 'Deployment', id, {
    spec: { template: { metadata: { labels: { app, ...labels } }, spec: { containers: [{ name: 'main', image: 'i' }], ...podSpec } } },
  });
}

export function crd(component: string, group: string, kind: string, plural: string, spec: Rest = {}): SynthesizedObject {
  return object(component, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, {
    spec: { group, names: { kind, plural }, ...spec },
  });
}

export interface WebhookOptions {
  readonly service?: string;
  readonly rules?: readonly Rest[];
  readonly rest?: Rest;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly kind?: 'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration';
}

/** A configuration of one webhook that is asked about the creation of Pods, unless `rules` say otherwise. */
export function webhook(component: string, name: string, options: WebhookOptions = {}): SynthesizedObject {
  const { service: backend, rules = [rule('', 'pods')], rest = {}, annotations, kind = 'ValidatingWebhookConfiguration' } = options;
  const [backendNamespace, backendName] = backend?.split('/') ?? [];
  const clientConfig = backend ? { service: { namespace: backendNamespace, name: backendName } } : { url: 'https://example.com' };
  return object(component, 'admissionregistration.k8s.io/v1', kind, name, {
    metadata: { annotations },
    webhooks: [{ name: `${name}.example.com`, clientConfig, rules, failurePolicy: 'Fail', ...rest }],
  });
}

export function rule(group: string, resource: string, rest: Rest = {}): Rest {
  return { apiGroups: [group], apiVersions: ['v1'], resources: [resource], operations: ['CREATE'], ...rest };
}

/** All objects a webhook needs to answer: namespace, Service, Deployment, configuration. */
export function webhookServer(component: string, options: Omit<WebhookOptions, 'service'> = {}): SynthesizedObject[] {
  return [
    namespace(component, component),
    service(component, `${component}/${component}`, { app: component }),
    deployment(component, `${component}/${component}`),
    webhook(component, component, { ...options, service: `${component}/${component}` }),
  ];
}

/** cert-manager as far as order sees it. */
export function certManager(): SynthesizedObject[] {
  const c = 'cert-manager';
  return [
    namespace(c, c),
    ...['Certificate', 'Issuer'].map((kind) => crd(c, 'cert-manager.io', kind, `${kind.toLowerCase()}s`)),
    crd(c, 'cert-manager.io', 'ClusterIssuer', 'clusterissuers'),
    deployment(c, `${c}/controller`),
    deployment(c, `${c}/webhook`),
    service(c, `${c}/webhook`, { app: 'webhook' }),
    webhook(c, c, { service: `${c}/webhook`, rules: [rule('cert-manager.io', '*')] }),
  ];
}

export function certificate(component: string, id: string, secretName: string, issuerRef: Rest): SynthesizedObject {
  return object(component, 'cert-manager.io/v1', 'Certificate', id, { spec: { secretName, issuerRef } });
}

export function issuer(component: string, id: string, spec: Rest = { selfSigned: {} }): SynthesizedObject {
  return object(component, 'cert-manager.io/v1', 'Issuer', id, { spec });
}

export function graphOf(objects: readonly SynthesizedObject[], components: readonly ComponentNode[] = [], options?: ReleaseGraphOptions): ReleaseGraph {
  return ReleaseGraph.of(objects, components, options);
}

/** What an object waits for directly, as `kind: Kind/namespace/name [detail]`. */
export function waitsFor(graph: ReleaseGraph, reference: string): string[] {
  return graph
    .directDependencies(graph.find(reference))
    .flatMap(({ node, reasons }) => reasons.map(({ kind, detail }) => `${kind}: ${graph.nameOf(node)} [${detail}]`));
}

/** The names of the objects an object waits for directly, for one kind of reason or all. */
export function dependencyNames(graph: ReleaseGraph, reference: string, kind?: string): string[] {
  return graph
    .directDependencies(graph.find(reference))
    .filter(({ reasons }) => kind === undefined || reasons.some((reason) => reason.kind === kind))
    .map(({ node }) => graph.nameOf(node));
}

/** Edges left out, as `from -x-> to`. */
export function skippedNames(graph: ReleaseGraph): string[] {
  return graph.skipped.map(({ from, to }) => `${graph.nameOf(from)} -x-> ${graph.nameOf(to)}`);
}

/** References that lead outside, as `from -> to`. */
export function externalNames(graph: ReleaseGraph): string[] {
  return graph.external.map(({ from, to }) => `${graph.nameOf(from)} -> ${to.kind}/${to.namespace ? `${to.namespace}/` : ''}${to.name}`);
}
