import { type FieldPath, read } from '../../engine/field-path';
import { type CloudResource, isFields } from '../../engine/object';
import type { Report } from '../../engine/policy';
import type { Setting } from '../../engine/setting';
import { readOr, UnknownValueError } from '../../engine/unknown-value';

/** Where an input of a resource stands, and what it is. */
export interface Input extends Setting {
  readonly path: FieldPath;
}

/**
 * An input of a cloud resource.
 *
 * @throws UnknownValueError with the input's path, if its value is not known yet
 */
export function input(resource: CloudResource, ...path: FieldPath): Input {
  try {
    return { path, value: read(resource.properties, ...path) };
  } catch (error) {
    throw error instanceof UnknownValueError ? new UnknownValueError(error.message, path) : error;
  }
}

/** The elements of a list input, each with its path. A mapping where a list belongs counts as its only element. */
export function elements(resource: CloudResource, ...path: FieldPath): readonly Input[] {
  const { value } = input(resource, ...path);
  if (isFields(value)) return [{ path, value }];
  return Array.isArray(value) ? value.map((_, index) => input(resource, ...path, index)) : [];
}

/** Whether a switch is on. The provider takes the text "true" for it, and so does Google in metadata. */
export function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/** Whether a switch is set to off, rather than left to its default. */
export function isOff(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.toLowerCase() === 'false');
}

/** Whether an input that names something does so. */
export function isNamed(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** An input in capitals, as Google's enumerations are written; `''` if it is no text. */
export function capitals(value: unknown): string {
  return typeof value === 'string' ? value.toUpperCase() : '';
}

/** Whether a network range is the whole internet. */
export function isAnywhere(range: unknown): boolean {
  return typeof range === 'string' && /^\s*[\da-f.:]+\/0+\s*$/i.test(range);
}

/** Runs a check on one part of a resource: an unknown value leaves that part undecided, not the others. */
export function decide(report: Report, path: FieldPath, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    report.undecided({ path: error.path ?? path, reason: error.message });
  }
}

/** The names by which other resources may refer to one: for looking up only, never for a verdict. */
export function nameOf(resource: CloudResource, property = 'name'): string | undefined {
  const name = readOr(undefined, () => read(resource.properties, property));
  return isNamed(name) ? name : undefined;
}
