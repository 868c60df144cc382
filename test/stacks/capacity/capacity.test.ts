import type { SynthesizedObject } from '../../../constructs/core';
import { capacityOf, CapacityError, requireRoom } from '../../../stacks/capacity';
import { plan } from '../../../stacks/plan';
import * as aks from '../aks/run';
import * as gke from '../gke/stand';
import { synthesize } from '../../../constructs/core';
import { GiB, pool } from './pools';

const object = (component: string, kind: string, name: string, spec: object): SynthesizedObject => ({ component, manifest: { apiVersion: 'v1', kind, metadata: { name, namespace: 'ns' }, spec }, path: name });
const workload = (component: string, kind: string, name: string, cpu: string, spec: object = {}, pod: object = {}) =>
  object(component, kind, name, { ...spec, template: { spec: { containers: [{ name: 'c', resources: { requests: { cpu, memory: '1Gi' } } }], ...pod } } });
const OBJECTS = [
  workload('istio', 'DaemonSet', 'cni', '100m'),
  workload('istio', 'Deployment', 'istiod', '500m', { replicas: 2 }),
  workload('kserve', 'Deployment', 'controller', '200m'),
  object('kserve', 'PersistentVolumeClaim', 'models', { resources: { requests: { storage: '10Gi' } } }),
  object('team-a', 'PersistentVolumeClaim', 'shared', { resources: { requests: { storage: '1Gi' } } }),
];

describe('the capacity of a platform', () => {
  it('is what each component asks for, with a pod of a DaemonSet on each node it may run on', () => {
    const tainted = pool('gpu', { min: 3, taints: [{ key: 'gpu', effect: 'NoSchedule' }] });
    expect(capacityOf(OBJECTS, [pool('system', { min: 2 }), tainted]).components).toEqual([
      { component: 'istio', pods: 4, requests: { cpu: 1200, memory: 4 * GiB, gpus: {} }, disk: 0 },
      { component: 'kserve', pods: 1, requests: { cpu: 200, memory: GiB, gpus: {} }, disk: 10 * GiB },
      { component: 'team-a', pods: 0, requests: { cpu: 0, memory: 0, gpus: {} }, disk: GiB },
    ]);
  });

  it('adds up: what is asked of the nodes is what the components ask for', () => {
    const { components, pools } = capacityOf(OBJECTS, [pool('system', { min: 2 }), pool('cpu')]);
    const total = (amounts: readonly { readonly requests: { readonly cpu: number } }[]) => amounts.reduce((sum, { requests }) => sum + requests.cpu, 0);
    expect(pools.reduce((sum, { requested }) => sum + requested.cpu, 0)).toBe(total(components));
    expect(pools.reduce((sum, use) => sum + use.pods, 0)).toBe(components.reduce((sum, each) => sum + each.pods, 0));
  });

  it('says nothing of room where the nodes are not known', () => {
    const capacity = capacityOf(OBJECTS, []);
    expect(requireRoom(capacity)).toBe(capacity);
    expect(capacity).toMatchObject({ pools: [], misfits: [], components: [{ component: 'istio', pods: 2 }, {}, {}] });
  });

  it('is refused without room, with everything that has none', () => {
    const capacity = capacityOf(OBJECTS, [pool('tiny', { cpu: 0.3, min: 1, max: 1 })]);
    expect(() => requireRoom(capacity)).toThrow(
      new CapacityError(capacity.misfits),
    );
    expect(() => requireRoom(capacity)).toThrow(
      'the platform does not fit on its nodes; nothing was made:\n' +
        '  istio: Deployment/ns/istiod: asks for 0.5 CPU, 1 Gi; an empty node of tiny has 0.2 CPU, 15 Gi\n' +
        'Give the node pools larger machines or more of them (kubeflow-cdk:nodes), or the component less.',
    );
  });
});

/** Every platform that brings its nodes. */
const platforms = async () => {
  const planned = [await gke.rehearse({ ...gke.MINIMAL, teams: ['vision'] }), await plan(aks.configured({ ...aks.MINIMAL, teams: ['vision'] }))];
  return planned.map(({ app, provisioned }) => ({ objects: synthesize(app), nodePools: provisioned?.nodePools ?? [] }));
};

describe('the platform as it is', () => {
  it('counts every workload that runs all the time', async () => {
    for (const { objects, nodePools } of await platforms()) {
      const running = objects.filter(({ manifest: { kind } }) => ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicaSet', 'Pod', 'ReplicationController'].includes(kind));
      const { components } = capacityOf(objects, nodePools);
      expect(components.filter(({ pods }) => pods > 0).map(({ component }) => component).sort()).toEqual([...new Set(running.map(({ component }) => component))].sort());
      expect(running.map(({ manifest: { kind } }) => kind)).toEqual(expect.not.arrayContaining(['ReplicaSet', 'Pod', 'ReplicationController']));
    }
  });

  it('asks for nothing of the scheduler that is not counted here', async () => {
    for (const { objects } of await platforms()) {
      const specs = objects.flatMap(({ manifest }) => {
        const template = Reflect.get(Object(manifest['spec']), 'template');
        return ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(manifest.kind) ? [Reflect.get(Object(template), 'spec')] : [];
      });
      const spread = specs.flatMap(({ topologySpreadConstraints = [] }) => topologySpreadConstraints.map((each: { whenUnsatisfiable: string }) => each.whenUnsatisfiable));
      expect([...new Set(spread)]).toEqual(['ScheduleAnyway']);
      expect(specs.filter(({ affinity }) => affinity !== undefined)).toEqual([]);
      expect(JSON.stringify(specs)).not.toContain('ephemeral-storage');
    }
  });
});
