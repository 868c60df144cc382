import { type FieldPath, read } from './field-path';
import type { Container, PodTemplate } from './pod-template';
import { UnknownValueError } from './unknown-value';

/** A value and where it stands, or should stand. */
export interface Setting {
  readonly path: FieldPath;
  /** `undefined` if it is not set. */
  readonly value: unknown;
}

/**
 * A field of a container or pod spec.
 *
 * @throws UnknownValueError with the field's path, if its value is not known yet
 */
export function setting(place: Container | PodTemplate, ...field: FieldPath): Setting {
  const path = [...place.path, ...field];
  try {
    return { path, value: read(place.spec, ...field) };
  } catch (error) {
    throw error instanceof UnknownValueError ? new UnknownValueError(error.message, path) : error;
  }
}

/**
 * What holds for a container: its own security context, else the pod's. If neither says anything, the path is that of
 * the container's own field.
 *
 * @throws UnknownValueError if a value that would decide is not known yet
 */
export function effectiveSecurity(container: Container, ...field: FieldPath): Setting {
  const own = setting(container, 'securityContext', ...field);
  if (own.value !== undefined) return own;
  const inherited = podSecurity(container.template, ...field);
  return inherited.value === undefined ? own : inherited;
}

/** What a pod's security context says, or that of the pod settings around it if it has none. */
export function podSecurity(template: PodTemplate, ...field: FieldPath): Setting {
  const stated = setting(template, ...template.securityContextPath);
  if (stated.value === undefined && template.outer) return podSecurity(template.outer, ...field);
  return setting(template, ...template.securityContextPath, ...field);
}

/** Whether a pod runs on Windows nodes, where settings that belong to Linux have no meaning. */
export function isWindows(template: PodTemplate): boolean {
  return (
    setting(template, 'os', 'name').value === 'windows' ||
    setting(template, 'nodeSelector', 'kubernetes.io/os').value === 'windows'
  );
}
