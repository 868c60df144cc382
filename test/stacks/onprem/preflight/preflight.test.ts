import { ApiObject, JsonPatch } from 'cdk8s';
import type { FoundCluster, FoundNode } from '../../../../components/onprem';
import { preflightFaults } from '../../../../stacks/onprem/preflight';
import { cluster, declare, EVERYTHING, MINIMAL, node, pod, type Values } from '../stand';

const NOW = new Date('2030-01-01T00:00:00Z');

/** What is found wrong, as `key: what would be right`. */
function faults(found: FoundCluster, values: Values = MINIMAL, now = NOW): readonly string[] {
  const { app, config } = declare(values);
  return preflightFaults(found, app, config, now).map(({ key, expected }) => `${key}: ${expected}`);
}

const GPU: Partial<FoundNode> = {
  labels: { 'kubernetes.io/os': 'linux', pool: 'gpu' },
  taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
  allocatable: { cpu: '32', memory: '256Gi', pods: '110', 'nvidia.com/gpu': '8' },
};
const pool = (more: Values): Values => ({ ...MINIMAL, nodes: { gpu: { selector: { pool: 'gpu' }, ...more } } });

describe('a cluster on which everything fits', () => {
  it('is not refused', () => {
    expect(faults(cluster())).toEqual([]);
    expect(faults(cluster(), EVERYTHING)).toEqual([]);
  });

  it('says everything that is wrong at once', () => {
    const found = cluster({ version: '1.28.0', storageClasses: {}, nodes: [node('n1', { ready: false })] });
    expect(faults(found, EVERYTHING).map((fault) => fault.split(':')[0])).toEqual(['context', 'block.storageClass', 'context']);
  });
});

describe('the version of Kubernetes', () => {
  it.each(['1.29.8', '1.99.0'])('%s is one that some component does not work on', (version) => {
    const [fault, ...more] = faults(cluster({ version }));
    expect(more).toEqual([]);
    expect(fault).toMatch(/^context: a cluster with Kubernetes 1\.\d+ to 1\.\d+, on which every component works: .*istio .* works on .*; this one has /);
    expect(fault).toContain(version);
  });
});

describe('StorageClasses', () => {
  it('that are named exist', () => {
    const values = { ...MINIMAL, block: { storageClass: 'ceph-rdb' }, sharedFiles: { storageClass: 'nfs' } };
    expect(faults(cluster(), values)).toEqual([
      "block.storageClass: a StorageClass of the cluster: ceph-rbd, cephfs; did you mean 'ceph-rbd'?",
      'sharedFiles.storageClass: a StorageClass of the cluster: ceph-rbd, cephfs',
    ]);
    expect(faults(cluster({ storageClasses: {} }), { ...MINIMAL, block: { storageClass: 'x' } })).toEqual(['block.storageClass: a StorageClass of the cluster, which has none']);
  });

  it('no default is needed as long as every claim names its class', () => {
    const found = cluster({ storageClasses: { cephfs: { isDefault: false } } });
    expect(faults(found, { ...MINIMAL, teams: ['vision'], sharedFiles: { storageClass: 'cephfs' } })).toEqual([]);
  });

  it('a default is needed for claims that name none', () => {
    const { app, config } = declare({ ...MINIMAL, teams: ['vision'], sharedFiles: { storageClass: 'cephfs' } });
    const [claim] = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).filter(({ kind }) => kind === 'PersistentVolumeClaim');
    claim?.addJsonPatch(JsonPatch.remove('/spec/storageClassName'));
    const without = preflightFaults(cluster({ storageClasses: { cephfs: { isDefault: false } } }), app, config, NOW);
    expect(without.map(({ key, expected }) => `${key}: ${expected}`)).toEqual([
      'block: a default StorageClass in the cluster, for PersistentVolumeClaim/vision/shared: annotate one of cephfs with storageclass.kubernetes.io/is-default-class: "true"',
    ]);
    expect(preflightFaults(cluster(), app, config, NOW)).toEqual([]);
  });
});

describe('the NFS driver', () => {
  const nfs = (more: Values): Values => ({ ...MINIMAL, sharedFiles: { nfs: { ...EVERYTHING.sharedFiles.nfs, ...more } } });

  it('that is said to be there, is', () => {
    expect(faults(cluster({ csiDrivers: ['rbd.csi.ceph.com'] }), nfs({ driver: 'existing' }))).toEqual(['sharedFiles.nfs.driver: install: the cluster has no driver nfs.csi.k8s.io, but rbd.csi.ceph.com']);
    expect(faults(cluster({ csiDrivers: ['nfs.csi.k8s.io'] }), nfs({ driver: 'existing' }))).toEqual([]);
  });

  it('finds a node for each of its pods', () => {
    const found = cluster({ nodes: [node('n1'), node('n2', { ready: false })] });
    expect(faults(found, nfs({}))).toEqual(['sharedFiles.nfs.replicas: at most 1, as many as there are ready nodes']);
    expect(faults(found, nfs({ replicas: 1 }))).toEqual([]);
  });
});

describe('what the cluster has already, of somebody else', () => {
  const taken = (...names: string[]) => cluster({ foreign: new Set(names), csiDrivers: ['nfs.csi.k8s.io'] });

  it.each<[string, string, RegExp]>([
    ['an Istio', 'CustomResourceDefinition/virtualservices.networking.istio.io', /^context: a cluster without istio of its own: the cluster has CustomResourceDefinition\/virtualservices\.networking\.istio\.io already, which this project did not make$/],
    ['a namespace', 'Namespace/cert-manager', /^context: a cluster without cert-manager of its own/],
    ['a namespace of a team', 'Namespace/vision', /^teams: a name that no namespace has: the cluster has Namespace\/vision/],
    ['a MetalLB', 'CustomResourceDefinition/ipaddresspools.metallb.io', /^loadBalancer: existing, with annotations/],
    ['a metrics-server', 'APIService/v1beta1.metrics.k8s.io', /^metricsServer\.install: false: the cluster has APIService\/v1beta1\.metrics\.k8s\.io/],
    ['an NFS driver', 'CSIDriver/nfs.csi.k8s.io', /^sharedFiles\.nfs\.driver: existing: the cluster has CSIDriver\/nfs\.csi\.k8s\.io/],
  ])('%s', (_, name, expected) => {
    const found = faults(taken(name), EVERYTHING);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('is nobody\'s business where the platform brings none', () => {
    expect(faults(taken('CustomResourceDefinition/ipaddresspools.metallb.io', 'APIService/v1beta1.metrics.k8s.io', 'CSIDriver/nfs.csi.k8s.io', 'Namespace/storage'))).toEqual([]);
  });
});

describe('nodes the configuration counts on', () => {
  const withGpus = (...gpuNodes: FoundNode[]) => cluster({ nodes: [...cluster().nodes, ...gpuNodes] });
  const TAINT = 'nvidia.com/gpu=present:NoSchedule';

  it('are there', () => {
    expect(faults(withGpus(node('g1', GPU), node('g2', GPU)), pool({ atLeast: 2, taints: [TAINT], gpus: 8 }))).toEqual([]);
  });

  it('have the labels', () => {
    expect(faults(cluster(), pool({}))).toEqual(["nodes.gpu.selector: labels that nodes have; pool is 'cpu'"]);
    expect(faults(cluster(), { ...MINIMAL, nodes: { gpu: { selector: { gpu: true } } } })).toEqual(['nodes.gpu.selector: labels that nodes have; no node has gpu']);
  });

  it('are ready, and as many as are said', () => {
    expect(faults(withGpus(node('g1', GPU), node('g2', { ...GPU, ready: false })), pool({ atLeast: 2 }))).toEqual(['nodes.gpu.atLeast: at most 1, as many nodes with these labels are ready; not ready or cordoned: g2']);
  });

  it('have the taints', () => {
    const bare = node('g2', { ...GPU, taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] });
    expect(faults(withGpus(node('g1', GPU), bare), pool({ taints: [TAINT] }))).toEqual([`nodes.gpu.taints: a taint of every one of these nodes; g2 is without it (g2 has nvidia.com/gpu:NoSchedule)`]);
  });

  it('offer the GPUs', () => {
    const few = node('g2', { ...GPU, allocatable: { ...GPU.allocatable, 'nvidia.com/gpu': '4' } });
    expect(faults(withGpus(node('g1', GPU), few), pool({ gpus: 8 }))).toEqual(['nodes.gpu.gpus: what every one of these nodes offers; g2 has 4']);
    const none = node('g1', { ...GPU, allocatable: { cpu: '32', memory: '256Gi', pods: '110' } });
    expect(faults(withGpus(none), pool({ gpus: 1 }))).toEqual(['nodes.gpu.gpus: what every one of these nodes offers; g1 has 0; a node offers GPUs once their device plugin runs on it']);
  });
});

describe('room', () => {
  const SMALL = { cpu: '500m', memory: '1Gi', pods: '110' };

  it('is not there on small nodes: what is asked, what is left, and for what there is none', () => {
    const [fault, ...more] = faults(cluster({ nodes: [node('n1', { allocatable: SMALL })] }));
    expect(more).toEqual([]);
    expect(fault).toMatch(/^context: a cluster with room for the platform beside what runs there: it asks for [\d.]+ CPU, [\d.]+ Gi, and 1 ready nodes have 0\.5 CPU, 1 Gi left, of which no room is found for Deployment\/\S+ \(\d+ of .* CPU, .*\)/);
    expect((fault ?? '').length).toBeLessThan(1200);
  });

  it('is taken by what runs there already, sidecars included', () => {
    const busy = (spec: Readonly<Record<string, unknown>>) => cluster({ nodes: ['n1', 'n2', 'n3'].map((name) => node(name, { pods: [{ namespace: 'batch', name: 'busy', spec }] })) });
    const asks = (cpu: string) => ({ resources: { requests: { cpu, memory: '1Gi' } } });
    expect(faults(busy({ containers: [asks('15500m')] }))).toHaveLength(1);
    expect(faults(busy({ containers: [asks('500m')], initContainers: [{ ...asks('15'), restartPolicy: 'Always' }] }))).toHaveLength(1);
    expect(faults(busy({ containers: [asks('2')] }))).toEqual([]);
  });

  it('is not taken by the platform itself, on a second run', () => {
    const itself = cluster({ nodes: ['n1', 'n2', 'n3'].map((name) => node(name, { pods: [pod('istio-system', { cpu: '15500m', memory: '60Gi' })] })) });
    expect(faults(itself)).toEqual([]);
    const team = cluster({ nodes: ['n1', 'n2', 'n3'].map((name) => node(name, { pods: [pod('vision', { cpu: '15500m', memory: '60Gi' })] })) });
    expect(faults(team, { ...MINIMAL, teams: ['vision'] })).toHaveLength(1);
  });

  it('is not on nodes with taints, of Windows, or full of pods', () => {
    const tainted = ['n1', 'n2', 'n3'].map((name) => node(name, { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] }));
    expect(faults(cluster({ nodes: tainted }))).toHaveLength(1);
    const windows = ['n1', 'n2'].map((name) => node(name, { labels: { 'kubernetes.io/os': 'windows' } }));
    expect(faults(cluster({ nodes: windows }))).toEqual(['context: a cluster with ready Linux nodes; none of its 2 is one']);
    const full = node('n1', { allocatable: { ...node('n1').allocatable, pods: '4' }, pods: [1, 2, 3].map((index) => pod('batch', {}, `small-${index}`)) });
    expect(faults(cluster({ nodes: [full] }))).toHaveLength(1);
  });

  it('is looked for on a thousand nodes in seconds, and said in a few lines', () => {
    const nodes = Array.from({ length: 1000 }, (_, index) => node(`n${index}`, { allocatable: SMALL, pods: [pod('batch', { cpu: '400m', memory: '900Mi' })] }));
    const [fault] = faults(cluster({ nodes }));
    expect((fault ?? '').length).toBeLessThan(1500);
  }, 20_000);
});

describe('a certificate', () => {
  it('that is given is valid now', () => {
    expect(faults(cluster(), { ...MINIMAL, certificates: EVERYTHING.certificates }, new Date('2020-01-01T00:00:00Z'))).toEqual([
      expect.stringMatching(/^certificates\.given\.certificateFile: a certificate that is valid now; this one is from \w+ +\d+ .* to /),
    ]);
  });
});
