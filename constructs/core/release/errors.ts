import { type Reason, type ReleaseNode, objectName } from './model';
import { explain } from './reasons';

/** Two objects would be the same one on the cluster. */
export class DuplicateObjectError extends Error {
  public constructor(
    /** `Kind/namespace/name`. */
    public readonly object: string,
    /** Construct paths of the two declarations. */
    public readonly paths: readonly [string, string],
  ) {
    super(`${object} is declared twice: by ${paths[0]} and by ${paths[1]}. Give one of them another name or namespace, or declare it once.`);
    this.name = 'DuplicateObjectError';
  }
}

/** One step round a cycle: `from` waits for `to`. */
export interface CycleStep {
  /** Object name, or what a barrier stands for. */
  readonly from: string;
  readonly to: string;
  /** Construct path of `from`, if it is an object. */
  readonly path?: string;
  readonly reason: Reason;
}

/** Objects wait for each other, so that none can be first. */
export class ReleaseCycleError extends Error {
  public constructor(public readonly steps: readonly CycleStep[]) {
    const lines = steps.map(({ from, to, path, reason }) => `  ${from}${path ? ` (${path})` : ''}\n    waits for ${to}: ${explain(reason)}`);
    super(`The release order has a cycle; one of these must go:\n${lines.join('\n')}`);
    this.name = 'ReleaseCycleError';
  }
}

/** A component requires one that was not given. */
export class UnknownComponentError extends Error {
  public constructor(
    public readonly component: string,
    public readonly required: string,
    known: readonly string[],
  ) {
    super(`Component ${component} requires ${JSON.stringify(required)}, which is none of the components: ${known.join(', ')}.`);
    this.name = 'UnknownComponentError';
  }
}

/** Nothing, or more than one thing, has the name asked for. */
export class UnknownObjectError extends Error {
  public constructor(
    public readonly reference: string,
    /** Full names that were probably meant, closest first. */
    public readonly candidates: readonly string[],
    problem: string,
  ) {
    super(`${JSON.stringify(reference)} ${problem}${candidates.length > 0 ? ` ${candidates.join(', ')}` : ''}`);
    this.name = 'UnknownObjectError';
  }
}

/** How a node is called in messages. */
export function nodeName(node: ReleaseNode): string {
  return node.type === 'object' ? objectName(node.object.manifest) : node.label;
}
