import type { ApiClient } from '../../components/apiserver/client';
import type { ApiResource } from '../../components/apiserver/discovery';
import { ApiError } from '../../components/apiserver/errors';
import type { LiveObject } from '../../components/apiserver/objects';
import { formatId, type ObjectKey } from './identity';

/** A type with more objects than this is asked about one by one. */
const LIST_LIMIT = 500;

/**
 * What is on the cluster before this run creates anything: the metadata of a whole type is read once, the first time an
 * object of it is created, because a read for each object would double the requests of a deployment from empty.
 */
export class ExistingObjects {
  private readonly types = new Map<string, Promise<ReadonlyMap<string, LiveObject> | undefined>>();
  private readonly gone = new Set<string>();

  constructor(private readonly client: ApiClient) {}

  /** The object with this name, if there is one. */
  async find(resource: ApiResource, key: ObjectKey): Promise<LiveObject | undefined> {
    const type = `${resource.apiVersion}/${resource.plural}`;
    const id = formatId(key);
    if (this.gone.has(`${type}/${id}`)) return undefined;
    let known = this.types.get(type);
    if (!known) {
      known = this.list(resource);
      this.types.set(type, known);
    }
    const all = await known;
    return all ? all.get(id) : unlessForbidden(this.client.get(resource, key.name, key.namespace));
  }

  /** Notes that an object was deleted in this run. */
  forget(resource: ApiResource, key: ObjectKey): void {
    this.gone.add(`${resource.apiVersion}/${resource.plural}/${formatId(key)}`);
  }

  private async list(resource: ApiResource): Promise<ReadonlyMap<string, LiveObject> | undefined> {
    const list = await unlessForbidden(this.client.list(resource, { limit: LIST_LIMIT, metadataOnly: true }));
    return !list || list.continueFrom ? undefined : new Map(list.items.map((item) => [formatId(item.metadata), item]));
  }
}

/** Who may write but not read is served nevertheless: a conflict of managers still tells what belongs to others. */
function unlessForbidden<T>(request: Promise<T>): Promise<T | undefined> {
  return request.catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 403) return undefined;
    throw error;
  });
}
