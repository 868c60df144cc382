import { type AdmissionRequest, type RequestGroup, admissionRequests } from '../admission-requests';
import type { EdgeCollector, Preference } from '../edge-collector';
import { type Fields, fieldsOf, isFields, listOf, textsOf } from '../fields';
import type { ObjectNode } from '../model';
import type { ObjectIndex } from '../object-index';
import type { EdgeRule } from '../rule';
import { type Labels, type Selector, getOrAdd, selectorOf, selects } from '../selectors';

/**
 * What a webhook admits waits for it; the configuration itself waits for what answers, so nothing is rejected for want
 * of an answer. What the webhook needs to answer cannot wait for it: those edges are skipped, and kept to be shown.
 *
 * `matchConditions` are CEL and not evaluated: such a webhook counts as asked about all its rules match.
 */
export const admissionRule: EdgeRule = (index, edges) => {
  const groups = admissionRequests(index);
  const namespaces = new Map<string, Labels>();
  for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
    for (const configuration of index.ofKind('admissionregistration.k8s.io', kind)) {
      new Configuration(index, edges, configuration, namespaces).link(groups);
    }
  }
};

class Configuration {
  public constructor(
    private readonly index: ObjectIndex,
    private readonly edges: EdgeCollector,
    private readonly node: ObjectNode,
    private readonly namespaces: Map<string, Labels>,
  ) {}

  public link(groups: readonly RequestGroup[]): void {
    const webhooks = listOf(this.node.object.manifest.webhooks)
      .filter(isFields)
      .map((webhook, i) => ({ webhook, path: `webhooks[${i}]`, ignorable: webhook.failurePolicy === 'Ignore' }));
    // The first edge of an object counts: one to a webhook that rejects outweighs one to a webhook that is passed over.
    webhooks.sort((a, b) => Number(a.ignorable) - Number(b.ignorable));
    for (const { webhook, path, ignorable } of webhooks) {
      this.linkWebhook(webhook, path, ignorable ? 'ignorable-admission' : 'admission', groups);
    }
  }

  private linkWebhook(webhook: Fields, path: string, preference: Preference, groups: readonly RequestGroup[]): void {
    const namespaceSelector = selectorOf(webhook.namespaceSelector);
    const objectSelector = selectorOf(webhook.objectSelector);
    const exact = webhook.matchPolicy === 'Exact';
    listOf(webhook.rules).forEach((value, i) => {
      const rule = fieldsOf(value);
      if (!textsOf(rule.operations).some((operation) => operation === 'CREATE' || operation === 'UPDATE' || operation === '*')) return;
      const reason = { kind: 'admission', detail: `${path}.rules[${i}]` } as const;
      const versions = exact ? new Set(textsOf(rule.apiVersions)) : undefined;
      for (const group of groups) {
        if (!ruleMatches(rule, group) || !this.namespaceMatches(namespaceSelector, group)) continue;
        const requests = this.selected(group, namespaceSelector, objectSelector).filter(({ version }) => !versions || versions.has('*') || versions.has(version));
        this.edges.preferAll(requests.map(({ node }) => node), this.node, reason, preference);
      }
    });
  }

  private namespaceMatches(selector: Selector, group: RequestGroup): boolean {
    // Of cluster-scoped objects only Namespaces are selected, by their own labels.
    if (group.namespace === '') return true;
    return selects(selector, getOrAdd(this.namespaces, group.namespace, () => this.index.namespaceLabels(group.namespace)));
  }

  private selected(group: RequestGroup, namespaceSelector: Selector, objectSelector: Selector): readonly AdmissionRequest[] {
    const requests = group.byLabel().select(objectSelector);
    if (group.group !== '' || group.resource !== 'namespaces') return requests;
    return requests.filter(({ node }) => selects(namespaceSelector, this.index.namespaceLabels(node.object.manifest.metadata.name)));
  }
}

function ruleMatches(rule: Fields, { group, resource, namespace }: RequestGroup): boolean {
  if (rule.scope === 'Namespaced' && namespace === '') return false;
  if (rule.scope === 'Cluster' && namespace !== '') return false;
  const groups = textsOf(rule.apiGroups);
  const resources = textsOf(rule.resources);
  return (groups.includes('*') || groups.includes(group)) && (resources.includes('*') || resources.includes('*/*') || resources.includes(resource));
}
