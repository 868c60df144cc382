import { azure, check, controls, declared, messages, unknown, urnOf } from '../azure/run';

const registry = (properties: object) => azure('containerregistry:Registry', { registryName: 'images', sku: { name: 'Premium' }, ...properties });

describe.each([
  ['acr-admin-user', 'adminUserEnabled', "registry 'main' has an admin user"],
  ['acr-anonymous-pull', 'anonymousPullEnabled', "registry 'main' lets everyone pull"],
])('%s', (id, field, message) => {
  it('must not be turned on', () => {
    for (const value of [false, null, undefined]) expect(check(id, registry({ [field]: value }))).toEqual([]);
    for (const value of [true, 'true', 'false', 1]) expect(check(id, registry({ [field]: value }))).toEqual([`main ${field} = ${JSON.stringify(value)}`]);
    expect(messages(id, registry({ [field]: true }))).toEqual([message]);
    expect(controls(id, 'aks-1.8', registry({ [field]: true }))).toEqual(['5.1.2', '5.1.3']);
    expect(check(id, azure('containerregistry:Registry', unknown(field)))).toEqual([`main? ${field}`]);
  });
});

it('knows that Basic registries have no anonymous pull', () => {
  expect(check('acr-anonymous-pull', registry({ sku: { name: 'basic' }, anonymousPullEnabled: true }))).toEqual([]);
  expect(check('acr-anonymous-pull', azure('containerregistry:Registry', { anonymousPullEnabled: true }))).toHaveLength(1);
});

describe('roles on registries', () => {
  const GROUP = '/subscriptions/0/resourceGroups/rg';
  const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/images`;
  const ROLES = '/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions';
  const PUSH = '8311e382-0749-4cb8-b61a-304f252e45ec';
  const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
  const assignment = (role: unknown, scope: unknown = REGISTRY, about: object = {}) => azure('authorization:RoleAssignment', { scope, roleDefinitionId: typeof role === 'string' ? `${ROLES}/${role}` : role }, about);
  const verdict = (...args: Parameters<typeof assignment>) => check('acr-pull-only', assignment(...args));

  it('read', () => {
    for (const role of ['7f951dda-4ed3-4680-a7ca-43fe172d538d', '7F951DDA-4ED3-4680-A7CA-43FE172D538D', 'acdd72a7-3385-48ef-bd42-f606fba81ae7', 'b93aa761-3e63-49ed-ac28-beffa264f7ac']) expect(verdict(role)).toEqual([]);
  });

  it('write', () => {
    expect(verdict(PUSH)).toEqual([`main roleDefinitionId = "${ROLES}/${PUSH}"`]);
    expect(messages('acr-pull-only', assignment(PUSH))).toEqual(["role assignment 'main' grants AcrPush, which writes to registries"]);
    expect(messages('acr-pull-only', assignment(CONTRIBUTOR))).toEqual(["role assignment 'main' grants Contributor on a registry"]);
    expect(verdict(CONTRIBUTOR, REGISTRY.toUpperCase())).toHaveLength(1);
    expect(controls('acr-pull-only', 'aks-1.8', assignment(PUSH))).toEqual(['5.1.2', '5.1.3']);
  });

  it('are on registries wherever they are about nothing else', () => {
    expect(verdict(PUSH, GROUP)).toHaveLength(1);
    expect(verdict(CONTRIBUTOR, GROUP)).toEqual([]);
    expect(verdict(CONTRIBUTOR, undefined)).toEqual([`main roleDefinitionId = "${ROLES}/${CONTRIBUTOR}"`]);
    expect(verdict(CONTRIBUTOR, null)).toEqual([]);
  });

  it('are on a registry of the stack', () => {
    const target = declared('containerregistry:Registry', 'registry', { registryName: 'images' });
    const about = { dependencies: { scope: [urnOf('containerregistry:Registry', 'registry')] } };
    const unknownScope = azure('authorization:RoleAssignment', unknown('scope', { roleDefinitionId: `${ROLES}/${CONTRIBUTOR}` }), about);
    expect(check('acr-pull-only', target, unknownScope)).toHaveLength(1);
    expect(check('acr-pull-only', target, { ...unknownScope, dependencies: {} })).toEqual(['main? scope']);
  });

  it('may be of the stack itself, and are open otherwise', () => {
    expect(verdict('00000000-1111-2222-3333-444444444444')).toEqual(['main? roleDefinitionId']);
    expect(verdict(null)).toEqual(['main? roleDefinitionId']);
    const role = (actions: unknown) => declared('authorization:RoleDefinition', 'custom', { permissions: [{ actions }] }, { id: `${ROLES}/custom` });
    expect(messages('acr-pull-only', role(['Microsoft.ContainerRegistry/registries/push/write']), assignment('custom'))).toEqual(["role assignment 'main' grants the custom role 'custom', which writes, on a registry"]);
    expect(check('acr-pull-only', role(['Microsoft.ContainerRegistry/registries/pull/read', '*/read']), assignment('custom'))).toEqual([]);
    expect(check('acr-pull-only', role(null), assignment('custom'))).toEqual([]);
    const about = { dependencies: { roleDefinitionId: [urnOf('authorization:RoleDefinition', 'custom')] } };
    expect(check('acr-pull-only', role(['*']), azure('authorization:RoleAssignment', unknown('roleDefinitionId', { scope: REGISTRY }), about))).toEqual(['main roleDefinitionId = null']);
  });
});
