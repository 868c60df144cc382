import { Discovery, resourcePath, type ApiResource } from './discovery';
import { isNotFound } from './errors';
import { openCluster, type ClusterConnection, type KubeconfigSource } from './kubeconfig';
import { isObject, type DesiredObject, type LiveObject } from './objects';
import { Transport } from './transport';
import { ResourceWatch } from './watch';

/** Name under which fields are owned on the cluster. Never changed: ownership is how a killed run is taken up again. */
export const FIELD_MANAGER = 'kubeflow-cdk';

/** How an apply is done. */
export interface ApplyOptions {
  /** Take fields over from other managers. @default false */
  readonly force?: boolean;
  /** Run admission and validation, store nothing. @default false */
  readonly dryRun?: boolean;
  /** Answer with the metadata alone: for objects too big to read back. @default false */
  readonly metadataOnly?: boolean;
  readonly signal?: AbortSignal;
}

/** What an apply did. */
export interface Applied {
  readonly object: LiveObject;
  /** False when the object existed before. */
  readonly created: boolean;
}

/** What a list returns. */
export interface ObjectList {
  readonly items: readonly LiveObject[];
  readonly resourceVersion: string;
  /** Where to go on when the cluster has more than the limit. */
  readonly continueFrom?: string;
  /** How many more there are. */
  readonly remaining: number;
}

/** What a list should hold. */
export interface ListOptions {
  /** @default - all namespaces */
  readonly namespace?: string;
  /** @default - no limit */
  readonly limit?: number;
  readonly labelSelector?: string;
  /** Only the metadata of each object: much less to read. @default false */
  readonly metadataOnly?: boolean;
  /** Where an earlier list of this kind ended. */
  readonly continueFrom?: string;
}

/** How dependents of a deleted object go. */
export type Propagation = 'Foreground' | 'Background' | 'Orphan';

/** A thin client of one API server: what deploying needs and no more. */
export class ApiClient {
  readonly discovery: Discovery;
  private readonly transport: Transport;
  private readonly watches = new Map<string, ResourceWatch>();

  /** @param patienceMs milliseconds over which a request that may be repeated is tried again; half a minute by default */
  constructor(readonly connection: ClusterConnection, patienceMs?: number) {
    this.transport = new Transport(connection, patienceMs);
    this.discovery = new Discovery(this.transport);
  }

  /** @throws Error when the kubeconfig cannot be read or lacks the context. */
  static async open(source?: KubeconfigSource, patienceMs?: number): Promise<ApiClient> {
    return new ApiClient(await openCluster(source), patienceMs);
  }

  /**
   * Server-side apply as {@link FIELD_MANAGER}; unknown and duplicate fields are errors.
   * @throws ApiError `Conflict` when another manager owns a field with another value, unless forced.
   */
  async apply(resource: ApiResource, object: DesiredObject, options: ApplyOptions = {}): Promise<Applied> {
    const query = `fieldManager=${FIELD_MANAGER}&fieldValidation=Strict${options.force ? '&force=true' : ''}${options.dryRun ? '&dryRun=All' : ''}`;
    const response = await this.transport.send({
      method: 'PATCH',
      path: `${resourcePath(resource, object.metadata.namespace, object.metadata.name)}?${query}`,
      body: object,
      contentType: 'application/apply-patch+yaml',
      accept: options.metadataOnly ? 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' : undefined,
      signal: options.signal,
    });
    return { object: asObject(response.body), created: response.code === 201 };
  }

  /** Nothing when the object does not exist. */
  async get(resource: ApiResource, name: string, namespace?: string): Promise<LiveObject | undefined> {
    return this.read(resourcePath(resource, namespace, name));
  }

  /** Starts the deletion of an object. The object that is on its way out, or nothing when it is gone. */
  async delete(resource: ApiResource, name: string, namespace?: string, propagation: Propagation = 'Background'): Promise<LiveObject | undefined> {
    try {
      const { body } = await this.transport.send({
        method: 'DELETE',
        path: resourcePath(resource, namespace, name),
        body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: propagation },
      });
      // Some kinds answer with the object they have just removed; only a deletion timestamp says that it lingers.
      return isObject(body) && isObject(body['metadata']) && body['metadata']['deletionTimestamp'] ? asObject(body) : undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async list(resource: ApiResource, options: ListOptions = {}): Promise<ObjectList> {
    const query = new URLSearchParams();
    if (options.limit) query.set('limit', String(options.limit));
    if (options.continueFrom) query.set('continue', options.continueFrom);
    if (options.labelSelector) query.set('labelSelector', options.labelSelector);
    const { body } = await this.transport.send({
      method: 'GET',
      path: `${resourcePath(resource, options.namespace)}?${query.toString()}`,
      accept: options.metadataOnly ? 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' : undefined,
    });
    // An empty list of metadata comes as null.
    const items = isObject(body) ? (body['items'] ?? []) : undefined;
    if (!isObject(body) || !Array.isArray(items) || !isObject(body['metadata'])) throw new Error(`The API server answered a list of ${resource.plural} with something else`);
    return {
      items,
      resourceVersion: String(body['metadata']['resourceVersion'] ?? ''),
      continueFrom: typeof body['metadata']['continue'] === 'string' && body['metadata']['continue'] !== '' ? body['metadata']['continue'] : undefined,
      remaining: typeof body['metadata']['remainingItemCount'] === 'number' ? body['metadata']['remainingItemCount'] : 0,
    };
  }

  /** Replaces the status of an object by a merge patch. */
  async patchStatus(resource: ApiResource, name: string, status: object): Promise<void> {
    await this.transport.send({
      method: 'PATCH',
      path: `${resourcePath(resource, undefined, name)}/status?fieldManager=${FIELD_MANAGER}`,
      body: { status },
      contentType: 'application/merge-patch+json',
    });
  }

  /**
   * Writes an object back as it was read, so that it is stored in the version that is current now.
   * @throws ApiError `Conflict` when it has changed since.
   */
  async rewrite(resource: ApiResource, object: LiveObject): Promise<void> {
    const { name, namespace } = object.metadata;
    await this.transport.send({ method: 'PUT', path: `${resourcePath(resource, namespace, name)}?fieldManager=${FIELD_MANAGER}`, body: object });
  }

  /** A GET of any path, e.g. `/version`. Nothing when there is no such thing. */
  async read(path: string): Promise<LiveObject | undefined> {
    try {
      return asObject((await this.transport.send({ method: 'GET', path })).body);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** The one watch of a resource type that all who wait for objects of it share. */
  watch(resource: ApiResource): ResourceWatch {
    const key = `${resource.apiVersion}/${resource.plural}`;
    let watch = this.watches.get(key);
    if (!watch) {
      watch = new ResourceWatch(resource, {
        stream: (path, signal) => this.transport.stream(path, signal),
        get: (name, namespace) => this.get(resource, name, namespace),
        currentVersion: async () => (await this.list(resource, { limit: 1, metadataOnly: true })).resourceVersion,
      });
      this.watches.set(key, watch);
    }
    return watch;
  }

  /** Ends all watches and closes the idle connections. */
  async close(): Promise<void> {
    for (const watch of this.watches.values()) watch.close();
    (await this.connection.credentials()).agent.destroy();
  }
}

function asObject(body: unknown): LiveObject {
  // The API server's own answer to a request for an object: its shape is the API's contract.
  if (!isObject(body)) throw new Error('The API server answered a request for an object with something else');
  return body as unknown as LiveObject;
}
