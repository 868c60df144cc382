import type { CloudResource } from '../../engine/object';
import type { Policy, ResourcePolicy } from '../../engine/policy';
import { azureResource, notTrue } from '../azure/azure-resource';
import { azureInputPolicy } from '../azure/input-policy';
import { azureReferences } from '../azure/references';
import { roleId } from '../azure/roles';
import { cis } from '../cis';
import { elements, input, isOneOf } from '../cloud/inputs';

/** One section for the access of people, one for that of clusters: what is open is open to both. */
const CONTROLS = cis({ aks: ['5.1.2', '5.1.3'] });
const registry = { types: ['containerregistry:Registry'], noun: 'registry', enforcement: 'mandatory', controls: CONTROLS } as const;

const adminUser = azureInputPolicy({
  ...registry,
  id: 'acr-admin-user',
  title: 'Container registries have no admin user',
  severity: 'high',
  rationale: 'The admin user is one name and password for everybody, that may push and delete. What is done with it cannot be told apart, nor be taken from one of its users.',
  remediation: 'Remove adminUserEnabled, or set it to false.',
  path: ['adminUserEnabled'],
  meets: notTrue,
  problem: 'has an admin user',
  fix: false,
  examples: { fails: { adminUserEnabled: true }, passes: { adminUserEnabled: false } },
});

const anonymousPull = azureInputPolicy({
  ...registry,
  id: 'acr-anonymous-pull',
  title: 'Container registries ask who pulls',
  severity: 'high',
  rationale: 'A registry with anonymous pull hands every image in it, with the code and the secrets someone may have left there, to everyone who knows its name.',
  remediation: 'Remove anonymousPullEnabled, or set it to false.',
  path: ['anonymousPullEnabled'],
  // Basic registries do not have it.
  applies: (resource) => !isOneOf(input(resource, 'sku', 'name'), 'Basic'),
  meets: notTrue,
  problem: 'lets everyone pull',
  fix: false,
  examples: { fails: { anonymousPullEnabled: true }, passes: { anonymousPullEnabled: false } },
});

const ACR_PULL = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
/** Roles of Azure that read registries and change nothing in them. */
const READING_ROLES = new Set<unknown>([
  ACR_PULL,
  'acdd72a7-3385-48ef-bd42-f606fba81ae7', // Reader
  'cdda3590-29a3-44f6-95f2-9f980659eb04', // AcrQuarantineReader
  'b93aa761-3e63-49ed-ac28-beffa264f7ac', // Container Registry Repository Reader
  'bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7', // Container Registry Repository Catalog Lister
  '69b07be0-09bf-439a-b9a6-e73de851bd59', // Container Registry Configuration Reader and Data Access Configuration Reader
]);
/** Roles that write to registries, and are about nothing else: wherever they are assigned, they are on registries. */
const REGISTRY_ROLES: Readonly<Record<string, string>> = {
  '8311e382-0749-4cb8-b61a-304f252e45ec': 'AcrPush',
  'c2f4ef07-c644-48eb-af81-4b1b4947fb11': 'AcrDelete',
  '6cef56e8-d556-48e5-a04f-b8e64114680f': 'AcrImageSigner',
  'c8d4ff99-41c3-41a8-9f60-21dfdad59608': 'AcrQuarantineWriter',
  '2a1e307c-b015-4ebd-883e-5b7698a07328': 'Container Registry Repository Writer',
  '2efddaa5-3f1f-4df3-97df-af3f13818f4c': 'Container Registry Repository Contributor',
  '3bc748fc-213d-45c1-8d91-9da5725539b9': 'Container Registry Contributor and Data Access Configuration Administrator',
};
/** Roles that write to everything in their scope. */
const GENERAL_ROLES: Readonly<Record<string, string>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': 'User Access Administrator',
};

const assignmentsOnRegistries = azureReferences({ from: ['authorization:RoleAssignment'], inputs: [['scope']], by: 'id', to: ['containerregistry:Registry'] });
const assignmentsOfRoles = azureReferences({ from: ['authorization:RoleAssignment'], inputs: [['roleDefinitionId']], by: 'id', to: ['authorization:RoleDefinition'] });

const scope = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/example/providers/Microsoft.ContainerRegistry/registries/example';
const roles = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions';

const pullOnly: ResourcePolicy = {
  id: 'acr-pull-only',
  title: 'Roles on container registries only pull',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: CONTROLS,
  rationale: 'A cluster, or a person, that may push can replace the images everyone else runs. Nodes need to pull; who else must write is worth a waiver with a reason.',
  remediation: `Assign AcrPull (${ACR_PULL}).`,
  reach: 'stack',
  resourceTypes: ['azure-native:authorization:RoleAssignment'],
  examples: {
    fails: azureResource('authorization:RoleAssignment', { scope, roleDefinitionId: `${roles}/8311e382-0749-4cb8-b61a-304f252e45ec`, principalType: 'ServicePrincipal' }),
    passes: azureResource('authorization:RoleAssignment', { scope, roleDefinitionId: `${roles}/${ACR_PULL}`, principalType: 'ServicePrincipal' }),
  },
  check(assignment, report, context) {
    const path = ['roleDefinitionId'];
    const [defined] = context.derive(assignmentsOfRoles).targets(assignment);
    const role = defined ? undefined : input(assignment, ...path);
    const id = roleId(role);
    const subject = `role assignment '${assignment.name}'`;
    const registryRole = nameIn(REGISTRY_ROLES, id);
    if (registryRole !== undefined) {
      report.finding({ path, found: role, message: `${subject} grants ${registryRole}, which writes to registries` });
      return;
    }
    if (context.derive(assignmentsOnRegistries).targets(assignment).length === 0 && !isRegistry(input(assignment, 'scope'))) return;
    const generalRole = nameIn(GENERAL_ROLES, id);
    if (generalRole !== undefined) report.finding({ path, found: role, message: `${subject} grants ${generalRole} on a registry` });
    else if (defined && writes(defined)) report.finding({ path, found: role, message: `${subject} grants the custom role '${defined.name}', which writes, on a registry` });
    else if (!defined && !READING_ROLES.has(id)) report.undecided({ path, reason: 'what the role allows is not known here' });
  },
};

function nameIn(names: Readonly<Record<string, string>>, id: string | undefined): string | undefined {
  return id !== undefined && Object.hasOwn(names, id) ? names[id] : undefined;
}

function isRegistry(id: unknown): boolean {
  return typeof id === 'string' && /\/providers\/microsoft\.containerregistry\/registries\//i.test(id);
}

/** Whether a custom role allows anything but reading. */
function writes(role: CloudResource): boolean {
  const permissions = elements(role, 'permissions');
  const actions = permissions.flatMap(({ path }) => [...elements(role, ...path, 'actions'), ...elements(role, ...path, 'dataActions')]);
  return actions.some(({ value }) => typeof value === 'string' && !/\/read$/i.test(value.trim()));
}

export const REGISTRIES: readonly Policy[] = [adminUser, anonymousPull, pullOnly];
