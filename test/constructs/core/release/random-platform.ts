import * as fc from 'fast-check';
import type { SynthesizedObject } from '../../../../constructs/core/manifest';
import type { ComponentNode } from '../../../../constructs/core/release';
import { configMap, crd, deployment, namespace, object, rule, serviceAccount, webhookServer } from './objects';

/** Objects and components that can be deployed: required references only lead back, whatever webhooks are asked about. */
export interface RandomPlatform {
  readonly objects: readonly SynthesizedObject[];
  readonly components: readonly ComponentNode[];
}

const COMPONENTS = ['c0', 'c1', 'c2', 'c3'] as const;
const component = fc.constantFrom(...COMPONENTS);
const some = fc.array(fc.nat({ max: 30 }), { maxLength: 3 });

const webhookOptions = fc.record({
  rules: fc.constantFrom([rule('*', '*')], [rule('', 'pods')], [rule('a.io', '*')], [rule('', 'namespaces')]),
  rest: fc.record({
    failurePolicy: fc.constantFrom('Fail', 'Ignore'),
    objectSelector: fc.constantFrom({}, { matchLabels: { inject: 'on' } }),
    namespaceSelector: fc.constantFrom({}, { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['c1'] }] }),
  }),
});

const workload = fc.record({ component, home: component, configs: some, customs: some, account: fc.nat({ max: 3 }), inject: fc.boolean() });

export const randomPlatform: fc.Arbitrary<RandomPlatform> = fc
  .record({
    requires: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    webhooks: fc.uniqueArray(fc.tuple(component, webhookOptions), { selector: ([id]) => id, maxLength: 4 }),
    configs: fc.array(component, { minLength: 1, maxLength: 10 }),
    customs: fc.array(fc.record({ component, configs: some }), { maxLength: 10 }),
    workloads: fc.array(workload, { maxLength: 15 }),
  })
  .map(({ requires, webhooks, configs, customs, workloads }) => {
    const pick = <T>(items: readonly T[], at: readonly number[]): T[] => (items.length > 0 ? at.map((i) => items[i % items.length]!) : []);
    const configNames = configs.map((home, i) => `${home}/config${i}`);
    const customNames = customs.map((_, i) => `custom${i}`);
    const servers = webhooks.flatMap(([id, options]) => webhookServer(id, options));
    const served = new Set(servers.map(({ path }) => path));
    const objects = [
      ...servers,
      ...COMPONENTS.map((id) => namespace(id, id)).filter(({ path }) => !served.has(path)),
      crd('c0', 'a.io', 'Thing', 'things'),
      ...configs.map((home, i) => configMap(home, configNames[i]!)),
      ...[0, 1, 2].map((i) => serviceAccount('c3', `c3/sa${i}`)),
      ...customs.map((custom, i) => object(custom.component, 'a.io/v1', 'Thing', customNames[i]!, { spec: { configs: pick(configNames, custom.configs) } })),
      ...workloads.map(({ component: owner, home, configs: used, customs: needed, account, inject }, i) => {
        const volumes = pick(configNames, used).map((name) => ({ configMap: { name: name.split('/')[1] } }));
        const annotated = deployment(owner, `${home}/d${i}`, { volumes, serviceAccountName: `sa${account}` }, inject ? { inject: 'on' } : {});
        return { ...annotated, manifest: { ...annotated.manifest, things: pick(customNames, needed) } };
      }),
    ];
    const pairs = [[1, 0], [2, 0], [2, 1], [3, 0], [3, 1], [3, 2]] as const;
    const components = COMPONENTS.map((id, i) => ({
      id,
      requires: pairs.flatMap(([from, to], bit) => (from === i && requires[bit] ? [COMPONENTS[to]!] : [])),
    }));
    return { objects, components };
  });

/** So that random workloads can need random custom resources, also those their own component reconciles. */
export const randomReferences = {
  references: [
    { group: 'apps', kind: 'Deployment', path: 'things[*]', target: (name: unknown) => [{ group: 'a.io', kind: 'Thing', name: String(name) }] },
  ],
};
