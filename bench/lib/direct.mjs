// The peer: the same objects, applied by nothing but server-side apply over 32 connections, CRDs first.
import { load } from './measure.mjs';

const { ApiClient } = load('./components/apiserver');
const { openSession } = load('./cli/session');

const CONNECTIONS = 32;
const PATIENCE_MS = 120_000;

/** The objects of a stack, in apply order. */
export async function objectsOf(stack) {
  const { graph } = await openSession({ stack });
  return graph.order().map(({ object }) => object.manifest);
}

/** Applies objects as fast as the API server takes them. Webhooks do not answer there, so only CRDs and namespaces go ahead. */
export async function applyDirectly({ kubeconfig, context }, objects) {
  const client = await ApiClient.open({ kubeconfig, context });
  const crds = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  const others = objects.filter(({ kind }) => kind !== 'CustomResourceDefinition' && kind !== 'Namespace');
  await inParallel([...crds, ...namespaces], (object) => apply(client, object));
  await inParallel(others, (object) => apply(client, object));
  await client.close();
}

async function apply(client, object) {
  // A kind is served some time after its CRD is there; whoever applies directly has to wait for that too.
  await client.apply(await client.discovery.find(object.apiVersion, object.kind, PATIENCE_MS), object);
}

async function inParallel(items, work) {
  const queue = [...items];
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  }));
}
