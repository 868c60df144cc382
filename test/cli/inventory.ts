import { ApiClient, FIELD_MANAGER, isObject, type ApiResource, type LiveObject } from '../../components/apiserver';
import { apiGroup } from '../../constructs/core';

/** Identities of all objects on a cluster that were applied by us, sorted. */
export async function inventory(cluster: { readonly kubeconfig: string; readonly context: string }): Promise<readonly string[]> {
  const client = await ApiClient.open(cluster);
  try {
    const found = await Promise.all((await resources(client)).map((resource) => inventoryOf(client, resource)));
    return found.flat().sort();
  } finally {
    await client.close();
  }
}

/** Every kind that can be listed and applied, once, in the newest version it is served in: others may need a conversion webhook. */
async function resources(client: ApiClient): Promise<ApiResource[]> {
  const kinds = new Map<string, ApiResource>();
  for (const apiVersion of ['v1', ...(await groupVersions(client))]) {
    const served = await client.read(apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    for (const resource of listOf(served?.['resources'])) {
      if (!isObject(resource)) continue;
      const { name, kind, namespaced, verbs } = resource;
      if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) continue;
      const key = `${apiGroup({ apiVersion })}/${kind}`;
      if (kinds.has(key) || !listOf(verbs).includes('list') || !listOf(verbs).includes('patch')) continue;
      kinds.set(key, { apiVersion, kind, plural: name, namespaced: namespaced === true });
    }
  }
  return [...kinds.values()];
}

/** Newest version of each group first. */
async function groupVersions(client: ApiClient): Promise<string[]> {
  const groups = await client.read('/apis');
  return listOf(groups?.['groups']).flatMap((group) => (isObject(group) ? listOf(group['versions']).flatMap((version) => (isObject(version) ? [String(version['groupVersion'])] : [])) : []));
}

async function inventoryOf(client: ApiClient, resource: ApiResource): Promise<string[]> {
  const { items } = await client.list(resource, { metadataOnly: true });
  return items.flatMap(({ metadata }) =>
    appliedByUs(metadata) ? [`${apiGroup(resource)}/${resource.kind}/${metadata.namespace ?? ''}/${metadata.name}`] : [],
  );
}

function appliedByUs({ managedFields }: LiveObject['metadata']): boolean {
  return listOf(managedFields).some((entry) => isObject(entry) && entry['manager'] === FIELD_MANAGER && entry['operation'] === 'Apply');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
