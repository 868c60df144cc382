// What is on a cluster that was applied by us.
import { load } from './measure.mjs';

const { ApiClient, FIELD_MANAGER } = load('./components/apiserver');

/** Identities of all objects applied by us, sorted. */
export async function inventory({ kubeconfig, context }) {
  const client = await ApiClient.open({ kubeconfig, context });
  const groups = await client.read('/apis');
  const versions = ['v1', ...groups.groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))];
  const found = [];
  // A kind is listed in the newest version it is served in: others may need a conversion webhook, and none answers here.
  const seen = new Set();
  for (const apiVersion of versions) {
    const list = await client.read(apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    for (const { name, kind, namespaced, verbs } of list?.resources ?? []) {
      if (name.includes('/') || !verbs.includes('list') || !verbs.includes('patch')) continue;
      const group = apiVersion.split('/').at(-2) ?? '';
      if (seen.has(`${group}/${kind}`)) continue;
      seen.add(`${group}/${kind}`);
      const { items } = await client.list({ apiVersion, kind, plural: name, namespaced }, { metadataOnly: true });
      for (const { metadata } of items.filter(appliedByUs)) found.push(`${group}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`);
    }
  }
  await client.close();
  return found.sort();
}

function appliedByUs({ metadata }) {
  return metadata.managedFields?.some(({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply') ?? false;
}
