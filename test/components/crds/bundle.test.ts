import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleDirectory, readBundle, writeBundle } from '../../../components/crds/bundle';
import { digestOf } from '../../../components/crds/definition';

const crd = (name: string, extra: object = {}): object => ({
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name },
  spec: { group: 'x.io', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [{ name: 'v1', served: true, storage: true }], ...extra },
});

describe('a bundle of CRDs', () => {
  let directory = '';
  beforeEach(() => { directory = mkdtempSync(path.join(tmpdir(), 'crds-')); });

  it('is named by its content: the same CRDs in another order are the same file', () => {
    const first = writeBundle([crd('a.x.io'), crd('b.x.io')], directory);
    expect(writeBundle([crd('b.x.io'), crd('a.x.io')], directory)).toEqual(first);
    expect(readdirSync(directory)).toHaveLength(1);
    expect(readBundle(first).map(({ metadata }) => metadata.name)).toEqual(['a.x.io', 'b.x.io']);
  });

  it('says which CRD differs by its digest', () => {
    const before = writeBundle([crd('a.x.io'), crd('b.x.io')], directory).digests;
    const after = writeBundle([crd('a.x.io'), crd('b.x.io', { scope: 'Cluster' })], directory).digests;
    expect(after['a.x.io']).toBe(before['a.x.io']);
    expect(after['b.x.io']).not.toBe(before['b.x.io']);
  });

  it('has digests that do not depend on the order of members, and on nothing but content', () => {
    expect(digestOf({ a: 1, b: { c: 2, d: [3, 4] } })).toBe(digestOf({ b: { d: [3, 4], c: 2 }, a: 1 }));
    expect(digestOf({ a: [1, 2] })).not.toBe(digestOf({ a: [2, 1] }));
  });

  it.each([
    [[{ kind: 'ConfigMap', metadata: { name: 'x' } }], 'CustomResourceDefinition/x is not a CustomResourceDefinition'],
    [[crd('a.x.io'), crd('a.x.io')], 'CustomResourceDefinition/a.x.io is given twice'],
    [[{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a.x.io' }, spec: {} }], 'CustomResourceDefinition/a.x.io lacks one of'],
  ])('refuses what is no set of CRDs: %#', (definitions, message) => {
    expect(() => writeBundle(definitions, directory)).toThrow(message);
  });

  it('is not trusted when the file is gone or holds something else', () => {
    const bundle = writeBundle([crd('a.x.io')], directory);
    writeFileSync(bundle.path, JSON.stringify([crd('a.x.io', { scope: 'Cluster' })]));
    expect(() => readBundle(bundle)).toThrow('holds another CustomResourceDefinition/a.x.io');
    rmSync(bundle.path);
    expect(() => readBundle(bundle)).toThrow(bundle.path);
  });

  it('lies in the cache', () => {
    expect(bundleDirectory({ KUBEFLOW_CDK_CACHE: '/cache' })).toBe('/cache/crds');
    expect(() => bundleDirectory({ KUBEFLOW_CDK_CACHE: 'here' })).toThrow('must be an absolute path');
  });
});
