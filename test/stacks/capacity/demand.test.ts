import type { Manifest, SynthesizedObject } from '../../../constructs/core';
import { demandOf } from '../../../stacks/capacity/demand';

type Spec = Readonly<Record<string, unknown>>;

const container = (cpu: string, memory = '1Gi', more: Spec = {}): Spec => ({ name: 'c', resources: { requests: { cpu, memory } }, ...more });
const object = (kind: string, spec: Spec, name = 'x'): SynthesizedObject => {
  const manifest: Manifest = { apiVersion: 'v1', kind, metadata: { name, namespace: 'ns' }, spec };
  return { manifest, component: 'some', path: `some/${name}` };
};
const workload = (kind: string, pod: Spec, spec: Spec = {}, name = 'x') => object(kind, { ...spec, template: { spec: { containers: [container('1')], ...pod } } }, name);
const autoscaler = (minReplicas: number | undefined, name = 'x') => object('HorizontalPodAutoscaler', { minReplicas, maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name } }, `scales-${name}`);
const one = (...objects: SynthesizedObject[]) => {
  const { pods } = demandOf(objects);
  expect(pods).toHaveLength(1);
  return pods[0];
};
const requests = (pod: Spec) => one(workload('Deployment', pod))?.requests;

describe('how many pods there are', () => {
  it.each([
    ['Deployment', { replicas: 3 }, 3],
    ['Deployment', {}, 1],
    ['Deployment', { replicas: 0 }, 0],
    ['StatefulSet', { replicas: 2 }, 2],
    ['Job', { parallelism: 4, completions: 8 }, 4],
    ['Job', {}, 1],
    ['DaemonSet', {}, 'each-node'],
  ])('%s %j', (kind, spec, replicas) => {
    expect(one(workload(kind, {}, spec))).toMatchObject({ component: 'some', owner: `${kind}/ns/x`, replicas });
  });

  it.each([
    [{}, 2, 2],
    [{ replicas: 3 }, 2, 3],
    [{ replicas: 1 }, undefined, 1],
    // What is scaled to nothing, an autoscaler leaves there.
    [{ replicas: 0 }, 2, 0],
  ])('an autoscaler keeps its least: %j, %j', (spec, minReplicas, replicas) => {
    expect(one(workload('Deployment', {}, spec), autoscaler(minReplicas))?.replicas).toBe(replicas);
  });

  it('an autoscaler of something else changes nothing', () => {
    expect(one(workload('Deployment', {}), autoscaler(5, 'y'))?.replicas).toBe(1);
  });

  it.each(['CronJob', 'ClusterTrainingRuntime', 'ConfigMap', 'TrainJob'])('%s has none that stay', (kind) => {
    expect(demandOf([workload(kind, {})]).pods).toEqual([]);
  });
});

describe('what a pod asks for', () => {
  it('is what its containers ask for together', () => {
    expect(requests({ containers: [container('250m', '64Mi'), container('0.5', '1Gi')] })).toEqual({ cpu: 750, memory: 64 * 2 ** 20 + 2 ** 30, gpus: {} });
  });

  it('is its limits, where no request is stated', () => {
    expect(requests({ containers: [{ name: 'c', resources: { limits: { cpu: '2', memory: '1Gi', 'nvidia.com/gpu': 1 }, requests: { memory: '512Mi' } } }] })).toEqual({ cpu: 2000, memory: 2 ** 29, gpus: { 'nvidia.com/gpu': 1 } });
    expect(requests({ containers: [{ name: 'c' }] })).toEqual({ cpu: 0, memory: 0, gpus: {} });
  });

  it.each(['nvidia.com/gpu', 'nvidia.com/mig-1g.5gb', 'amd.com/gpu', 'gpu.intel.com/i915', 'habana.ai/gaudi', 'aws.amazon.com/neuroncore'])('counts %s', (resource) => {
    expect(requests({ containers: [{ name: 'c', resources: { limits: { [resource]: '2' } } }] })?.gpus).toEqual({ [resource]: 2 });
  });

  it('is the most that it asks for at a time: init containers run before the others', () => {
    expect(requests({ initContainers: [container('3', '1Mi'), container('2', '4Gi')], containers: [container('1')] })).toMatchObject({ cpu: 3000, memory: 4 * 2 ** 30 });
    expect(requests({ initContainers: [container('1')], containers: [container('1'), container('1')] })).toMatchObject({ cpu: 2000 });
  });

  it('sidecars run beside what starts after them, and beside the containers', () => {
    const sidecar = (cpu: string) => container(cpu, '1Mi', { restartPolicy: 'Always' });
    expect(requests({ initContainers: [sidecar('1')], containers: [container('2')] })?.cpu).toBe(3000);
    expect(requests({ initContainers: [sidecar('1'), container('5')], containers: [container('2')] })?.cpu).toBe(6000);
    expect(requests({ initContainers: [container('5'), sidecar('1')], containers: [container('2')] })?.cpu).toBe(5000);
  });

  it('has what its runtime takes for itself', () => {
    expect(requests({ overhead: { cpu: '250m', memory: '160Mi' } })).toMatchObject({ cpu: 1250, memory: 2 ** 30 + 160 * 2 ** 20 });
  });

  it('where it may run', () => {
    const tolerations = [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }];
    expect(one(workload('Deployment', { nodeSelector: { pool: 'gpu' }, tolerations }))).toMatchObject({ nodeSelector: { pool: 'gpu' }, tolerations });
  });
});

describe('disks', () => {
  const claim = (storage: string) => ({ resources: { requests: { storage } } });

  it('are those of claims, and of each replica of a StatefulSet', () => {
    const statefulSet = object('StatefulSet', { replicas: 3, template: { spec: { containers: [] } }, volumeClaimTemplates: [{ spec: claim('10Gi') }, { spec: claim('1Gi') }] });
    expect(demandOf([object('PersistentVolumeClaim', claim('100Gi')), statefulSet]).disk).toEqual({ some: 133 * 2 ** 30 });
  });

  it('are none where none is asked for', () => {
    expect(demandOf([workload('Deployment', {})]).disk).toEqual({});
  });
});
