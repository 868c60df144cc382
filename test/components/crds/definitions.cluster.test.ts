import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiextensionsV1Api, CustomObjectsApi } from '@kubernetes/client-node';
import { encodeStruct } from '../../../components/apiserver/plugin/wire';
import { writeBundle } from '../../../components/crds/bundle';
import { DefinitionsProvider } from '../../../components/crds/provider/provider';
import { CLUSTER_TIMEOUT, eventually, kubeConfig, testCluster } from '../../cluster';

const urn = 'urn:pulumi:s::p::kubeflow-cdk:index:CustomResourceDefinitions::test';
const nothing = encodeStruct({});

/** Versions in order; the last one is stored. */
const crd = (kind: string, versions: readonly string[] = ['v1'], extra: object = {}): object => {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${plural}.crds.test` },
    spec: {
      group: 'crds.test', scope: 'Namespaced', names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: versions.map((name, index) => ({
        name, served: true, storage: index === versions.length - 1,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } } },
      })),
      ...extra,
    },
  };
};

describe('CRDs as a unit on a real API server', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'crds-'));
  let kubeconfig = '';
  let provider: DefinitionsProvider;
  let extensions: ApiextensionsV1Api;
  let objects: CustomObjectsApi;

  const inputs = (definitions: readonly object[], more: object = {}) => {
    const { path: bundle, digests } = writeBundle(definitions, directory);
    return encodeStruct({ bundle, digests, kubeconfig, ...more });
  };
  const create = (definitions: readonly object[], more: object = {}) => provider.create({ urn, properties: inputs(definitions, more), timeout: 0, preview: false });
  const update = (before: readonly object[], after: readonly object[]) =>
    provider.update({ id: 'test', urn, olds: nothing, oldInputs: inputs(before), news: inputs(after), timeout: 0, preview: false });
  const remove = (definitions: readonly object[]) => provider.delete({ id: 'test', urn, properties: nothing, oldInputs: inputs(definitions), timeout: 0 });
  const names = async () => (await extensions.listCustomResourceDefinition()).items.flatMap(({ metadata }) => (metadata?.name?.endsWith('.crds.test') ? [metadata.name] : [])).sort();
  const make = (version: string, plural: string, kind: string, name: string) =>
    objects.createNamespacedCustomObject({ group: 'crds.test', version, plural, namespace: 'default', body: { apiVersion: `crds.test/${version}`, kind, metadata: { name }, spec: { size: 1 } } });

  beforeAll(async () => {
    const cluster = await testCluster();
    ({ kubeconfig } = cluster);
    extensions = kubeConfig(cluster).makeApiClient(ApiextensionsV1Api);
    objects = kubeConfig(cluster).makeApiClient(CustomObjectsApi);
    provider = new DefinitionsProvider();
  }, CLUSTER_TIMEOUT);
  afterAll(() => provider.close());

  it('are served when they are reported made, and none goes while it is used', async () => {
    const set = [crd('Apple'), crd('Pear')];
    await create(set);
    await make('v1', 'pears', 'Pear', 'one');
    await make('v1', 'pears', 'Pear', 'two');
    await expect(remove(set)).rejects.toThrow(/CustomResourceDefinition\/pears\.crds\.test: 2 Pear still exist \(default\/one, default\/two\)/);
    await expect(update(set, [crd('Apple')])).rejects.toThrow('2 Pear still exist');
    expect(await names()).toEqual(['apples.crds.test', 'pears.crds.test']);
    for (const name of ['one', 'two']) await objects.deleteNamespacedCustomObject({ group: 'crds.test', version: 'v1', plural: 'pears', namespace: 'default', name });
    await update(set, [crd('Apple')]);
    expect(await names()).toEqual(['apples.crds.test']);
    await remove([crd('Apple')]);
    expect(await names()).toEqual([]);
    await remove([crd('Apple')]);
  }, CLUSTER_TIMEOUT);

  it('leave nothing behind when one of them is rejected, which is named with the reason', async () => {
    const bad = crd('Bad', ['v1'], { scope: 'Nowhere' });
    await expect(create([crd('Good'), bad])).rejects.toThrow(/^CustomResourceDefinition\/bads\.crds\.test: .*spec\.scope: Unsupported value: "Nowhere"/);
    expect(await names()).toEqual([]);
    await create([crd('Good')]);
    const before = (await extensions.readCustomResourceDefinition({ name: 'goods.crds.test' })).metadata?.generation;
    await expect(update([crd('Good')], [crd('Good', ['v1', 'v2']), crd('Bad', ['v1'], { scope: 'Nowhere' })])).rejects.toThrow('bads.crds.test');
    // The good one was changed together with the bad one; a rejected set is tried on the server before anything is stored.
    await expect(update([crd('Good')], [crd('Good', ['v1'], { scope: 'Cluster' })])).rejects.toThrow('field is immutable');
    expect((await extensions.readCustomResourceDefinition({ name: 'goods.crds.test' })).metadata?.generation).toBe(before);
    await remove([crd('Good')]);
  }, CLUSTER_TIMEOUT);

  it('do not take the names of another CRD', async () => {
    await create([crd('Plum')]);
    const clash = { ...crd('Plum'), metadata: { name: 'plumbs.crds.test' }, spec: { ...Object(crd('Plum')).spec, names: { kind: 'Plum', plural: 'plumbs' } } };
    await expect(create([clash])).rejects.toThrow(/^CustomResourceDefinition\/plumbs\.crds\.test: "Plum(List)?" is already in use/);
    expect(await names()).toEqual(['plums.crds.test']);
    await remove([crd('Plum')]);
  }, CLUSTER_TIMEOUT);

  it('rewrite objects that are stored in a version that goes', async () => {
    await create([crd('Cherry', ['v1alpha1'])]);
    for (const name of ['a', 'b', 'c']) await make('v1alpha1', 'cherrys', 'Cherry', name);
    await update([crd('Cherry', ['v1alpha1'])], [crd('Cherry', ['v1'])]);
    const after = await extensions.readCustomResourceDefinition({ name: 'cherrys.crds.test' });
    expect(after.spec.versions.map(({ name }) => name)).toEqual(['v1']);
    expect(after.status?.storedVersions).toEqual(['v1']);
    const list = (): Promise<{ items: { metadata: { name: string }; spec: { size: number } }[] }> => objects.listNamespacedCustomObject({ group: 'crds.test', version: 'v1', plural: 'cherrys', namespace: 'default' });
    // The server answers 429 for a moment while it opens the storage of a CRD that has changed.
    await eventually('objects are served in the new version', () => list().then(() => true, () => false));
    expect((await list()).items.map((item) => [item.metadata.name, item.spec.size])).toEqual([['a', 1], ['b', 1], ['c', 1]]);
    for (const name of ['a', 'b', 'c']) await objects.deleteNamespacedCustomObject({ group: 'crds.test', version: 'v1', plural: 'cherrys', namespace: 'default', name });
    await remove([crd('Cherry', ['v1'])]);
  }, CLUSTER_TIMEOUT);

  it('leave alone what someone else has installed, unless told to take it over', async () => {
    await extensions.createCustomResourceDefinition({ body: crd('Fig') as never, fieldManager: 'helm' });
    await expect(create([crd('Fig')])).rejects.toThrow('CustomResourceDefinition/figs.crds.test: exists already and belongs to helm');
    await create([crd('Fig', ['v1', 'v2'])], { adoptExisting: true });
    expect((await extensions.readCustomResourceDefinition({ name: 'figs.crds.test' })).spec.versions).toHaveLength(2);
    await remove([crd('Fig')]);
  }, CLUSTER_TIMEOUT);

  it('that are gone from the cluster show in a refresh', async () => {
    const set = [crd('Kiwi'), crd('Lime')];
    await create(set);
    await extensions.deleteCustomResourceDefinition({ name: 'kiwis.crds.test' });
    await eventually('the CRD is gone', async () => !(await names()).includes('kiwis.crds.test'));
    const { inputs: seen } = await provider.read({ id: 'test', urn, properties: nothing, inputs: inputs(set) });
    const { changes } = await provider.diff({ id: 'test', urn, olds: nothing, oldInputs: seen, news: inputs(set) });
    expect([...changes.keys()]).toEqual(['digests["kiwis.crds.test"]']);
    await remove(set);
    expect((await provider.read({ id: 'test', urn, properties: nothing, inputs: inputs(set) })).id).toBe('');
  }, CLUSTER_TIMEOUT);
});
