import { azure, check, controls, messages, unknown } from './run';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';

describe('custom roles', () => {
  const role = (actions: unknown, assignableScopes: unknown, scope?: string) => azure('authorization:RoleDefinition', { permissions: [{ actions }], assignableScopes, scope });
  const verdict = (...args: Parameters<typeof role>) => check('azure-custom-subscription-owner', role(...args));

  it('do not administer subscriptions', () => {
    for (const scope of [SUBSCRIPTION, `${SUBSCRIPTION}/`, '/', '/providers/Microsoft.Management/managementGroups/root']) {
      expect(verdict(['Microsoft.Compute/*/read', '*'], ['/subscriptions/x/resourceGroups/rg', scope])).toEqual(['main permissions[0].actions[1] = "*"']);
    }
    expect(verdict(['*'], undefined, SUBSCRIPTION)).toHaveLength(1);
    expect(messages('azure-custom-subscription-owner', role(['*'], [SUBSCRIPTION]))).toEqual(["custom role 'main' may do everything in a subscription"]);
  });

  it('may do everything in resource groups, or something in subscriptions', () => {
    expect(verdict(['*'], [`${SUBSCRIPTION}/resourceGroups/rg`])).toEqual([]);
    expect(verdict(['*'], [`${SUBSCRIPTION}/resourceGroups/rg`], SUBSCRIPTION)).toEqual([]);
    expect(verdict(['*/read', 'Microsoft.Compute/*'], [SUBSCRIPTION])).toEqual([]);
    for (const [actions, scopes] of [[null, [SUBSCRIPTION]], ['*', [SUBSCRIPTION]], [['*'], null], [['*'], [null, 7]], [[null], ['/']]]) expect(verdict(actions, scopes)).toEqual([]);
    expect(check('azure-custom-subscription-owner', azure('authorization:RoleDefinition', { permissions: [null], assignableScopes: [SUBSCRIPTION] }))).toEqual([]);
    expect(check('azure-custom-subscription-owner', azure('authorization:RoleDefinition', unknown('permissions')))).toEqual(['main? permissions']);
  });
});

it('finds those who may grant every role', () => {
  const assignment = (roleDefinitionId: unknown) => azure('authorization:RoleAssignment', { scope: SUBSCRIPTION, roleDefinitionId });
  const id = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/18D7D88D-d35e-4fb5-a5c3-7773c20a72d9`;
  expect(check('azure-user-access-administrator', assignment(id))).toEqual([`main roleDefinitionId = ${JSON.stringify(id)}`]);
  expect(messages('azure-user-access-administrator', assignment(id))).toEqual(["role assignment 'main' makes somebody User Access Administrator"]);
  for (const other of ['acdd72a7-3385-48ef-bd42-f606fba81ae7', null, 7]) expect(check('azure-user-access-administrator', assignment(other))).toEqual([]);
});

describe('plans of Defender', () => {
  const plan = (pricingName: unknown, pricingTier: unknown) => azure('security:Pricing', { pricingName, pricingTier });

  it.each([
    ['VirtualMachines', '3.1.3.1', ['2.1.1']],
    ['AppServices', '3.1.6.1', ['2.1.2']],
    ['SqlServers', '3.1.7.3', ['2.1.3', '2.1.4']],
    ['SqlServerVirtualMachines', '3.1.7.4', ['2.1.3', '2.1.5']],
    ['OpenSourceRelationalDatabases', '3.1.7.2', ['2.1.3', '2.1.6']],
    ['CosmosDbs', '3.1.7.1', ['2.1.3', '2.1.9']],
    ['StorageAccounts', '3.1.5.1', ['2.1.7']],
    ['Containers', '3.1.4.1', ['2.1.8']],
    ['ContainerRegistry', '3.1.4.1', ['2.1.8']],
    ['KubernetesService', '3.1.4.1', ['2.1.8']],
    ['KeyVaults', '3.1.8.1', ['2.1.10']],
    ['Dns', '3.1.16', ['2.1.11']],
    ['Arm', '3.1.9.1', ['2.1.12']],
  ])('%s has a control of its own', (name, three, two) => {
    expect(controls('azure-defender-plans', 'azure-3.0.0', plan(name, 'Free'))).toEqual([three]);
    expect(controls('azure-defender-plans', 'azure-2.0.0', plan(name, 'Free'))).toEqual(two);
    expect(check('azure-defender-plans', plan(name, 'standard'))).toEqual([]);
  });

  it('are on', () => {
    expect(controls('azure-defender-plans', 'azure-5.0.0', plan('CloudPosture', 'Free'))).toEqual(['8.1.1.1']);
    expect(controls('azure-defender-plans', 'azure-5.0.0', plan('api', 'Free'))).toEqual(['8.1.2.1']);
    expect(messages('azure-defender-plans', plan('Containers', undefined))).toEqual(['Microsoft Defender for Containers is not on']);
    for (const name of ['Discovery', 'toString', null, 7]) expect(check('azure-defender-plans', plan(name, 'Free'))).toEqual([]);
  });
});

it('tells owners of alerts', () => {
  const contact = (notificationsByRole: unknown) => azure('security:SecurityContact', { notificationsByRole });
  expect(check('azure-security-contact-owners', contact({ state: 'On', roles: ['Contributor', 'Owner'] }))).toEqual([]);
  expect(check('azure-security-contact-owners', contact({ state: 'on', roles: ['owner'] }))).toEqual([]);
  expect(messages('azure-security-contact-owners', contact({ state: 'Off', roles: ['Owner'] }))).toEqual(["security contact 'main' leaves out the owners"]);
  for (const value of [{ state: 'On', roles: ['Contributor'] }, { state: 'On', roles: null }, { state: 'On' }, null, 'On']) expect(check('azure-security-contact-owners', contact(value))).toHaveLength(1);
});
