import { type CloudResource, evaluate, type Evaluation, POLICIES, type Subject, UnknownValueError } from '../../../../policies';
import { withUnknownValues } from '../../../../policies/engine/unknown-value';

/** Stands for a value that a preview does not know yet. */
export const UNKNOWN = { unknown: 'in this preview' };

/** Inputs in which reading {@link UNKNOWN} throws, as in a preview. */
function preview(properties: object): CloudResource['properties'] {
  const trap = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : new Proxy(value, {
          get(target, key) {
            const part: unknown = Reflect.get(target, key);
            if (part === UNKNOWN) throw new UnknownValueError('later');
            return trap(part);
          },
        });
  const copy = withUnknownValues(trap(properties), (error) => error instanceof UnknownValueError);
  const fields: Record<string, unknown> = {};
  return Object.defineProperties(fields, Object.getOwnPropertyDescriptors(copy));
}

/** A resource called `it`. */
export function resource(type: string, properties: object = {}, about: Partial<CloudResource> = {}): CloudResource {
  return { type, name: 'it', properties: { ...properties }, ...about };
}

/** A resource called `it` in a preview. */
export function inPreview(type: string, properties: object, about: Partial<CloudResource> = {}): CloudResource {
  return { ...resource(type, {}, about), properties: preview(properties) };
}

/** The evaluation of one policy. */
export function run(id: string, ...subjects: readonly Subject[]): Evaluation {
  const policy = POLICIES.find((candidate) => candidate.id === id);
  if (!policy) throw new Error(`no policy ${id}`);
  return evaluate(subjects, { policies: [policy] });
}

/** `path | found | message` of each finding of a policy. */
export function check(id: string, ...subjects: readonly Subject[]): string[] {
  return run(id, ...subjects).findings.map(({ path, found, message }) => `${path} | ${JSON.stringify(found)} | ${message}`);
}

/** `path: reason` of what a policy leaves undecided. */
export function open(id: string, ...subjects: readonly Subject[]): string[] {
  return run(id, ...subjects).coverage.undecided.map(({ path, reason }) => `${path}: ${reason}`);
}

/** Controls of a policy in the newest version of a benchmark. */
export function controls(id: string, start: string): string[] {
  const found = POLICIES.find((candidate) => candidate.id === id)?.controls ?? [];
  return found.filter((control) => control.startsWith(start)).map((control) => control.slice(start.length));
}
