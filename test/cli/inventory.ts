import { ApiClient, FIELD_MANAGER, isObject } from '../../components/apiserver';
import { apiGroup } from '../../constructs/core';

/** Identities of all objects on a cluster that were applied by us, sorted. */
export async function inventory(cluster: { readonly kubeconfig: string; readonly context: string }): Promise<readonly string[]> {
  const client = await ApiClient.open(cluster);
  try {
    const versions = ['v1', ...(await groupVersions(client))];
    const found = await Promise.all(versions.map((apiVersion) => inventoryOf(client, apiVersion)));
    return [...new Set(found.flat())].sort();
  } finally {
    await client.close();
  }
}

async function groupVersions(client: ApiClient): Promise<string[]> {
  const groups = await client.read('/apis');
  return listOf(groups?.['groups']).flatMap((group) => (isObject(group) ? listOf(group['versions']).flatMap((version) => (isObject(version) ? [String(version['groupVersion'])] : [])) : []));
}

async function inventoryOf(client: ApiClient, apiVersion: string): Promise<string[]> {
  const served = await client.read(apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
  const found: string[] = [];
  for (const resource of listOf(served?.['resources'])) {
    if (!isObject(resource)) continue;
    const { name, kind, namespaced, verbs } = resource;
    if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) continue;
    if (!listOf(verbs).includes('list') || !listOf(verbs).includes('patch')) continue;
    const { items } = await client.list(
      { apiVersion, kind, plural: name, namespaced: namespaced === true },
      { metadataOnly: true },
    );
    for (const item of items) {
      if (!isObject(item) || !isObject(item['metadata']) || !appliedByUs(item['metadata'])) continue;
      found.push(`${apiGroup({ apiVersion })}/${kind}/${String(item['metadata']['namespace'] ?? '')}/${String(item['metadata']['name'])}`);
    }
  }
  return found;
}

function appliedByUs(metadata: Record<string, unknown>): boolean {
  return listOf(metadata['managedFields']).some((entry) => isObject(entry) && entry['manager'] === FIELD_MANAGER && entry['operation'] === 'Apply');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
