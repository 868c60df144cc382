import { synthesize } from '../../../constructs/core';
import { plan } from '../../../stacks/plan';
import { capacityOf } from '../../../stacks/capacity';
import { evaluate, isBlocking } from '../../../policies';
import { configured, EXISTING_NETWORK, MINIMAL } from './run';

const SECRET = { secure: 'v1:encrypted' };
const EVERYTHING_EXISTS = {
  network: EXISTING_NETWORK,
  cluster: { existing: { resourceGroup: 'clusters', clusterName: 'shared' } },
  objectStore: { existing: { resourceGroup: 'data', accountName: 'models', containerName: 'platform' } },
  database: { existing: { engine: 'postgresql', resourceGroup: 'data', serverName: 'platform-sql', administratorLogin: 'platform', administratorPassword: SECRET } },
  sharedFiles: { existing: { resourceGroup: 'data', accountName: 'shares' } },
  signIn: { existing: { issuer: 'https://login.example.com', clientId: 'kubeflow', clientSecret: SECRET } },
};

async function objectsOf(values: Readonly<Record<string, unknown>> = {}) {
  const { app, provisioned } = await plan(configured({ ...MINIMAL, ...values }));
  return { objects: synthesize(app), provisioned };
}

const named = (objects: Awaited<ReturnType<typeof objectsOf>>['objects'], kind: string, name: string) => {
  const [found, ...more] = objects.map(({ manifest }) => manifest).filter((object) => object.kind === kind && object.metadata.name === name);
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${kind} ${name}`);
  return found;
};

test.each([
  ['with the least of configuration', {}],
  ['with teams and everything there is already', { ...EVERYTHING_EXISTS, teams: ['vision', 'speech-lab'] }],
])('%s, no policy refuses the objects, and Azure is not asked', async (_, values) => {
  const { objects } = await objectsOf(values);
  const deployments = objects.map(({ manifest }) => manifest).filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
  expect(deployments).toEqual(expect.arrayContaining(['external-dns', 'cert-manager', 'istiod', 'istio-ingressgateway', 'jobset-controller-manager', 'kubeflow-trainer-controller-manager', 'kserve-controller-manager']));
  const { findings } = evaluate(objects.map(({ manifest }) => manifest), { now: new Date('2026-01-01T00:00:00Z') });
  expect(findings.filter(isBlocking).map(({ policy, object, message }) => `${policy}: ${object.kind} ${object.name}: ${message}`)).toEqual([]);
});

test('the platform fits on the nodes it is given by default', async () => {
  const { objects, provisioned } = await objectsOf({ teams: ['vision'] });
  expect(capacityOf(objects, provisioned?.nodePools ?? []).misfits).toEqual([]);
  expect(provisioned?.nodePools.map(({ name, min, max }) => [name, min, max])).toEqual([['system', 3, 5], ['cpu', 1, 10]]);
});

test.each([['internal', 'true'], ['internet-facing', undefined]])('a gateway that is %s', async (exposure, internal) => {
  const { objects } = await objectsOf({ exposure });
  const gateway = objects.map(({ manifest }) => manifest).filter(({ kind, spec }) => kind === 'Service' && (spec as { type?: string }).type === 'LoadBalancer');
  expect(gateway.map(({ metadata }) => metadata.annotations?.['service.beta.kubernetes.io/azure-load-balancer-internal'])).toEqual([internal]);
});

test('volumes cannot be read over the network, and shared ones are encrypted on their way', async () => {
  const { objects } = await objectsOf();
  expect(named(objects, 'StorageClass', 'kubeflow-block')).toMatchObject({ provisioner: 'disk.csi.azure.com', parameters: { networkAccessPolicy: 'DenyAll' } });
  expect(named(objects, 'StorageClass', 'kubeflow-shared')).toMatchObject({ provisioner: 'file.csi.azure.com', parameters: { protocol: 'nfs', encryptInTransit: 'true' } });
});

test("a team's names are its own, whatever letters they have", async () => {
  const { objects } = await objectsOf({ teams: ['speech-lab'] });
  expect(named(objects, 'Secret', 'speech-lab').metadata.namespace).toBe('speech-lab');
});

test.each([
  ['objectStore', { accountName: 'mine' }],
  ['database', { sku: 'Standard_D2ads_v5' }],
  ['sharedFiles', { redundancy: 'local' }],
  ['signIn', { displayName: 'Mine' }],
  ['cluster', { tier: 'Premium' }],
  ['network', { cidr: '10.0.0.0/16' }],
] as const)('%s: nothing is said of what exists', (section, option) => {
  const [key] = Object.keys(option);
  expect(() => configured({ ...MINIMAL, [section]: { ...EVERYTHING_EXISTS[section], ...option } })).toThrow(`kubeflow-cdk:${section}.${key}`);
});
