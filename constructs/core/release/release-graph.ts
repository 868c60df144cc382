import { collapse, shortestPath } from './cycle';
import { Dependencies } from './dependencies';
import { EdgeCollector } from './edge-collector';
import { nodeName } from './errors';
import { findObject } from './find-object';
import type { ComponentNode, Dependency, ExternalReference, ObjectNode, ReleaseEdge, ReleaseNode, SynthesizedObject } from './model';
import { ObjectIndex } from './object-index';
import type { ReleaseGraphOptions } from './options';
import { type Ordering, orderNodes } from './order';
import { type ReleaseJson, releaseJson } from './release-json';
import { RULES } from './rules';
import { type Skipped, type Why, whyTree } from './why';

/** Options of {@link ReleaseGraph.directDependencies}. */
export interface DirectDependenciesOptions {
  /** Leave out what another dependency of the same object already waits for. @default false */
  readonly reduce?: boolean;
}

/**
 * In which order objects are applied, and why. Inferred from the objects alone, in time linear in objects and edges; the
 * same for every order they are given in.
 */
export class ReleaseGraph {
  /**
   * Reads the graph from objects and from what components took as constructor arguments.
   *
   * @throws DuplicateObjectError if two objects have one identity
   * @throws UnknownComponentError if a component requires one that is not given
   * @throws ReleaseCycleError if objects wait for each other
   */
  public static of(objects: readonly SynthesizedObject[], components: readonly ComponentNode[], options: ReleaseGraphOptions = {}): ReleaseGraph {
    const index = new ObjectIndex(objects, components, options);
    const edges = new EdgeCollector(index);
    for (const rule of [...RULES, ...(options.rules ?? [])]) rule(index, edges);
    edges.settle();
    return new ReleaseGraph(index.objects, edges, orderNodes(edges.nodes, edges.outgoing));
  }

  /** Objects and barriers. */
  public readonly nodes: readonly ReleaseNode[];
  /** Preferred edges left out, since what should wait is itself waited for. */
  public readonly skipped: readonly ReleaseEdge[];
  /** References to what is expected on the cluster already. */
  public readonly external: readonly ExternalReference[];
  private readonly outgoing: readonly (readonly ReleaseEdge[])[];
  private readonly dependencies: Dependencies;

  private constructor(
    private readonly objects: readonly ObjectNode[],
    { nodes, outgoing, skipped, external }: EdgeCollector,
    private readonly ordering: Ordering,
  ) {
    this.nodes = nodes;
    this.outgoing = outgoing;
    this.skipped = skipped;
    this.external = external;
    this.dependencies = new Dependencies(ordering, outgoing);
  }

  /** All edges, those through barriers as they are: `from` waits for `to`. */
  public get edges(): readonly ReleaseEdge[] {
    return this.outgoing.flat();
  }

  /** Objects in the order they are applied. */
  public order(): readonly ObjectNode[] {
    return this.ordering.nodes.filter((node) => node.type === 'object');
  }

  /** Objects in the order they are deleted: {@link order} backwards. */
  public deletionOrder(): readonly ObjectNode[] {
    return [...this.order()].reverse();
  }

  /** Objects that can be applied together, once all layers before theirs are ready. Each in rank order. */
  public layers(): readonly (readonly ObjectNode[])[] {
    const layers: ObjectNode[][] = [];
    for (const node of this.objects) (layers[this.layerOf(node)] ??= []).push(node);
    return layers;
  }

  /** Layer of an object: how many must come one after the other before it can. */
  public layerOf(node: ObjectNode): number {
    return this.ordering.layers[node.index] ?? 0;
  }

  /**
   * What an object waits for, barriers looked through. Behind a barrier may be as many objects as a component has:
   * where only the waiting matters, ask for the reduced list.
   */
  public directDependencies(node: ObjectNode, { reduce = false }: DirectDependenciesOptions = {}): readonly Dependency[] {
    return this.dependencies.of(node, reduce);
  }

  /** The edges out of a node as they are, for consumers that pass barriers themselves. */
  public edgesFrom(node: ReleaseNode): readonly ReleaseEdge[] {
    return this.outgoing[node.index] ?? [];
  }

  /**
   * The object of that name: `Kind/name` or `Kind/namespace/name`.
   *
   * @throws UnknownObjectError if there is none, or more than one
   */
  public find(reference: string): ObjectNode {
    return findObject(this.objects, reference);
  }

  /**
   * Why an object waits.
   *
   * @throws UnknownObjectError if no object has the name
   * @see renderWhy
   */
  public why(reference: ObjectNode | string): Why {
    return whyTree(this, typeof reference === 'string' ? this.find(reference) : reference);
  }

  /** The edges of an object that were left out, each with the way round that forbids it. */
  public skippedFrom(reference: ObjectNode | string): readonly Skipped[] {
    const node = typeof reference === 'string' ? this.find(reference) : reference;
    return this.skipped
      .filter(({ from }) => from === node)
      .map(({ from, to, reason }) => ({
        from: nodeName(from),
        to: nodeName(to),
        reason,
        because: collapse(shortestPath(to, from, this.outgoing)),
      }));
  }

  /** How a node is called in messages: `Kind/namespace/name`, or what a barrier stands for. */
  public nameOf(node: ReleaseNode): string {
    return nodeName(node);
  }

  /** The content of `release.json`. */
  public toJSON(): ReleaseJson {
    return releaseJson(this);
  }
}
