import * as fc from 'fast-check';
import { ReleaseGraph, type ObjectNode } from '../../../../constructs/core/release';
import { randomPlatform, randomReferences, type RandomPlatform } from './random-platform';

const build = ({ objects, components }: RandomPlatform) => ReleaseGraph.of(objects, components, randomReferences);

describe('for random platforms', () => {
  test('there is an order, and it respects every edge', () => {
    fc.assert(
      fc.property(randomPlatform, (platform) => {
        const graph = build(platform);
        const order = graph.order();
        expect(order).toHaveLength(platform.objects.length);
        const position = new Map(order.map((node, i) => [node, i]));
        for (const node of order) {
          const late = graph.directDependencies(node).filter((dependency) => position.get(dependency.node)! >= position.get(node)!);
          expect(late).toEqual([]);
        }
      }),
    );
  });

  test('the order the objects and components come in changes nothing', () => {
    const shuffled = randomPlatform.chain((platform) =>
      fc.tuple(
        fc.constant(platform),
        fc.shuffledSubarray([...platform.objects], { minLength: platform.objects.length }),
        fc.shuffledSubarray([...platform.components], { minLength: platform.components.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([platform, objects, components]) => {
        expect(JSON.stringify(build({ objects, components }))).toBe(JSON.stringify(build(platform)));
      }),
    );
  });

  test('deletion is the order backwards', () => {
    fc.assert(
      fc.property(randomPlatform, (platform) => {
        const graph = build(platform);
        expect([...graph.deletionOrder()].reverse().map(({ id }) => id)).toEqual(graph.order().map(({ id }) => id));
      }),
    );
  });

  test('layers hold every object once, each one after all it waits for and right after one of them', () => {
    fc.assert(
      fc.property(randomPlatform, (platform) => {
        const graph = build(platform);
        expect(new Set(graph.layers().flat()).size).toBe(platform.objects.length);
        for (const node of graph.order()) {
          const before = graph.directDependencies(node).map((dependency) => graph.layerOf(dependency.node));
          expect(graph.layerOf(node)).toBe(before.length === 0 ? 0 : Math.max(...before) + 1);
        }
      }),
    );
  });

  test('reduced dependencies imply all others, and none of them another', () => {
    fc.assert(
      fc.property(randomPlatform, (platform) => {
        const graph = build(platform);
        const all = reach(graph, false);
        const reduced = reach(graph, true);
        for (const node of graph.order()) {
          expect(reduced.get(node)!.size).toBe(all.get(node)!.size);
          const kept = graph.directDependencies(node, { reduce: true }).map((dependency) => dependency.node);
          expect(kept.filter((one) => kept.some((other) => all.get(other)!.has(one)))).toEqual([]);
        }
      }),
    );
  });

  test('an edge is only left out if its end waits for its start', () => {
    fc.assert(
      fc.property(randomPlatform, (platform) => {
        const graph = build(platform);
        for (const { from, to } of graph.skipped) {
          const reached = new Set([to]);
          for (const node of reached) for (const edge of graph.edgesFrom(node)) reached.add(edge.to);
          expect(reached.has(from)).toBe(true);
        }
      }),
    );
  });
});

/** All objects each object waits for, directly or not. */
function reach(graph: ReleaseGraph, reduce: boolean): Map<ObjectNode, Set<ObjectNode>> {
  const reached = new Map<ObjectNode, Set<ObjectNode>>();
  for (const node of graph.order()) {
    const own = new Set<ObjectNode>();
    for (const dependency of graph.directDependencies(node, { reduce })) {
      own.add(dependency.node);
      for (const further of reached.get(dependency.node)!) own.add(further);
    }
    reached.set(node, own);
  }
  return reached;
}
