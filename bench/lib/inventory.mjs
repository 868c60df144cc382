// What is on a cluster that carries our label.
import { load } from './measure.mjs';

const { ApiClient } = load('./components/apiserver');

/** Identities of all objects managed by us, sorted. */
export async function inventory({ kubeconfig, context }) {
  const client = await ApiClient.open({ kubeconfig, context });
  const groups = await client.read('/apis');
  const versions = ['v1', ...groups.groups.map((group) => group.preferredVersion.groupVersion)];
  const found = [];
  for (const apiVersion of versions) {
    const list = await client.read(apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    for (const { name, kind, namespaced, verbs } of list?.resources ?? []) {
      if (name.includes('/') || !verbs.includes('list') || !verbs.includes('patch')) continue;
      const { items } = await client.list({ apiVersion, kind, plural: name, namespaced }, { labelSelector: 'app.kubernetes.io/managed-by=kubeflow-cdk', metadataOnly: true });
      for (const { metadata } of items) found.push(`${apiVersion.split('/').at(-2) ?? ''}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`);
    }
  }
  await client.close();
  return found.sort();
}
