import { isObject, type LiveObject } from '../../components/apiserver/objects';
import { conditionIs, READY, readinessOf, type Readiness, type ReadinessCheck } from './readiness';

/** The annotations of the official provider that say what is waited for, with the same meaning. */
const SKIP_AWAIT = 'pulumi.com/skipAwait';
const WAIT_FOR = 'pulumi.com/waitFor';
const TIMEOUT = 'pulumi.com/timeoutSeconds';
const PROPAGATION = 'pulumi.com/deletionPropagationPolicy';

/** Seconds something may take to become ready, or to go, when nothing else is said. */
const DEFAULT_TIMEOUT_SECONDS = 600;

/** The annotations of an object. */
export function annotationsOf(object: Record<string, unknown>): Record<string, unknown> {
  const metadata = object['metadata'];
  return isObject(metadata) && isObject(metadata['annotations']) ? metadata['annotations'] : {};
}

/** Whether nothing is to be waited for. It wins over every other annotation. */
export function skipsAwait(object: Record<string, unknown>): boolean {
  return annotationsOf(object)[SKIP_AWAIT] === 'true';
}

/**
 * Milliseconds to wait: the resource's `customTimeouts` (seconds, 0 when unset), else its annotation, else ten minutes.
 */
export function timeoutOf(object: Record<string, unknown>, customSeconds: number): number {
  const annotated = Number(annotationsOf(object)[TIMEOUT]);
  const seconds = customSeconds > 0 ? customSeconds : annotated > 0 ? annotated : DEFAULT_TIMEOUT_SECONDS;
  return seconds * 1000;
}

/** How dependents are deleted, if the object says so. */
export function propagationOf(object: Record<string, unknown>): 'Foreground' | 'Background' | 'Orphan' | undefined {
  const value = String(annotationsOf(object)[PROPAGATION] ?? '').toLowerCase();
  return value === 'foreground' ? 'Foreground' : value === 'background' ? 'Background' : value === 'orphan' ? 'Orphan' : undefined;
}

/**
 * What an object is waited for: its `waitFor` annotation, else what its kind says.
 * @throws Error when the annotation cannot be understood.
 */
export function readinessFor(object: { readonly apiVersion: string; readonly kind: string } & Record<string, unknown>): ReadinessCheck | undefined {
  if (skipsAwait(object)) return undefined;
  const wanted = annotationsOf(object)[WAIT_FOR];
  if (typeof wanted !== 'string' || wanted === '') return readinessOf(object.apiVersion, object.kind);
  const expressions: unknown = wanted.trimStart().startsWith('[') ? JSON.parse(wanted) : [wanted];
  if (!Array.isArray(expressions)) throw new Error(`Annotation ${WAIT_FOR} is ${wanted}, must be one expression or a JSON list of them`);
  const checks = expressions.map(parseExpression);
  return (live) => checks.map((check) => check(live)).find((result) => result.state !== 'ready') ?? READY;
}

function parseExpression(expression: unknown): ReadinessCheck {
  const text = String(expression);
  const named = /^condition=([^=]+)(?:=(.+))?$/.exec(text);
  if (named?.[1]) {
    const [, type, expected = 'True'] = named;
    return (object) => conditionIs(object, type, expected);
  }
  const path = /^jsonpath=\{?(\.[^}=]+)\}?(?:=(.+))?$/.exec(text);
  if (path?.[1]) {
    const [, members, expected] = path;
    return (object) => memberIs(object, members, expected);
  }
  throw new Error(`Annotation ${WAIT_FOR} has ${JSON.stringify(expression)}; it must be condition=<Type>[=<Status>] or jsonpath={.<path>}[=<value>]`);
}

function memberIs(object: LiveObject, members: string, expected: string | undefined): Readiness {
  let value: unknown = object;
  for (const part of members.slice(1).replace(/\[(\d+)\]/g, '.$1').split('.')) {
    value = Array.isArray(value) ? value[Number(part)] : isObject(value) ? value[part] : undefined;
  }
  const ready = expected === undefined ? value !== undefined && value !== null : String(value) === expected;
  return ready ? READY : { state: 'waiting', reason: `${members} is ${JSON.stringify(value) ?? 'missing'}${expected === undefined ? '' : `, not ${expected}`}` };
}
