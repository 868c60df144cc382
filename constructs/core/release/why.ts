import type { CycleStep } from './errors';
import { type ObjectNode, type Reason, objectName } from './model';
import type { ReleaseGraph } from './release-graph';
import { explain } from './reasons';

/** Why an object waits: what it waits for, what that waits for in turn, and so on. */
export interface Why {
  /** `Kind/namespace/name`. */
  readonly object: string;
  readonly component: string;
  readonly path: string;
  /** How many objects must come one after the other before this one can. */
  readonly layer: number;
  /** Longest chain first. Empty if `above`. */
  readonly waitsFor: readonly WhyLink[];
  /** True if the object was explained earlier in the same tree, so that nothing is said twice. */
  readonly above: boolean;
}

export interface WhyLink {
  readonly reasons: readonly Reason[];
  /** True if another object on the same list already waits for this one. */
  readonly implied: boolean;
  readonly on: Why;
}

/** An edge that was wanted but left out, and the way in which its end waits for its start. */
export interface Skipped {
  readonly from: string;
  readonly to: string;
  readonly reason: Reason;
  /** `to` waits for ... waits for `from`. */
  readonly because: readonly CycleStep[];
}

/** @see ReleaseGraph.why */
export function whyTree(graph: ReleaseGraph, node: ObjectNode): Why {
  const explained = new Set<ObjectNode>();
  const tree = (at: ObjectNode): Why => {
    const above = explained.has(at);
    explained.add(at);
    const dependencies = above ? [] : [...graph.directDependencies(at)].sort((a, b) => graph.layerOf(b.node) - graph.layerOf(a.node));
    return {
      object: objectName(at.object.manifest),
      component: at.object.component,
      path: at.object.path,
      layer: graph.layerOf(at),
      waitsFor: dependencies.map(({ node: on, reasons, implied }) => ({ reasons, implied, on: tree(on) })),
      above,
    };
  };
  return tree(node);
}

/**
 * A tree of reasons as text. What the object asked about waits for is shown in full; below that, what another entry of
 * the same list implies is left out.
 */
export function renderWhy(why: Why, skipped: readonly Skipped[] = []): string {
  const lines = [`${why.object} (${why.path})`];
  if (why.waitsFor.length === 0) lines.push('waits for nothing');
  renderLinks(why.waitsFor, '', lines);
  for (const { to, reason, because } of skipped) {
    lines.push('', `It does not wait for ${to}, although: ${explain(reason)}.`, 'That waits for it:');
    for (const step of because) lines.push(`  ${step.from} waits for ${step.to}: ${explain(step.reason)}`);
  }
  return `${lines.join('\n')}\n`;
}

function renderLinks(links: readonly WhyLink[], indent: string, lines: string[]): void {
  links.forEach(({ on, reasons }, i) => {
    const last = i === links.length - 1;
    const shown = on.waitsFor.filter(({ implied }) => !implied);
    const suffix = on.above ? ' (above)' : '';
    lines.push(`${indent}${last ? '└─ ' : '├─ '}${on.object}: ${reasons.map(explain).join('; ')}${suffix}`);
    renderLinks(shown, `${indent}${last ? '   ' : '│  '}`, lines);
  });
}
