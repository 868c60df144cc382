import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { elements, input, isOneOf } from '../cloud/inputs';
import { azureResource } from './azure-resource';

/** A subscription, a management group or everything: what an owner of subscriptions is scoped to. */
const WIDE_SCOPE = /^\/?$|^\/subscriptions\/[^/]+\/?$|^\/providers\/microsoft\.management\/managementgroups\/[^/]+\/?$/i;
const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9';
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';

const customOwner: ResourcePolicy = {
  id: 'azure-custom-subscription-owner',
  title: 'No custom role administers a subscription',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '5.4', '5.0.0': '5.23', '4.0.0': '6.23', '3.0.0': '2.23', '2.1.0': '1.22', '2.0.0': '1.23' }),
  rationale: 'A custom role that may do everything in a subscription is an owner under a name that nobody looks for when owners are reviewed.',
  remediation: 'List the actions that are needed, or scope the role to resource groups.',
  resourceTypes: ['azure-native:authorization:RoleDefinition'],
  examples: {
    fails: azureResource('authorization:RoleDefinition', { assignableScopes: [SUBSCRIPTION], permissions: [{ actions: ['*'] }] }),
    passes: azureResource('authorization:RoleDefinition', { assignableScopes: [SUBSCRIPTION], permissions: [{ actions: ['Microsoft.ContainerService/managedClusters/read'] }] }),
  },
  check(role, report) {
    const actions = elements(role, 'permissions').flatMap(({ path }) => elements(role, ...path, 'actions'));
    const everything = actions.find(({ value }) => typeof value === 'string' && value.trim() === '*');
    if (!everything) return;
    const assignable = elements(role, 'assignableScopes').map(({ value }) => value);
    // Without a list, a role can be assigned where it is defined.
    const scopes = assignable.length > 0 ? assignable : [input(role, 'scope')];
    if (!scopes.some((scope) => typeof scope === 'string' && WIDE_SCOPE.test(scope.trim()))) return;
    report.finding({ path: everything.path, found: everything.value, message: `custom role '${role.name}' may do everything in a subscription` });
  },
};

const userAccessAdministrator: ResourcePolicy = {
  id: 'azure-user-access-administrator',
  title: 'Nobody is User Access Administrator',
  severity: 'high',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '5.3.3', '5.0.0': '5.3.3', '4.0.0': '6.3.3' }),
  rationale: 'Whoever has this role can give themselves every other. It is meant to be taken for a task and given back, not to be assigned for good.',
  remediation: 'Delete the assignment, or assign Role Based Access Control Administrator with a condition on the roles it may grant.',
  resourceTypes: ['azure-native:authorization:RoleAssignment'],
  examples: {
    fails: azureResource('authorization:RoleAssignment', { scope: SUBSCRIPTION, roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${USER_ACCESS_ADMINISTRATOR}` }),
    passes: azureResource('authorization:RoleAssignment', { scope: SUBSCRIPTION, roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7' }),
  },
  check(assignment, report) {
    const path = ['roleDefinitionId'];
    const role = input(assignment, ...path);
    if (!isOneOf(roleId(role), USER_ACCESS_ADMINISTRATOR)) return;
    report.finding({ path, found: role, message: `role assignment '${assignment.name}' makes somebody User Access Administrator` });
  },
};

/** The id of a role, which ends the id of its definition. */
export function roleId(roleDefinitionId: unknown): string | undefined {
  return typeof roleDefinitionId === 'string' ? roleDefinitionId.split('/').at(-1)?.toLowerCase() : undefined;
}

export const ROLES: readonly Policy[] = [customOwner, userAccessAdministrator];
