import { readdirSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { type CrdSpec, CustomResourceDefinitions, type CustomResourceDefinitionsProps } from '../../../../constructs/core';

const CONSTRUCTS = path.resolve(__dirname, '../../../../constructs');
const fileOf = (component: string) => path.join(CONSTRUCTS, component, 'crds.json');
const COMPONENTS = readdirSync(CONSTRUCTS).filter((component) => existsSync(fileOf(component)));

function synth(component: string, props: Partial<CustomResourceDefinitionsProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  const { names } = new CustomResourceDefinitions(chart, 'crds', { file: fileOf(component), ...props });
  return { names, crds: Testing.synth(chart) };
}

/** Keys of a value, at any depth, that hold text. */
function textKeys(value: unknown): Set<string> {
  if (value === null || typeof value !== 'object') return new Set();
  const keys = Array.isArray(value) ? [] : Object.entries(value).filter(([, item]) => typeof item === 'string').map(([key]) => key);
  return new Set([...keys, ...Object.values(value).flatMap((item) => [...textKeys(item)])]);
}

test('there are generated files', () => {
  expect(COMPONENTS).toEqual(expect.arrayContaining(['cert-manager', 'istio', 'jobset', 'kserve', 'trainer']));
});

describe.each(COMPONENTS)('%s', (component) => {
  test('every CRD is complete and named after its group and plural', () => {
    const { names, crds } = synth(component);
    expect(crds.map(({ metadata }) => metadata.name)).toEqual(names);
    for (const { apiVersion, kind, metadata, spec } of crds as { apiVersion: string; kind: string; metadata: { name: string }; spec: CrdSpec }[]) {
      expect([apiVersion, kind]).toEqual(['apiextensions.k8s.io/v1', 'CustomResourceDefinition']);
      expect(metadata.name).toBe(`${spec.names.plural}.${spec.group}`);
      expect(spec.versions.filter(({ storage }) => storage)).toHaveLength(1);
      for (const version of spec.versions) expect(version).toHaveProperty('schema.openAPIV3Schema.type', 'object');
    }
  });

  test('no reference and no prose is left in a schema', () => {
    const keys = textKeys(synth(component).crds.map(({ spec }) => spec));
    expect(keys).toContain('type');
    expect(keys).not.toContain('$ref');
    expect(keys).not.toContain('description');
  });

  test('the file says what it was made from, and every part in it is used', () => {
    const text = readFileSync(fileOf(component), 'utf8');
    const { source, checksum, command, definitions } = JSON.parse(text);
    const pinned = JSON.parse(readFileSync(path.join(CONSTRUCTS, component, 'crds.source.json'), 'utf8'));
    expect({ source, checksum, command }).toEqual({ source: `${pinned.module}@${pinned.version}`, checksum: pinned.checksum, command: `node scripts/generate-crds.mjs ${component}` });
    for (const name of Object.keys(definitions)) expect(text).toContain(`{"$ref":"${name}"}`);
  });
});

test('a component takes some of a file\'s CRDs', () => {
  const { names, crds } = synth('cert-manager', { only: (name) => name.endsWith('.acme.cert-manager.io') });
  expect(names).toEqual(['challenges.acme.cert-manager.io', 'orders.acme.cert-manager.io']);
  expect(crds).toHaveLength(2);
});

test('a component adds labels, annotations and conversion to those it names', () => {
  const conversion = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } };
  const { crds } = synth('cert-manager', {
    add: (name) => (name.startsWith('issuers.') ? { labels: { a: 'b' }, annotations: { 'cert-manager.io/inject-ca-from': 'ns/cert' }, conversion } : undefined),
  });
  const changed = crds.filter(({ spec }) => spec.conversion !== undefined);
  expect(changed.map(({ metadata }) => metadata)).toEqual([{ name: 'issuers.cert-manager.io', labels: { a: 'b' }, annotations: { 'cert-manager.io/inject-ca-from': 'ns/cert' } }]);
  expect(changed[0].spec.conversion).toEqual(conversion);
});

test('adding to a CRD leaves the next synthesis of the same file alone', () => {
  synth('cert-manager', { add: () => ({ conversion: { strategy: 'Webhook' } }) });
  expect(synth('cert-manager').crds.filter(({ spec }) => spec.conversion)).toEqual([]);
});
