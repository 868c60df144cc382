import * as pulumi from '@pulumi/pulumi';
import { ManagedIdentities } from '../../../../components/azure';
import { splitTokens, type ServiceAccountRef, type WorkloadIdentity } from '../../../../constructs/core';
import { record, type Recording } from '../../record';
import { refusal } from '../stack';

const ISSUER = 'https://westeurope.oic.prod-aks.azure.com/tenant/cluster/';
const STORAGE = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/kubeflow/providers/Microsoft.Storage/storageAccounts/models';
const READER = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';
const katib: ServiceAccountRef = { namespace: 'kubeflow', name: 'katib-controller' };
const pipelines: ServiceAccountRef = { namespace: 'kubeflow', name: 'ml-pipeline' };
const read = [{ roleDefinitionId: READER, scope: STORAGE }];

const identities = () => new ManagedIdentities('identities', { resourceGroupName: 'kubeflow', location: 'westeurope', issuer: ISSUER });

/** What a token stands for. */
async function resolved(recording: Recording<unknown>, text: string | undefined): Promise<string> {
  const [part] = splitTokens(text ?? '');
  if (typeof part !== 'object' || !pulumi.Output.isInstance(part.value)) throw new Error(`${text} is no token`);
  return String(await recording.valueOf(part.value));
}

const IDENTITY = 'azure-native:managedidentity:UserAssignedIdentity';
const CREDENTIAL = 'azure-native:managedidentity:FederatedIdentityCredential';
const ROLE = 'azure-native:authorization:RoleAssignment';

test('exactly this ServiceAccount of exactly this cluster becomes an identity with exactly these roles', async () => {
  const recording = await record(() => identities().grant(katib, 'models', read));
  expect(recording.one(CREDENTIAL).inputs).toMatchObject({ issuer: ISSUER, subject: 'system:serviceaccount:kubeflow:katib-controller', audiences: ['api://AzureADTokenExchange'] });
  const role = recording.one(ROLE).inputs;
  expect(role).toMatchObject({ scope: STORAGE, principalType: 'ServicePrincipal' });
  expect(role['roleDefinitionId']).toBe(`/subscriptions/11111111-2222-4333-8444-555555555555/providers/Microsoft.Authorization/roleDefinitions/${READER}`);
  expect(role['condition']).toBeUndefined();
});

test('the ServiceAccount names its client, and waits for roles and federation', async () => {
  const recording = await record(() => identities().grant(katib, 'models', read));
  const { serviceAccountAnnotations, podLabels, clientId } = recording.result;
  expect(podLabels).toEqual({ 'azure.workload.identity/use': 'true' });
  expect(await resolved(recording, serviceAccountAnnotations['azure.workload.identity/client-id'])).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(clientId).toBe(serviceAccountAnnotations['azure.workload.identity/client-id']);
  const waits = (await resolved(recording, serviceAccountAnnotations['role-assignments.kubeflow-cdk.dev/models'])).split(' ');
  expect(waits).toEqual([expect.stringMatching(/federatedIdentityCredentials\/kubeflow-katib-controller/), expect.stringMatching(/storageAccounts\/models\/providers\/Microsoft\.Authorization\/roleAssignments\//)]);
});

test('a ServiceAccount has one identity for all that it is granted, and what it waits for adds up', async () => {
  const recording = await record((): readonly WorkloadIdentity[] => {
    const given = identities();
    return [given.grant(katib, 'models', read), given.grant(katib, 'data', [{ roleDefinitionId: READER, scope: `${STORAGE}/blobServices/default/containers/data`, condition: 'true' }])];
  });
  expect(recording.ofType(IDENTITY)).toHaveLength(1);
  expect(recording.ofType(CREDENTIAL)).toHaveLength(1);
  const [models, data] = recording.result;
  expect(models?.clientId).toBe(data?.clientId);
  expect(Object.keys({ ...models?.serviceAccountAnnotations, ...data?.serviceAccountAnnotations })).toEqual([
    'azure.workload.identity/client-id',
    'role-assignments.kubeflow-cdk.dev/models',
    'role-assignments.kubeflow-cdk.dev/data',
  ]);
  expect(recording.one(ROLE, 'kubeflow-katib-controller-data-0').inputs).toMatchObject({ condition: 'true', conditionVersion: '2.0' });
});

test('another ServiceAccount is somebody else', async () => {
  const recording = await record(() => {
    const given = identities();
    given.grant(katib, 'models', read);
    given.grant(pipelines, 'models', read);
  });
  const principals = recording.ofType(ROLE).map(({ inputs }) => inputs['principalId']);
  expect(new Set(principals).size).toBe(2);
});

test('a preview knows no ids, and shows all that will be made', async () => {
  const recording = await record(() => identities().grant(katib, 'models', read), { preview: true });
  expect(recording.resources.filter(({ custom }) => custom).map(({ type }) => type)).toEqual([IDENTITY, CREDENTIAL, ROLE]);
});

test.each<[string, ServiceAccountRef, string, string]>([
  ['a namespace there cannot be', { namespace: 'Kubeflow', name: 'katib' }, 'models', 'serviceAccount.namespace'],
  ['a name there cannot be', { namespace: 'kubeflow', name: '*' }, 'models', 'metadata.name'],
  ['an id that is no label', katib, 'models/read', "id is 'models/read'"],
  ['a name too long for Azure', { namespace: 'n'.repeat(60), name: 's'.repeat(80) }, 'models', 'Azure allows an identity 128'],
])('%s is refused', async (_, serviceAccount, id, problem) => {
  expect((await refusal(() => identities().grant(serviceAccount, id, read))).message).toContain(problem);
});

test('a second grant of the same id is refused', async () => {
  const { message } = await refusal(() => {
    const given = identities();
    given.grant(katib, 'models', read);
    given.grant(katib, 'models', read);
  });
  expect(message).toContain("id is 'models'; expected another id than that of a grant that kubeflow/katib-controller has already");
});
