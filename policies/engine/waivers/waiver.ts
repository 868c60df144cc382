import { isFields } from '../object';

/** Prefix of the annotation that carries a waiver; the rest of the key is the policy id. */
export const WAIVER_ANNOTATION = 'waiver.kubeflow-cdk.dev/';

/** A reasoned exception, whatever it applies to. */
export interface WaiverTerms {
  /** Why the exception is needed; shown in every report. */
  readonly reason: string;
  /** Containers it covers. @default all, and what is about the pod as a whole */
  readonly containers?: readonly string[];
  /** Last day on which it holds, `YYYY-MM-DD`. @default it does not expire */
  readonly expires?: string;
  /** Who answers for it. @default no one is named */
  readonly owner?: string;
}

/** A waiver for an object that cannot be edited. */
export interface ObjectWaiver extends WaiverTerms {
  /** Policy id, e.g. `host-path`, or control, e.g. `cis-kubernetes-2.0.1:5.2.11`: then of every policy that decides it. */
  readonly policy: string;
  readonly object: WaivedObject;
  /** Where it is written, for reports. @default it was given in code */
  readonly source?: { readonly file: string; readonly line: number; readonly column: number };
}

/** The object a waiver is for, or the objects: `*` in a field stands for any text. Of a cloud resource the kind is its Pulumi type. */
export interface WaivedObject {
  readonly kind: string;
  readonly name: string;
  /** @default any */
  readonly apiVersion?: string;
  /** @default any */
  readonly namespace?: string;
}

/** What can be wrong with a waiver's text, as a sentence that starts with the field. */
export type WaiverProblem = string;

const TERMS = new Set(['reason', 'containers', 'expires', 'owner']);

/**
 * Reads the value of a waiver annotation: the reason as plain text, or a JSON object with `reason` and, if wanted,
 * `containers`, `expires` and `owner`.
 */
export function parseAnnotation(value: unknown): WaiverTerms | WaiverProblem {
  if (typeof value !== 'string') return `the value is ${JSON.stringify(value)}; expected text`;
  const text = value.trim();
  if (!text.startsWith('{')) return checkTerms({ reason: text });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return `the value starts like JSON but is none: ${error instanceof Error ? error.message : String(error)}`;
  }
  return isFields(parsed) ? checkTerms(parsed) : 'the value is no JSON object';
}

/** Checks terms that were read from text. */
export function checkTerms(value: Readonly<Record<string, unknown>>): WaiverTerms | WaiverProblem {
  const { reason, containers, expires, owner } = value;
  const unknown = Object.keys(value).find((key) => !TERMS.has(key));
  if (unknown !== undefined) return `'${unknown}' is no field of a waiver; expected ${[...TERMS].join(', ')}`;
  if (typeof reason !== 'string' || reason.trim() === '') return `reason is ${show(reason)}; expected why the exception is needed`;
  if (containers !== undefined && !isNames(containers)) return `containers is ${show(containers)}; expected a list of container names`;
  if (expires !== undefined && !isDay(expires)) return `expires is ${show(expires)}; expected a day as YYYY-MM-DD`;
  if (owner !== undefined && (typeof owner !== 'string' || owner === '')) return `owner is ${show(owner)}; expected a name`;
  return { reason: reason.trim(), ...(containers && { containers }), ...(expires && { expires }), ...(owner && { owner }) };
}

/** Whether a waiver's last day lies before another day (in UTC). */
export function hasExpired({ expires }: WaiverTerms, now: Date | undefined): boolean {
  return expires !== undefined && now !== undefined && expires < now.toISOString().slice(0, 10);
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string' && name !== '');
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
