import { fieldsOf, textOf } from './fields';
import { type ComponentNode, type Manifest, type ObjectNode, type ObjectRef, type SynthesizedObject, refIdentity } from './model';
import type { ReferenceType, ReleaseGraphOptions } from './options';
import { POD_TEMPLATES, type PodTemplate, type PodTemplateLocation, labelsOf, podTemplatesAt } from './pod-templates';
import { PRODUCERS } from './producers';
import { guessPlural } from './plural';
import { rankObjects } from './rank';
import { REFERENCES } from './references';
import { LabelIndex, type Labels, type Selector, getOrAdd } from './selectors';

/** An object that makes pods. */
export interface Workload {
  readonly node: ObjectNode;
  readonly templates: readonly PodTemplate[];
  /** True if its component is ready only when it is. */
  readonly readiness: boolean;
}

interface LabelledWorkload {
  readonly node: ObjectNode;
  readonly labels: Labels;
}

const NO_NODES: readonly ObjectNode[] = [];
const CRD = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' };

/** Every look-up the rules need, each built once. */
export class ObjectIndex {
  /** All objects, in rank order. */
  public readonly objects: readonly ObjectNode[];
  public readonly workloads: readonly Workload[];
  public readonly components: readonly ComponentNode[];
  public readonly references: readonly ReferenceType[];
  public readonly podTemplates: readonly PodTemplateLocation[];
  private readonly byId: ReadonlyMap<string, ObjectNode>;
  private readonly byKind = new Map<string, ObjectNode[]>();
  private readonly definitions = new Map<string, ObjectNode>();
  private readonly produced = new Map<string, { readonly node: ObjectNode; readonly path: string }[]>();
  private readonly podsByNamespace = new Map<string, LabelIndex<LabelledWorkload>>();
  private readonly namespacesByComponent = new Map<string, Set<string>>();
  private readonly workloadsByNamespace = new Map<string, LabelledWorkload[]>();

  public constructor(objects: readonly SynthesizedObject[], components: readonly ComponentNode[], options: ReleaseGraphOptions = {}) {
    this.objects = rankObjects(objects, components);
    this.components = components;
    this.references = [...REFERENCES, ...(options.references ?? [])];
    this.podTemplates = [...POD_TEMPLATES, ...(options.podTemplates ?? [])];
    this.byId = new Map(this.objects.map((node) => [node.id, node]));
    for (const node of this.objects) getOrAdd(this.byKind, `${node.group}/${node.object.manifest.kind}`, () => []).push(node);
    this.indexDefinitions();
    for (const { group, kind, produces } of [...PRODUCERS, ...(options.producers ?? [])]) {
      for (const node of this.ofKind(group, kind)) {
        const product = produces(node.object.manifest);
        if (product) getOrAdd(this.produced, refIdentity(product.ref), () => []).push({ node, path: product.path });
      }
    }
    this.workloads = this.findWorkloads();
  }

  public get(ref: ObjectRef): ObjectNode | undefined {
    return this.byId.get(refIdentity(ref));
  }

  /** Objects of one kind, in rank order. */
  public ofKind(group: string, kind: string): readonly ObjectNode[] {
    return this.byKind.get(`${group}/${kind}`) ?? NO_NODES;
  }

  /** Objects whose controllers write the object named, with the field that says so. */
  public producersOf(ref: ObjectRef): readonly { readonly node: ObjectNode; readonly path: string }[] {
    return this.produced.get(refIdentity(ref)) ?? [];
  }

  /** The CRD that defines a kind, if it is among the objects. */
  public definitionOf(group: string, kind: string): ObjectNode | undefined {
    return this.definitions.get(`${group}/${kind}`);
  }

  /** Resource name of a kind, as webhook rules write it. */
  public resourceOf(group: string, kind: string): string {
    const spec = fieldsOf(this.definitionOf(group, kind)?.object.manifest.spec);
    return textOf(fieldsOf(spec.names).plural) ?? guessPlural(kind);
  }

  /** Labels of a namespace, with the one Kubernetes adds to each. All that is known of a namespace not given. */
  public namespaceLabels(name: string): Labels {
    const node = this.get({ group: '', kind: 'Namespace', name });
    return { ...labelsOf(node?.object.manifest), 'kubernetes.io/metadata.name': name };
  }

  /** Workloads of one namespace whose pods a Service's selector picks; none if it picks by nothing. */
  public podsSelected(namespace: string, selector: Selector): readonly ObjectNode[] {
    if (selector.requirements.length === 0) return NO_NODES;
    const pods = getOrAdd(this.podsByNamespace, namespace, () => new LabelIndex(this.workloadsByNamespace.get(namespace) ?? []));
    return [...new Set(pods.select(selector).map(({ node }) => node))];
  }

  /** Namespaces in which the component that declares a kind's CRD runs. */
  public controllerNamespaces(group: string, kind: string): readonly string[] {
    const component = this.definitionOf(group, kind)?.object.component;
    if (component === undefined) return [];
    return [...(this.namespacesByComponent.get(component) ?? [])];
  }

  /** True if the kind is not part of Kubernetes itself. */
  public isCustom(node: ObjectNode): boolean {
    return this.definitionOf(node.group, node.object.manifest.kind) !== undefined || !isBuiltInGroup(node.group);
  }

  private indexDefinitions(): void {
    for (const node of this.ofKind(CRD.group, CRD.kind)) {
      const spec = fieldsOf(node.object.manifest.spec);
      const kind = textOf(fieldsOf(spec.names).kind);
      if (kind) this.definitions.set(`${textOf(spec.group) ?? ''}/${kind}`, node);
    }
  }

  private findWorkloads(): Workload[] {
    const found = new Map<ObjectNode, { templates: PodTemplate[]; readiness: boolean }>();
    for (const { group, kind, path, readiness } of this.podTemplates) {
      for (const node of this.ofKind(group, kind)) {
        const workload = getOrAdd(found, node, () => ({ templates: [], readiness: false }));
        workload.templates.push(...podTemplatesAt(node.object.manifest, path));
        workload.readiness ||= readiness ?? false;
      }
    }
    const workloads = [...found].map(([node, workload]) => ({ node, ...workload })).sort((a, b) => a.node.index - b.node.index);
    for (const { node, templates } of workloads) {
      const namespace = namespaceOf(node.object.manifest);
      getOrAdd(this.namespacesByComponent, node.object.component, () => new Set<string>()).add(namespace);
      const inNamespace = getOrAdd(this.workloadsByNamespace, namespace, () => []);
      for (const { labels } of templates) inNamespace.push({ node, labels });
    }
    return workloads;
  }
}

/** Namespace of an object, `''` for a cluster-scoped one. */
export function namespaceOf(manifest: Manifest): string {
  return manifest.metadata.namespace ?? '';
}

/** API groups Kubernetes itself serves; `*.k8s.io` alone is not enough, many projects of its SIGs live there. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
  '', 'apps', 'batch', 'autoscaling', 'policy', 'admissionregistration.k8s.io', 'apiextensions.k8s.io',
  'apiregistration.k8s.io', 'authentication.k8s.io', 'authorization.k8s.io', 'certificates.k8s.io',
  'coordination.k8s.io', 'discovery.k8s.io', 'events.k8s.io', 'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io', 'networking.k8s.io', 'node.k8s.io', 'rbac.authorization.k8s.io',
  'resource.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io', 'storagemigration.k8s.io',
]);

export function isBuiltInGroup(group: string): boolean {
  return BUILT_IN_GROUPS.has(group);
}
