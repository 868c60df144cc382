import * as z from 'zod';

/** Where Azure's public cloud is managed. */
export const MANAGEMENT_ENDPOINT = 'https://management.azure.com';
const SKUS_VERSION = '2021-07-01';
const AKS_VERSION = '2025-09-01';

/** What reading from Azure's management API takes. */
export interface ManagementApi {
  readonly endpoint: string;
  readonly subscriptionId: string;
  /** Bearer token for the endpoint. */
  token(): Promise<string>;
  /** @default the `fetch` of the platform */
  readonly fetch?: typeof fetch;
}

const skusSchema = z.object({
  value: z.array(
    z.object({
      resourceType: z.string(),
      name: z.string(),
      locationInfo: z.array(z.object({ location: z.string(), zones: z.array(z.string()).optional() })).optional(),
      capabilities: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
      restrictions: z.array(z.object({ type: z.string().optional(), restrictionInfo: z.object({ zones: z.array(z.string()).optional() }).optional() })).optional(),
    }),
  ),
  nextLink: z.string().optional(),
});

const versionsSchema = z.object({
  values: z.array(z.object({ version: z.string(), patchVersions: z.record(z.string(), z.unknown()).optional() })),
});

/** A resource SKU as the compute API lists it. */
export type ResourceSku = z.infer<typeof skusSchema>['value'][number];

/**
 * The virtual machine sizes of a location, with what this subscription may not use of them. The SDK has no function for it.
 *
 * @see https://learn.microsoft.com/rest/api/compute/resource-skus/list
 */
export async function listVmSkus(api: ManagementApi, location: string): Promise<readonly ResourceSku[]> {
  const found: ResourceSku[] = [];
  let next: string | undefined = `${api.endpoint}/subscriptions/${api.subscriptionId}/providers/Microsoft.Compute/skus?api-version=${SKUS_VERSION}&$filter=${encodeURIComponent(`location eq '${location}'`)}`;
  while (next !== undefined) {
    const page: z.infer<typeof skusSchema> = skusSchema.parse(await get(api, next));
    found.push(...page.value.filter(({ resourceType }) => resourceType === 'virtualMachines'));
    next = page.nextLink;
  }
  return found;
}

/**
 * Versions of Kubernetes that AKS offers in a location: minor versions and their patches.
 *
 * @see https://learn.microsoft.com/rest/api/aks/managed-clusters/list-kubernetes-versions
 */
export async function listKubernetesVersions(api: ManagementApi, location: string): Promise<readonly string[]> {
  const url = `${api.endpoint}/subscriptions/${api.subscriptionId}/providers/Microsoft.ContainerService/locations/${encodeURIComponent(location)}/kubernetesVersions?api-version=${AKS_VERSION}`;
  const { values } = versionsSchema.parse(await get(api, url));
  return values.flatMap(({ version, patchVersions }) => [version, ...Object.keys(patchVersions ?? {})]);
}

async function get(api: ManagementApi, url: string): Promise<unknown> {
  // The token goes to the endpoint it was issued for, whatever the link to the next page says.
  if (new URL(url).origin !== new URL(api.endpoint).origin) throw new Error(`Azure's management API at ${api.endpoint} refers to ${new URL(url).origin}`);
  const response = await (api.fetch ?? fetch)(url, { headers: { authorization: `Bearer ${await api.token()}` } });
  if (!response.ok) throw new Error(`Azure's management API answers ${response.status} to GET ${new URL(url).pathname}: ${(await response.text()).slice(0, 300)}`);
  return response.json();
}
