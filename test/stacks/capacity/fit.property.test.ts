import fc from 'fast-check';
import type { NodePoolCapacity } from '../../../components/capacity';
import { within } from '../../../stacks/capacity/amounts';
import type { PodDemand } from '../../../stacks/capacity/demand';
import { fit } from '../../../stacks/capacity/fit';
import { PoolNodes } from '../../../stacks/capacity/pool-nodes';
import { takes } from '../../../stacks/capacity/takes';
import { pods, pool } from './pools';

const RUNS = { numRuns: 300, seed: 7 };

const label = fc.constantFrom('a', 'b');
const demand: fc.Arbitrary<PodDemand[]> = fc
  .array(
    fc.record({
      replicas: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) }, { weight: 1, arbitrary: fc.constant('each-node' as const) }),
      cpu: fc.integer({ min: 0, max: 50 }).map((tenths) => tenths / 10),
      memory: fc.integer({ min: 0, max: 20 }),
      gpus: fc.constantFrom(0, 0, 0, 1, 2),
      nodeSelector: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: label.map((pool) => ({ pool })) }),
      tolerations: fc.constantFrom([], [{ key: 'tainted', operator: 'Exists' }]),
    }),
    { maxLength: 10 },
  )
  .map((all) => all.map(({ replicas, ...rest }, index) => pods(`Deployment/ns/${index}`, replicas, rest)));
const onePool = fc
  .record({ cpu: fc.integer({ min: 1, max: 8 }), memory: fc.integer({ min: 1, max: 32 }), gpus: fc.constantFrom(0, 0, 2), podsEach: fc.integer({ min: 1, max: 20 }), min: fc.integer({ min: 0, max: 3 }), more: fc.integer({ min: 0, max: 4 }), label, tainted: fc.boolean() })
  .map(({ label: value, tainted, min, more, ...rest }) => pool('', { ...rest, min, max: min + more, labels: { pool: value }, taints: tainted ? [{ key: 'tainted', effect: 'NoSchedule' }] : [] }));
const pools = fc.array(onePool, { minLength: 1, maxLength: 4 }).map((all) => all.map((each, index): NodePoolCapacity => ({ ...each, name: `pool-${index}` })));

const misfitsOf = (result: ReturnType<typeof fit>, owner: string) => result.misfits.filter((misfit) => misfit.owner === owner).reduce((sum, { pods: count }) => sum + count, 0);
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

it('asks no more of the nodes of a pool than they have, and takes no more nodes than there may be', () => {
  fc.assert(
    fc.property(demand, pools, (asked, given) => {
      for (const { pool: { allocatable, min, max }, nodes, pods: count, requested } of fit(asked, given).pools) {
        expect(nodes).toBeGreaterThanOrEqual(min);
        expect(nodes).toBeLessThanOrEqual(max);
        expect(count).toBeLessThanOrEqual(nodes * allocatable.pods);
        expect(within(requested, { cpu: nodes * allocatable.cpu, memory: nodes * allocatable.memory, gpus: Object.fromEntries(Object.entries(allocatable.gpus).map(([name, each]) => [name, each * nodes])) })).toBe(true);
      }
    }),
    RUNS,
  );
});

it('asks no more of any single node than it has', () => {
  fc.assert(
    fc.property(demand, onePool, (asked, given) => {
      const onEach = asked.filter(({ replicas }) => replicas === 'each-node');
      const filling = new PoolNodes(given, onEach);
      for (const pod of asked.filter(({ replicas }) => replicas !== 'each-node')) if (!filling.place(pod)) filling.grow(pod);
      for (const { room, pods: count } of filling.nodes) {
        expect(Math.min(room.cpu, room.memory, ...Object.values(room.gpus))).toBeGreaterThanOrEqual(0);
        expect(count).toBeLessThanOrEqual(given.allocatable.pods);
      }
    }),
    RUNS,
  );
});

it('loses no pod: each is on a node, or named', () => {
  fc.assert(
    fc.property(demand, pools, (asked, given) => {
      const result = fit(asked, given);
      const nodesFor = (pod: PodDemand) => sum(result.pools.map(({ pool: each, nodes }) => (takes(each, pod) ? nodes : 0)));
      const wanted = sum(asked.map((pod) => (pod.replicas === 'each-node' ? nodesFor(pod) : pod.replicas)));
      expect(sum(result.pools.map(({ pods: count }) => count)) + sum(result.misfits.map(({ pods: count }) => count))).toBe(wanted);
    }),
    RUNS,
  );
});

it('finds room for no fewer pods on more nodes of a pool', () => {
  fc.assert(
    fc.property(demand, onePool, fc.integer({ min: 1, max: 5 }), fc.boolean(), (asked, given, more, alreadyThere) => {
      const larger = { ...given, max: given.max + more, min: alreadyThere ? given.min + more : given.min };
      const [before, after] = [fit(asked, [given]), fit(asked, [larger])];
      for (const { owner } of asked.filter(({ replicas }) => replicas !== 'each-node')) expect(misfitsOf(after, owner)).toBeLessThanOrEqual(misfitsOf(before, owner));
    }),
    RUNS,
  );
});

it('says the same of the same, in whatever order it is asked', () => {
  fc.assert(
    fc.property(demand, pools, (asked, given) => {
      expect(fit(asked, given)).toEqual(fit(asked, given));
      expect(fit(asked.toReversed(), given)).toEqual(fit(asked, given));
    }),
    RUNS,
  );
});
