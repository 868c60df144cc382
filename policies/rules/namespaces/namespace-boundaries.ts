import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { KubernetesObject, ObjectKind } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { builtInTemplate, isBuiltIn } from '../../engine/templates/built-in';
import { isKnownCustomResource } from '../../engine/templates/custom-resources';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { nameOf } from './declared';
import { isNamespace, isOfTheCluster, namespaceOf } from './placement';

/** What says that workloads belong together; either is enough. */
const MEMBERSHIP = ['app.kubernetes.io/part-of', 'app.kubernetes.io/instance'];

function deployment(name: string, partOf: string, namespace = 'shared'): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': partOf };
  const container = { name, image: `registry.example.com/${name}:1.0` };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
  };
}

/** CIS 5.6.1: each namespace is for one application. */
export const namespaceBoundaries: ObjectPolicy = {
  id: 'namespace-boundaries',
  title: 'Applications do not share a namespace',
  severity: 'low',
  enforcement: 'advisory',
  controls: cis({ kubernetes: '5.6.1', upTo1_10: ['5.7.1'], eks: '4.5.1', gke: '4.6.1', aks: '4.6.1' }),
  rationale:
    'A namespace is the boundary at which roles, quotas, network policies and secrets stop. Applications in the same one can ' +
    'read each other\'s secrets as soon as anyone may read any. Workloads are taken to be of one application if they share ' +
    'app.kubernetes.io/part-of or app.kubernetes.io/instance; those with neither label are not counted.',
  remediation: 'Give each application a namespace of its own, or, if the workloads belong together, the same app.kubernetes.io/part-of.',
  reach: 'stack',
  examples: {
    fails: [deployment('shop', 'shop'), deployment('billing', 'billing')],
    passes: [deployment('web', 'shop'), deployment('cart', 'shop'), deployment('billing', 'billing', 'billing')],
  },
  appliesTo: (object) => isNamespace(object) || isWorkload(object),
  check(object, report, context) {
    const { applications, speaker } = context.derive(applicationsByNamespace);
    const namespace = isNamespace(object) ? nameOf(object) : namespaceOf(object);
    const names = applications.get(namespace) ?? [];
    if (names.length < 2 || speaker.get(namespace) !== object) return;
    const path = isNamespace(object) ? ['metadata', 'name'] : ['metadata', 'namespace'];
    report.finding({ path, found: namespace, message: `namespace '${namespace}' is shared by the applications ${names.join(', ')}` });
  },
};

/** The applications in each namespace, and the object that speaks for it: its declaration, or the first workload in it. */
interface Sharing {
  readonly applications: ReadonlyMap<string, readonly string[]>;
  readonly speaker: ReadonlyMap<string, KubernetesObject>;
}

function applicationsByNamespace(inventory: Inventory): Sharing {
  const groups = new Map<string, Groups>();
  const speaker = new Map<string, KubernetesObject>();
  for (const object of inventory.objects) {
    if (!isWorkload(object)) continue;
    const place = readOr(undefined, () => ({ namespace: namespaceOf(object), labels: membership(object) }));
    if (!place || place.labels.length === 0 || isOfTheCluster(place.namespace)) continue;
    const { namespace, labels } = place;
    if (!speaker.has(namespace)) speaker.set(namespace, object);
    const group = groups.get(namespace) ?? new Groups();
    groups.set(namespace, group);
    group.join(labels);
  }
  for (const namespace of inventory.ofKind('Namespace', '')) speaker.set(readOr('', () => nameOf(namespace)), namespace);
  return { applications: new Map([...groups].map(([namespace, group]) => [namespace, group.names()])), speaker };
}

function isWorkload(object: ObjectKind): boolean {
  return isBuiltIn(object) ? builtInTemplate(object) !== undefined : isKnownCustomResource(object);
}

/** `<label>=<value>` of what a workload, or else its pod, says that it belongs to. */
function membership(workload: KubernetesObject): readonly string[] {
  const places = [['metadata', 'labels'], ['spec', 'template', 'metadata', 'labels']];
  const stated = (labels: readonly string[]) =>
    MEMBERSHIP.flatMap((label) => {
      const value = read(workload, ...labels, label);
      return typeof value === 'string' && value !== '' ? [`${label}=${value}`] : [];
    });
  return places.map(stated).find((labels) => labels.length > 0) ?? [];
}

/** Sets of labels of which those that occur together are one. */
class Groups {
  private readonly parent = new Map<string, string>();

  join(labels: readonly string[]): void {
    const [first, ...rest] = labels;
    if (first === undefined) return;
    const root = this.root(first);
    for (const label of rest) this.parent.set(this.root(label), root);
  }

  /** A name for each set: the value of its first label. */
  names(): readonly string[] {
    const roots = new Set([...this.parent.keys()].map((label) => this.root(label)));
    return [...roots].map((label) => label.slice(label.indexOf('=') + 1));
  }

  private root(label: string): string {
    let at = label;
    for (let parent = this.parent.get(at); parent !== undefined && parent !== at; parent = this.parent.get(at)) at = parent;
    if (!this.parent.has(at)) this.parent.set(at, at);
    return at;
  }
}
