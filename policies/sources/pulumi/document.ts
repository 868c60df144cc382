import type { FieldPath } from '../../engine/field-path';
import { type Fields, isFields } from '../../engine/object';

/** A resource as a document describes it, and where. */
export interface DescribedResource {
  readonly state: Fields;
  readonly at: FieldPath;
}

/** What a Pulumi document describes. */
export interface PulumiDocument {
  readonly resources: readonly DescribedResource[];
  /** Resources that exist but are not described. @default 0 */
  readonly left?: number;
}

/** What is gone, or was only read, once the steps have been taken. */
const ENDS_WITHOUT = new Set(['delete', 'delete-replaced', 'discard', 'discard-replaced', 'remove-pending-replace']);

/**
 * The resources in the output of `pulumi stack export`, `pulumi preview --json`, or one line of the latter when it streams
 * events, or in a state file; `undefined` if the value is none of these. Of a preview it is what there will be after it.
 */
export function readPulumi(value: unknown): PulumiDocument | undefined {
  if (!isFields(value) || 'apiVersion' in value) return undefined;
  return readState(value) ?? readPreview(value) ?? readEvent(value);
}

function readState({ version, deployment, checkpoint }: Fields): PulumiDocument | undefined {
  if (typeof version !== 'number') return undefined;
  if (isFields(deployment)) return readDeployment(deployment, ['deployment']);
  if (!isFields(checkpoint)) return undefined;
  return isFields(checkpoint.latest) ? readDeployment(checkpoint.latest, ['checkpoint', 'latest']) : { resources: [] };
}

function readDeployment({ resources, manifest }: Fields, at: FieldPath): PulumiDocument | undefined {
  if (Array.isArray(resources) && resources.every(isState)) return { resources: describe(resources, (state) => state, [...at, 'resources']) };
  return resources === undefined && isFields(manifest) ? { resources: [] } : undefined;
}

function readPreview({ steps, changeSummary, duration }: Fields): PulumiDocument | undefined {
  if (steps === undefined || (Array.isArray(steps) && steps.length === 0)) {
    return isFields(changeSummary) && typeof duration === 'number' ? { resources: [], left: sames(changeSummary, 0) } : undefined;
  }
  if (!Array.isArray(steps) || !steps.every(isStep)) return undefined;
  const resources = describe(steps, stateAfter, ['steps'], 'newState');
  return { resources, left: sames(changeSummary, steps.filter(({ op }) => op === 'same').length) };
}

function isState(state: unknown): boolean {
  return isFields(state) && (typeof state.urn === 'string' || typeof state.type === 'string');
}

function isStep(step: unknown): step is Fields {
  return isFields(step) && typeof step.op === 'string' && typeof step.urn === 'string';
}

/** How many resources stay as they are without being described. */
function sames(summary: unknown, described: number): number {
  const same = isFields(summary) ? summary.same : undefined;
  return typeof same === 'number' ? Math.max(0, same - described) : 0;
}

function stateAfter({ op, newState }: Fields): unknown {
  return typeof op === 'string' && ENDS_WITHOUT.has(op) ? undefined : newState;
}

function readEvent(value: Fields): PulumiDocument | undefined {
  if (typeof value.sequence !== 'number' || typeof value.timestamp !== 'number' || !Object.keys(value).some((key) => key.endsWith('Event'))) return undefined;
  const { resourcePreEvent: event } = value;
  const step = isFields(event) ? event.metadata : undefined;
  const state = isFields(step) ? stateAfter({ op: step.op, newState: step.new }) : undefined;
  if (!isFields(state)) return { resources: [] };
  // An event says `custom` only of what is.
  return { resources: [{ state: { custom: false, ...state }, at: ['resourcePreEvent', 'metadata', 'new'] }] };
}

function describe(list: readonly unknown[], stateOf: (item: Fields) => unknown, at: FieldPath, ...inside: string[]): DescribedResource[] {
  return list.flatMap((item, index) => {
    const state = isFields(item) ? stateOf(item) : undefined;
    return isFields(state) ? [{ state, at: [...at, index, ...inside] }] : [];
  });
}
