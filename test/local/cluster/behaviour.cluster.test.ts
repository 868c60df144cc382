import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { AdmissionregistrationV1Api, AppsV1Api, BatchV1Api } from '@kubernetes/client-node';
import { clusterRoot } from '../../cluster-root';
import { CLUSTER_TIMEOUT, core, eventually, kubeConfig, testCluster } from '../../cluster';
import type { StartedCluster } from '../../../local/cluster';
import { fromProc, fromPs, runningProcesses } from '../../../local/cluster/processes';

jest.setTimeout(CLUSTER_TIMEOUT);

let cluster: StartedCluster;
const namespace = 'behaviour';
const container = { name: 'main', image: 'registry.invalid/none:1' };

beforeAll(async () => {
  cluster = await testCluster();
  await core(cluster).createNamespace({ body: { metadata: { name: namespace } } });
});

it('has six CPU nodes and four GPU nodes over three zones, all ready', async () => {
  const { items } = await core(cluster).listNode();
  const gpus = items.map(({ status }) => Number(status?.allocatable?.['nvidia.com/gpu'] ?? 0));
  expect(gpus.filter((count) => count === 0)).toHaveLength(6);
  expect(gpus.filter((count) => count === 8)).toHaveLength(4);
  expect(new Set(items.map(({ metadata }) => metadata?.labels?.['topology.kubernetes.io/zone'])).size).toBe(3);
  expect(items.every(({ status }) => status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'))).toBe(true);
});

it('listens on one port of 127.0.0.1 and nowhere else', () => {
  const mine = runningProcesses().filter(({ command }) => command.includes(`=${clusterRoot()}/shared/`));
  expect(mine).toHaveLength(5);
  const sockets = new Set(mine.flatMap(({ pid }) => readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return []; // Closed meanwhile.
    }
  })));
  const table = (name: string): string[][] => readFileSync(`/proc/net/${name}`, 'utf8').trim().split('\n').slice(1).map((line) => line.trim().split(/\s+/)).filter((row) => sockets.has(row[9] ?? ''));
  const LISTEN = '0A';
  const listening = ['tcp', 'tcp6'].flatMap((name) => table(name).filter((row) => row[3] === LISTEN).map((row) => row[1]));
  const port = Number(new URL(cluster.server).port).toString(16).toUpperCase().padStart(4, '0');
  expect(listening).toEqual([`0100007F:${port}`]);
  // Nor does anything talk to another address.
  const remote = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((name) => table(name).map((row) => row[2]?.split(':')[0] ?? '')).filter((address) => !/^(0+|0100007F|0000000000000000FFFF00000100007F)$/.test(address));
  expect(remote).toEqual([]);
});

it('finds the same processes through /proc and through ps', () => {
  const marked = (all: readonly { command: string; pid: number }[]): string[] =>
    all.filter(({ command }) => command.includes(`=${clusterRoot()}/shared/`)).map(({ pid, command }) => `${pid} ${command}`).sort();
  expect(marked(fromPs())).toHaveLength(5);
  expect(marked(fromProc())).toEqual(marked(fromPs()));
});

it('makes pods ready as they are scheduled: init containers, sidecars, readiness gates, GPUs', async () => {
  const apps = kubeConfig(cluster).makeApiClient(AppsV1Api);
  const labels = { app: 'web' };
  await apps.createNamespacedDeployment({
    namespace, body: {
      metadata: { name: 'web' },
      spec: {
        replicas: 2, selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            readinessGates: [{ conditionType: 'example.com/ready' }],
            initContainers: [{ name: 'first', image: container.image }, { name: 'sidecar', image: container.image, restartPolicy: 'Always' }],
            containers: [{ ...container, resources: { limits: { 'nvidia.com/gpu': '8' } } }],
          },
        },
      },
    },
  });
  await eventually('2 replicas available', async () => (await apps.readNamespacedDeployment({ namespace, name: 'web' })).status?.availableReplicas === 2);
  const { items } = await core(cluster).listNamespacedPod({ namespace, labelSelector: 'app=web' });
  expect(items.map(({ spec }) => spec?.nodeName)).toEqual([expect.stringMatching(/^gpu-/), expect.stringMatching(/^gpu-/)]);
  // Nobody wrote that toleration: admission did.
  expect(items[0]?.spec?.tolerations).toContainEqual(expect.objectContaining({ key: 'nvidia.com/gpu', operator: 'Exists' }));
  expect(items[0]?.status?.initContainerStatuses?.map(({ state }) => Object.keys(state ?? {}).join())).toEqual(['terminated', 'running']);
});

it('keeps the pods of jobs running', async () => {
  const batch = kubeConfig(cluster).makeApiClient(BatchV1Api);
  await batch.createNamespacedJob({ namespace, body: { metadata: { name: 'train' }, spec: { parallelism: 2, completions: 2, template: { spec: { restartPolicy: 'Never', containers: [container] } } } } });
  await eventually('2 ready pods', async () => (await batch.readNamespacedJob({ namespace, name: 'train' })).status?.ready === 2);
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  expect((await batch.readNamespacedJob({ namespace, name: 'train' })).status).toMatchObject({ active: 2, ready: 2 });
});

it('gives load balancers an address and claims a volume, which goes with them', async () => {
  await core(cluster).createNamespacedService({ namespace, body: { metadata: { name: 'lb' }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } } });
  await core(cluster).createNamespacedPersistentVolumeClaim({
    namespace, body: { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  });
  await eventually('address', async () => (await core(cluster).readNamespacedService({ namespace, name: 'lb' })).status?.loadBalancer?.ingress !== undefined);
  expect((await core(cluster).readNamespacedService({ namespace, name: 'lb' })).status?.loadBalancer?.ingress).toEqual([expect.objectContaining({ ip: '192.0.2.1' })]);
  const volumes = async (): Promise<string[]> => (await core(cluster).listPersistentVolume()).items
    .filter(({ spec }) => spec?.claimRef?.namespace === namespace).map(({ spec }) => spec?.storageClassName ?? '');
  await eventually('bound claim', async () => (await core(cluster).readNamespacedPersistentVolumeClaim({ namespace, name: 'data' })).status?.phase === 'Bound');
  await expect(volumes()).resolves.toEqual(['standard']);
  await core(cluster).deleteNamespacedPersistentVolumeClaim({ namespace, name: 'data' });
  await eventually('no volume', async () => (await volumes()).length === 0);
});

it('enforces Pod Security and quotas', async () => {
  const strict = 'behaviour-strict';
  await core(cluster).createNamespace({ body: { metadata: { name: strict, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } } });
  await expect(core(cluster).createNamespacedPod({ namespace: strict, body: { metadata: { name: 'root' }, spec: { containers: [{ ...container, securityContext: { privileged: true } }] } } }))
    .rejects.toMatchObject({ code: 403, body: expect.stringContaining('violates PodSecurity \\"restricted') });
  await core(cluster).createNamespacedResourceQuota({ namespace: strict, body: { metadata: { name: 'none' }, spec: { hard: { configmaps: '0' } } } });
  await eventually('refused ConfigMap', () => core(cluster).createNamespacedConfigMap({ namespace: strict, body: { metadata: { generateName: 'x-' } } })
    .then(() => false, (error: { body?: string }) => /exceeded quota: none/.test(error.body ?? '')));
});

it('does not call webhooks, which could not answer', async () => {
  const admission = kubeConfig(cluster).makeApiClient(AdmissionregistrationV1Api);
  await admission.createValidatingWebhookConfiguration({
    body: {
      metadata: { name: 'behaviour' },
      webhooks: [{
        name: 'no.example.com', admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy: 'Fail',
        clientConfig: { service: { namespace, name: 'nobody' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['secrets'] }],
      }],
    },
  });
  await expect(core(cluster).createNamespacedSecret({ namespace, body: { metadata: { name: 'let-through' } } })).resolves.toBeDefined();
  await admission.deleteValidatingWebhookConfiguration({ name: 'behaviour' });
});

it('dials no address of the cluster', async () => {
  await core(cluster).createNamespacedPod({ namespace, body: { metadata: { name: 'logs' }, spec: { containers: [container] } } });
  await eventually('running pod', async () => (await core(cluster).readNamespacedPod({ namespace, name: 'logs' })).status?.phase === 'Running');
  await expect(core(cluster).readNamespacedPodLog({ namespace, name: 'logs' })).rejects.toMatchObject({ body: expect.stringMatching(/no-egress\.sock/) });
});

it('records writes, and nothing but writes, in the audit log', async () => {
  await core(cluster).createNamespacedConfigMap({ namespace, body: { metadata: { name: 'audited' } } });
  await core(cluster).createNamespacedConfigMap({ namespace, body: { metadata: { name: 'audited' } } }).catch(() => undefined);
  const events = readFileSync(cluster.auditLog ?? '', 'utf8').trim().split('\n').map((line) => JSON.parse(line) as {
    verb: string; objectRef?: { namespace?: string; name?: string }; responseStatus?: { code?: number }; requestObject?: unknown;
  });
  const writes = ['create', 'update', 'patch', 'delete', 'deletecollection'];
  expect(events.map(({ verb }) => verb).filter((verb) => !writes.includes(verb))).toEqual([]);
  const mine = events.filter(({ objectRef }) => objectRef?.namespace === namespace && objectRef.name === 'audited');
  expect(mine.map(({ verb, responseStatus }) => [verb, responseStatus?.code])).toEqual([['create', 201], ['create', 409]]);
  expect(events.some(({ requestObject }) => requestObject !== undefined)).toBe(false);
});
