import { InvalidInputError } from './errors';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** RBAC names are path segments: anything but `/`, `%`, `.` and `..`. */
const PATH_SEGMENT = /^(?!\.{1,2}$)[^/%]+$/;

const PATH_SEGMENT_KINDS = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);
const LABEL_KINDS = new Set(['Namespace', 'Service']);

/**
 * Checks an object's name against the form its kind requires.
 *
 * @throws InvalidInputError if the API server would refuse it
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function checkObjectName(kind: string, name: string, where: string): void {
  if (PATH_SEGMENT_KINDS.has(kind)) {
    if (!PATH_SEGMENT.test(name)) fail('metadata.name', name, 'a name without "/" or "%"', where);
  } else if (LABEL_KINDS.has(kind)) {
    checkDnsLabel('metadata.name', name, where);
  } else if (name.length > 253 || !SUBDOMAIN.test(name)) {
    fail('metadata.name', name, 'a DNS subdomain: lower-case letters, digits, "-" and ".", at most 253 characters', where);
  }
}

/**
 * Checks a DNS label (RFC 1123).
 *
 * @throws InvalidInputError if it is none
 */
export function checkDnsLabel(property: string, value: string, where: string, maxLength = 63): void {
  if (value.length > maxLength) {
    fail(property, value, `at most ${maxLength} characters, not ${value.length}`, where);
  }
  if (!LABEL.test(value)) {
    fail(property, value, 'a DNS label: lower-case letters, digits and "-", starting and ending with a letter or digit', where);
  }
}

function fail(property: string, value: string, expected: string, where: string): never {
  throw new InvalidInputError({ property, value, expected, where });
}
