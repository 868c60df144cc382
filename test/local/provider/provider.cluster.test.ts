import { CoreV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { ApiClient } from '../../../components/apiserver/client';
import { InitializationError } from '../../../components/apiserver/plugin/server';
import { isSecret } from '../../../components/apiserver/plugin/values';
import type { ResourceState } from '../../../components/apiserver/plugin/messages';
import { KubernetesProvider } from '../../../local/provider/provider';
import { CLUSTER_TIMEOUT, kubeConfig, testCluster } from '../../cluster';
import { bytes, NOTHING, urnOf, values, type TestObject } from './objects';

const namespace = 'provider-test';
const object = (apiVersion: string, kind: string, name: string, fields: object = {}): TestObject => ({ apiVersion, kind, metadata: { name, namespace }, ...fields });
const configMap = (name: string, data: Record<string, string>): TestObject => object('v1', 'ConfigMap', name, { data });
const pods = (image = 'registry.example/app:1') => ({
  selector: { matchLabels: { app: 'x' } },
  template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'main', image, resources: { requests: { cpu: '1000m' } } }] } },
});

describe('the provider on a real API server', () => {
  let provider: KubernetesProvider;
  let client: ApiClient;
  let core: CoreV1Api;
  let config: Record<string, unknown>;
  const started: KubernetesProvider[] = [];

  const open = async (extra: Record<string, unknown> = {}): Promise<KubernetesProvider> => {
    const fresh = new KubernetesProvider();
    await fresh.configure({ ...config, ...extra });
    started.push(fresh);
    return fresh;
  };
  const create = (made: TestObject, by = provider, timeout = 0): Promise<ResourceState> => by.create({ urn: urnOf(made), properties: bytes(made), timeout, preview: false });
  const update = (before: TestObject, after: TestObject, by = provider) =>
    by.update({ id: `${namespace}/${after.metadata.name}`, urn: urnOf(after), olds: bytes(before), oldInputs: bytes(before), news: bytes(after), timeout: 0, preview: false });
  /** As a later run would: what one run has made it does not delete again. */
  const remove = async (gone: TestObject, by?: KubernetesProvider, timeout = 0): Promise<void> =>
    (by ?? (await open())).delete({ id: gone.metadata.namespace ? `${gone.metadata.namespace}/${gone.metadata.name}` : gone.metadata.name, urn: urnOf(gone), properties: NOTHING, oldInputs: bytes(gone), timeout });
  const read = async (known: TestObject, by = provider) => {
    const answer = await by.read({ id: `${namespace}/${known.metadata.name}`, urn: urnOf(known), properties: bytes(known), inputs: bytes(known) });
    return { id: answer.id, inputs: values(answer.inputs), outputs: values(answer.outputs) };
  };

  beforeAll(async () => {
    const cluster = await testCluster();
    config = { kubeconfig: cluster.kubeconfig, context: cluster.context };
    core = kubeConfig(cluster).makeApiClient(CoreV1Api);
    client = await ApiClient.open({ kubeconfig: cluster.kubeconfig });
    provider = await open();
    await create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  }, CLUSTER_TIMEOUT);

  afterAll(async () => {
    await core.deleteNamespace({ name: namespace });
    for (const each of started) await each.close();
    await client.close();
  }, CLUSTER_TIMEOUT);

  it('makes an object, changes it, and takes away what the program no longer says', async () => {
    const before = configMap('life', { a: '1', b: '2' });
    const state = await create(before);
    expect(state.id).toBe(`${namespace}/life`);
    expect(values(state.outputs)).toMatchObject({ ...before, metadata: { name: 'life', namespace, uid: expect.any(String) } });
    await update(before, configMap('life', { a: '3' }));
    expect((await core.readNamespacedConfigMap({ name: 'life', namespace })).data).toEqual({ a: '3' });
    await remove(before);
    await expect(core.readNamespacedConfigMap({ name: 'life', namespace })).rejects.toThrow('404');
    await remove(before);
  });

  it('takes up in silence what a killed run has made', async () => {
    const made = configMap('resumed', { a: '1' });
    await create(made);
    const again = await create(made, await open());
    expect(again.id).toBe(`${namespace}/resumed`);
  });

  it('leaves alone what belongs to someone else, and says what to do', async () => {
    await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'foreign' }, data: { a: 'theirs' } }, fieldManager: 'someone' });
    const fresh = await open();
    await expect(create(configMap('foreign', { a: 'ours' }), fresh)).rejects.toThrow(/ConfigMap\/provider-test\/foreign exists already and belongs to someone.*import: "provider-test\/foreign"/);
    expect((await core.readNamespacedConfigMap({ name: 'foreign', namespace })).data).toEqual({ a: 'theirs' });

    const adopting = await open({ upsertExistingObjects: 'true' });
    await expect(create(configMap('foreign', { a: 'ours' }), adopting)).rejects.toThrow('.data.a (someone)');
    await create({ ...configMap('foreign', { a: 'ours' }), metadata: { name: 'foreign', namespace, annotations: { 'pulumi.com/patchForce': 'true' } } }, adopting);
    expect((await core.readNamespacedConfigMap({ name: 'foreign', namespace })).data).toEqual({ a: 'ours' });
  });

  it('names fields that another manager has taken meanwhile', async () => {
    const before = configMap('taken', { a: '1' });
    await create(before);
    const current = await core.readNamespacedConfigMap({ name: 'taken', namespace });
    await core.replaceNamespacedConfigMap({ name: 'taken', namespace, body: { ...current, data: { a: 'edited' } }, fieldManager: 'editor' });
    expect((await read(before)).inputs).toEqual({ ...before, data: { a: 'edited' } });
    await expect(update(before, configMap('taken', { a: '2' }))).rejects.toThrow(/ConfigMap\/provider-test\/taken: other managers own fields.*\.data\.a \(editor\).*patchForce/);
  });

  it('refuses a field that does not exist', async () => {
    await expect(create(object('v1', 'ConfigMap', 'typo', { datum: { a: 'b' } }))).rejects.toThrow(/ConfigMap\/provider-test\/typo: .*\.datum: field not declared in schema/);
  });

  it('waits for a rollout, in which defaults are no change', async () => {
    const deployment = object('apps/v1', 'Deployment', 'ready', { spec: { replicas: 2, ...pods() } });
    await create(deployment);
    const live = await client.get({ apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', namespaced: true }, 'ready', namespace);
    expect(live).toMatchObject({ status: { availableReplicas: 2, updatedReplicas: 2 } });
    expect((await read(deployment)).inputs).toEqual(deployment);
    await remove(deployment);
    // Deleted in the foreground: no pod is left behind.
    expect((await core.listNamespacedPod({ namespace, labelSelector: 'app=x' })).items.filter(({ metadata }) => metadata?.name?.startsWith('ready-'))).toEqual([]);
  }, CLUSTER_TIMEOUT);

  it('says why a Deployment is not ready in time, and the state keeps it', async () => {
    const spec = { replicas: 1, selector: { matchLabels: { app: 'stuck' } }, template: { metadata: { labels: { app: 'stuck' } }, spec: { nodeSelector: { no: 'such-node' }, containers: [{ name: 'main', image: 'x' }] } } };
    const stuck = object('apps/v1', 'Deployment', 'stuck', { spec });
    const failure = await create(stuck, provider, 3).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InitializationError);
    expect(failure).toMatchObject({ state: { id: `${namespace}/stuck` }, message: expect.stringMatching(/^Deployment\/provider-test\/stuck was not ready after 3 s: 0 of 1 replicas are available; pod stuck-\S+: PodScheduled=False \(Unschedulable: .*node/) });
    await remove(stuck);
  }, CLUSTER_TIMEOUT);

  it('waits for a condition that an annotation names', async () => {
    const claim = { ...object('v1', 'PersistentVolumeClaim', 'claim', { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', resources: { requests: { storage: '1Gi' } } } }) };
    const waiting = { ...claim, metadata: { ...claim.metadata, annotations: { 'pulumi.com/waitFor': 'jsonpath={.status.phase}=Bound', 'pulumi.com/timeoutSeconds': '1' } } };
    await expect(create(waiting)).rejects.toThrow('was not ready after 1 s: .status.phase is "Pending", not Bound');
    const skipping = { ...claim, metadata: { name: 'skipping', namespace, annotations: { 'pulumi.com/waitFor': 'jsonpath={.status.phase}=Bound', 'pulumi.com/skipAwait': 'true' } } };
    expect((await create(skipping)).id).toBe(`${namespace}/skipping`);
  });

  it('waits until finalizers are done, and names them when they are not', async () => {
    const held = { ...configMap('held', {}), metadata: { name: 'held', namespace, finalizers: ['kubeflow-cdk.test/hold'] } };
    await create(held);
    await expect(remove(held, undefined, 1)).rejects.toThrow('ConfigMap/provider-test/held was not gone after 1 s: finalizers kubeflow-cdk.test/hold are still on it');
    const leaving = remove(held);
    await core.replaceNamespacedConfigMap({ name: 'held', namespace, body: { metadata: { name: 'held', namespace, finalizers: [] } } });
    await leaving;
  });

  it('does not delete an object that another resource of the run has taken over by a new name', async () => {
    const fresh = await open();
    const renamed = configMap('renamed', { a: '1' });
    await create(renamed, fresh);
    await remove(renamed, fresh);
    expect((await core.readNamespacedConfigMap({ name: 'renamed', namespace })).data).toEqual({ a: '1' });
    await remove(renamed);
  });

  it('keeps Secrets secret, also when read from the cluster', async () => {
    const inputs = object('v1', 'Secret', 'hidden', { stringData: { password: 'x' } });
    const checked = await provider.check({ urn: urnOf(inputs), olds: NOTHING, news: bytes(inputs) });
    const state = await provider.create({ urn: urnOf(inputs), properties: checked.inputs, timeout: 0, preview: false });
    expect(isSecret(values(state.outputs)['stringData'])).toBe(true);
    // A refresh shows no change of them either.
    const refreshed = await provider.read({ id: state.id, urn: urnOf(inputs), properties: state.outputs, inputs: checked.inputs });
    expect(values(refreshed.inputs)).toEqual(values(checked.inputs));
    const imported = await provider.read({ id: `${namespace}/hidden`, urn: urnOf(inputs), properties: NOTHING, inputs: NOTHING });
    expect(isSecret(values(imported.inputs)['data'])).toBe(true);
    expect(JSON.stringify(values(imported.outputs))).not.toContain('"password":"x"');
  });

  it('imports an object by its id, and reports one that is gone', async () => {
    await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'imported', labels: { a: 'b' } }, data: { a: '1' } } });
    const known = configMap('imported', {});
    const state = await provider.read({ id: `${namespace}/imported`, urn: urnOf(known), properties: NOTHING, inputs: NOTHING });
    expect(values(state.inputs)).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'imported', namespace, labels: { a: 'b' } }, data: { a: '1' } });
    expect((await read(configMap('never-made', {}))).id).toBe('');
    expect((await provider.read({ id: 'x', urn: urnOf({ apiVersion: 'no.such/v1', kind: 'Thing', metadata: { name: 'x' } }), properties: NOTHING, inputs: NOTHING })).id).toBe('');
  });

  it('puts objects that name no namespace where the configuration says', async () => {
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'placed' }, data: {} };
    expect((await create(made, await open({ namespace }))).id).toBe(`${namespace}/placed`);
  });

  it('does without watching and listing where it may do neither', async () => {
    const cluster = await testCluster();
    const rbac = kubeConfig(cluster).makeApiClient(RbacAuthorizationV1Api);
    await core.createNamespacedServiceAccount({ namespace, body: { metadata: { name: 'limited' } } });
    const rules = [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'create', 'patch'] }];
    await rbac.createNamespacedRole({ namespace, body: { metadata: { name: 'limited' }, rules } });
    await rbac.createNamespacedRoleBinding({ namespace, body: { metadata: { name: 'limited' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'limited' }, subjects: [{ kind: 'ServiceAccount', name: 'limited', namespace }] } });
    const { status } = await core.createNamespacedServiceAccountToken({ name: 'limited', namespace, body: { spec: { audiences: [] } } });
    const full = kubeConfig(cluster).getCurrentCluster();
    const kubeconfig = JSON.stringify({
      'current-context': 'x', clusters: [{ name: 'x', cluster: { server: full?.server, 'certificate-authority-data': full?.caData, 'certificate-authority': full?.caFile } }],
      contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }], users: [{ name: 'x', user: { token: status?.token } }],
    });
    const limited = await open({ kubeconfig, context: undefined });
    const deployment = object('apps/v1', 'Deployment', 'limited', { spec: { replicas: 1, ...pods() } });
    expect((await create(deployment, limited, 20)).id).toBe(`${namespace}/limited`);
    await expect(create(configMap('forbidden', {}), limited)).rejects.toThrow(/^ConfigMap\/provider-test\/forbidden: .*cannot patch resource/);
  }, CLUSTER_TIMEOUT);
});
