import type { ApiClient } from '../apiserver/client';
import type { ApiResource } from '../apiserver/discovery';
import { UnknownKindError } from '../apiserver/errors';
import { isObject, type LiveObject } from '../apiserver/objects';

/** An object of the cluster, and how its kind is served. */
export interface ClusterObject {
  readonly resource: ApiResource;
  readonly live: LiveObject;
}

const PAGE = 500;

/** Every object of a kind. */
export async function listAll(client: ApiClient, resource: ApiResource): Promise<readonly ClusterObject[]> {
  const found: ClusterObject[] = [];
  let continueFrom: string | undefined;
  do {
    const page = await client.list(resource, { limit: PAGE, continueFrom });
    found.push(...page.items.map((live) => ({ resource, live })));
    ({ continueFrom } = page);
  } while (continueFrom !== undefined);
  return found;
}

/** How a kind is served, or nothing when the cluster has none of it. */
export async function served(client: ApiClient, apiVersion: string, kind: string): Promise<ApiResource | undefined> {
  try {
    return await client.discovery.find(apiVersion, kind, 0);
  } catch (error) {
    if (error instanceof UnknownKindError) return undefined;
    throw error;
  }
}

/** What people made: follows who controls an object for as long as that is in its namespace, e.g. from a pod to its Deployment. */
export async function originOf(client: ApiClient, object: ClusterObject): Promise<ClusterObject> {
  const { namespace } = object.live.metadata;
  const controller = controllerOf(object.live);
  const resource = controller && (await served(client, controller.apiVersion, controller.kind));
  if (!resource?.namespaced || !controller) return object;
  const live = await client.get(resource, controller.name, namespace);
  return live ? originOf(client, { resource, live }) : object;
}

function controllerOf({ metadata }: LiveObject): { readonly apiVersion: string; readonly kind: string; readonly name: string } | undefined {
  const owners = isObject(metadata) ? metadata['ownerReferences'] : undefined;
  if (!Array.isArray(owners)) return undefined;
  const owner: unknown = owners.find((each: unknown) => isObject(each) && each['controller'] === true);
  return isObject(owner) ? { apiVersion: String(owner['apiVersion']), kind: String(owner['kind']), name: String(owner['name']) } : undefined;
}
