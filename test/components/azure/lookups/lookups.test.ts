import * as pulumi from '@pulumi/pulumi';
import { assumedLookups, AzureSignInError, liveLookups, signedIn, type AzureLookups } from '../../../../components/azure';
import { record } from '../../record';

class Azure extends pulumi.ProviderResource {
  constructor() {
    super('azure-native', 'azure', {});
  }
}

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

/** Runs against lookups over a management API that answers with pages of JSON by path. */
async function asked<T>(pages: Readonly<Record<string, unknown>>, ask: (lookups: AzureLookups) => Promise<T>) {
  const requests: { url: URL; authorization: string }[] = [];
  const answer: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    requests.push({ url, authorization: new Headers(init?.headers).get('authorization') ?? '' });
    const page = pages[`${url.pathname}${url.searchParams.get('page') ?? ''}`];
    return page === undefined ? new Response('{"error":{"code":"AuthorizationFailed"}}', { status: 403 }) : Response.json(page);
  };
  const { result } = await record(async () => {
    const lookups = liveLookups(new Azure(), { fetch: answer });
    return ask(lookups).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
  });
  if ('error' in result) throw result.error;
  return { result: result.value, requests };
}

const SKUS = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/skus`;
const sku = (name: string, more: object = {}) => ({
  resourceType: 'virtualMachines',
  name,
  locationInfo: [{ location: 'westeurope', zones: ['3', '1', '2'] }],
  capabilities: [
    { name: 'EncryptionAtHostSupported', value: 'True' },
    { name: 'HyperVGenerations', value: 'V1,V2' },
  ],
  restrictions: [],
  ...more,
});

test('sizes are those the subscription may use, with the zones that have them, over all pages', async () => {
  const { result, requests } = await asked(
    {
      [SKUS]: {
        value: [
          sku('Standard_D8ds_v5', { restrictions: [{ type: 'Zone', restrictionInfo: { zones: ['2'] } }] }),
          sku('Standard_ND96isr_H100_v5', { restrictions: [{ type: 'Location', restrictionInfo: {} }] }),
          { resourceType: 'disks', name: 'Premium_LRS' },
        ],
        nextLink: `https://management.azure.com${SKUS}?page=2`,
      },
      [`${SKUS}2`]: { value: [sku('Standard_NC6s_v3', { capabilities: [{ name: 'HyperVGenerations', value: 'V1' }] })] },
    },
    (lookups) => lookups.vmSizes('westeurope'),
  );
  expect(result).toEqual([
    { name: 'Standard_D8ds_v5', zones: ['1', '3'], encryptionAtHost: true, trustedLaunch: true },
    { name: 'Standard_NC6s_v3', zones: ['1', '2', '3'], encryptionAtHost: false, trustedLaunch: false },
  ]);
  expect(requests[0]?.url.searchParams.get('$filter')).toBe("location eq 'westeurope'");
  expect(requests.map(({ authorization }) => authorization)).toEqual(Array(2).fill('Bearer token for https://management.azure.com/'));
});

test('the token is never sent elsewhere, whatever the answer refers to', async () => {
  await expect(asked({ [SKUS]: { value: [], nextLink: 'https://evil.example.com/' } }, (lookups) => lookups.vmSizes('westeurope'))).rejects.toThrow('refers to https://evil.example.com');
});

test('versions are minor ones and their patches', async () => {
  const path = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.ContainerService/locations/westeurope/kubernetesVersions`;
  const { result } = await asked({ [path]: { values: [{ version: '1.34', patchVersions: { '1.34.1': {} } }, { version: '1.33' }] } }, (lookups) => lookups.kubernetesVersions('westeurope'));
  expect(result).toEqual(['1.34', '1.34.1', '1.33']);
});

test('a refusal of the management API says what was asked for', async () => {
  await expect(asked({}, (lookups) => lookups.kubernetesVersions('westeurope'))).rejects.toThrow(/answers 403 to GET .*kubernetesVersions.*AuthorizationFailed/);
});

test('who is signed in is asked through the provider that resources are made with', async () => {
  const { result } = await asked({}, (lookups) => signedIn(lookups, { subscription: SUBSCRIPTION, location: 'westeurope' }));
  expect(result.subscriptionId).toBe(SUBSCRIPTION);
});

test('another subscription than the one signed in to is refused', async () => {
  const other = '22222222-2222-4333-8444-555555555555';
  await expect(asked({}, (lookups) => signedIn(lookups, { subscription: other, location: 'westeurope' }))).rejects.toThrow(`azure: subscription is '${other}'; expected the subscription the provider is signed in to, ${SUBSCRIPTION}`);
});

test('without anybody signed in, the error says how, and by which configuration keys', async () => {
  const nobody: AzureLookups = { ...assumedLookups({ location: 'westeurope' }), live: true, account: () => Promise.reject(new Error("please run 'az login'\n  at somewhere")) };
  const refused = signedIn(nobody, { location: 'westeurope' });
  await expect(refused).rejects.toThrow(AzureSignInError);
  await expect(refused).rejects.toThrow(/az login.*'subscription' \(not set\).*'location' \(westeurope\)/);
});

test.each([
  [{ subscription: 'mine', location: 'westeurope' }, "subscription is 'mine'"],
  [{ location: 'West Europe' }, "location is 'West Europe'"],
])('%j is refused before Azure is asked', async (place, problem) => {
  const silent: AzureLookups = { ...assumedLookups({ location: 'westeurope' }), account: () => Promise.reject(new Error('asked')) };
  await expect(signedIn(silent, place)).rejects.toThrow(problem);
});
