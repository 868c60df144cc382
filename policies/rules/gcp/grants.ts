import type { FieldPath } from '../../engine/field-path';
import { type CloudResource, isFields } from '../../engine/object';
import { documentOf, elements, input, isNamed, setting } from '../cloud/inputs';

/** A role that a resource gives to a member. */
export interface Grant {
  readonly role: string;
  readonly member: string;
  /** Where the member is named. */
  readonly path: FieldPath;
}

/** Types of the three resources with which roles on one kind of thing are given: member, binding and policy. */
export function iamTypes(module: string, name: string): readonly string[] {
  const file = name.charAt(0).toLowerCase() + name.slice(1);
  return ['Member', 'Binding', 'Policy'].map((kind) => `gcp:${module}/${file}${kind}:${name}${kind}`);
}

/** Resources that give roles on a project. */
export const PROJECT_GRANTS = iamTypes('projects', 'IAM');

/** Resources that give roles on a project or on what is above it. */
export const HIERARCHY_GRANTS = [...PROJECT_GRANTS, ...iamTypes('folder', 'IAM'), ...iamTypes('organizations', 'IAM')];

/**
 * Every role that a resource gives, member by member.
 *
 * @throws UnknownValueError if a member or a role is not known yet
 */
export function grantsOf(resource: CloudResource): readonly Grant[] {
  const policy = setting(resource, 'policyData');
  if (policy.value !== undefined) return grantsIn(policy.value, policy.path);
  const role = input(resource, 'role');
  return membersOf(resource).map(({ path, value }) => ({ role: isNamed(role) ? role : '', member: value, path }));
}

/** The members that a resource names, whatever their role. */
function membersOf(resource: CloudResource): readonly { path: FieldPath; value: string }[] {
  return [setting(resource, 'member'), ...elements(resource, 'members')].flatMap(({ path, value }) => (isNamed(value) ? [{ path, value }] : []));
}

/** The grants in a policy: the JSON text that the data source makes, or the same as a mapping. */
function grantsIn(policy: unknown, path: FieldPath): readonly Grant[] {
  return list(documentOf(policy), 'bindings', 'binding').flatMap((binding) => {
    const role = isFields(binding) && isNamed(binding.role) ? binding.role : '';
    return list(binding, 'members').flatMap((member) => (isNamed(member) ? [{ role, member, path }] : []));
  });
}

function list(from: unknown, ...keys: readonly string[]): readonly unknown[] {
  if (!isFields(from)) return [];
  return keys.flatMap((key) => (Array.isArray(from[key]) ? from[key] : []));
}

const PUBLIC_MEMBERS = new Set(['allUsers', 'allAuthenticatedUsers']);

/** Whether a member is everyone on the internet, with or without a Google account. */
export function isPublic(member: unknown): boolean {
  return typeof member === 'string' && PUBLIC_MEMBERS.has(member);
}

/** How a sentence names a public member. */
export function everyone(member: string): string {
  return member === 'allUsers' ? 'anyone on the internet' : 'anyone with a Google account';
}
