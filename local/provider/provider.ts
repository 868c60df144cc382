import { ApiClient, type Propagation } from '../../components/apiserver/client';
import type { ApiResource } from '../../components/apiserver/discovery';
import { UnknownKindError } from '../../components/apiserver/errors';
import { describeObject, isObject, type DesiredObject, type LiveObject } from '../../components/apiserver/objects';
import { isOurs, otherManagers } from '../../components/apiserver/ownership';
import { DiffKind, NO_PROPERTIES } from '../../components/apiserver/plugin/messages';
import type { CheckRequest, CheckResponse, CreateRequest, DeleteRequest, DiffRequest, DiffResponse, ReadRequest, ReadResponse, ResourceState, UpdateRequest } from '../../components/apiserver/plugin/messages';
import { clusterIdentity } from '../../components/apiserver/plugin/cluster-identity';
import { InitializationError, type Provider } from '../../components/apiserver/plugin/server';
import { typeOfUrn } from '../../components/apiserver/plugin/urn';
import { copySecrets, plain } from '../../components/apiserver/plugin/values';
import { decodeStruct, encodeStruct, mergeStruct, type StructBytes } from '../../components/apiserver/plugin/wire';
import { annotationsOf, propagationOf, readinessFor, skipsAwait, timeoutOf } from './annotations';
import { AwaitError, untilGone, untilReady } from './await';
import { checkInputs, markSecret } from './check';
import { checkConfig, readConfig, type ProviderConfig } from './config';
import { diffObject } from './diff';
import { ExistingObjects } from './existing';
import { explain, foreignObject } from './failures';
import { formatId, parseId, type ObjectKey } from './identity';
import { outputsOf } from './outputs';
import { importedInputs, liveInputs } from './refresh';
import { parseToken } from './tokens';

/** Version of the official provider whose types and settings this one takes. */
export const PROVIDER_VERSION = '4.34.2';

/** Kinds that own others: their dependents go first, so that nothing runs on after the deletion is reported done. */
const OWNERS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob']);

/** The Kubernetes provider: one Pulumi resource an object, applied on the server. */
export class KubernetesProvider implements Provider {
  readonly version = PROVIDER_VERSION;
  private config: ProviderConfig = { upsertExistingObjects: false };
  private connected: Promise<{ client: ApiClient; existing: ExistingObjects }> | undefined;
  private cancelled = new AbortController();
  /** Objects this run has made or taken up, by type and id. */
  private readonly claimed = new Set<string>();

  async checkConfig({ news }: CheckRequest): Promise<CheckResponse> {
    return { inputs: news, failures: checkConfig(decodeStruct(news)) };
  }

  async diffConfig({ oldInputs, olds, news }: DiffRequest): Promise<DiffResponse> {
    const before = clusterIdentity(decodeStruct(oldInputs.length > 0 ? oldInputs : olds));
    const after = clusterIdentity(decodeStruct(news));
    const moved = before !== undefined && after !== undefined && before !== after;
    return { changes: moved ? new Map([['context', DiffKind.UpdateReplace]]) : new Map() };
  }

  async configure(args: Record<string, unknown>): Promise<void> {
    this.config = readConfig(args);
    this.connected = undefined;
    this.claimed.clear();
    // An engine that attaches to a running provider ends each of its runs with a cancellation.
    this.cancelled = new AbortController();
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    return checkInputs(request);
  }

  async diff(request: DiffRequest): Promise<DiffResponse> {
    return diffObject(request);
  }

  async create({ urn, properties, preview, timeout }: CreateRequest): Promise<ResourceState> {
    const inputs = decodeStruct(properties);
    if (preview) return { id: '', outputs: properties };
    const { client, existing } = await this.connect();
    const { resource, object, key, what } = await this.target(urn, inputs, client);
    await this.makeRoom(resource, key, what, timeoutOf(object, timeout), existing, client);
    const live = await this.apply(client, resource, object, what);
    this.claimed.add(claim(resource, key));
    return this.settle({ client, resource, object, live, timeout, inputBytes: properties, inputs });
  }

  async update({ id, urn, olds, news, preview, timeout }: UpdateRequest): Promise<StructBytes> {
    const inputs = decodeStruct(news);
    if (preview) return this.previewOutputs(news, inputs, decodeStruct(olds));
    const { client } = await this.connect();
    const { resource, object, what } = await this.target(urn, inputs, client, parseId(id).namespace);
    const live = await this.apply(client, resource, object, what);
    return (await this.settle({ client, resource, object, live, timeout, inputBytes: news, inputs })).outputs;
  }

  async read({ id, urn, properties, inputs }: ReadRequest): Promise<ReadResponse> {
    const { client } = await this.connect();
    const type = parseToken(typeOfUrn(urn));
    const { name, namespace } = parseId(id);
    const live = await client.discovery.find(type.apiVersion, type.kind, 0).then(
      (resource) => client.get(resource, name, namespace),
      (error: unknown) => {
        // Without its CRD there can be no object of a kind.
        if (error instanceof UnknownKindError) return undefined;
        throw error;
      },
    );
    if (!live) return { id: '', outputs: NO_PROPERTIES, inputs: NO_PROPERTIES };
    const known = decodeStruct(inputs.length > 0 ? inputs : properties);
    const bare = plain(known);
    const current = isObject(bare) && isObject(bare['metadata']) ? copySecrets(liveInputs(bare, live), known) : importedInputs(live);
    const fresh = isObject(current) ? { ...current, ...(type.kind === 'Secret' ? markSecret(current) : {}) } : {};
    const bytes = encodeStruct(fresh);
    return { id: formatId(live.metadata), inputs: bytes, outputs: outputsOf(bytes, fresh, live) };
  }

  async delete({ id, urn, properties, oldInputs, timeout }: DeleteRequest): Promise<void> {
    const { client, existing } = await this.connect();
    const type = parseToken(typeOfUrn(urn));
    const key = parseId(id);
    const resource = await client.discovery.find(type.apiVersion, type.kind, 0).catch((error: unknown) => {
      if (error instanceof UnknownKindError) return undefined;
      throw error;
    });
    // A renamed resource is created under its new name before the old one is deleted, and both are the same object.
    if (!resource || this.claimed.has(claim(resource, key))) return;
    const known = plain(decodeStruct(oldInputs.length > 0 ? oldInputs : properties));
    const object = isObject(known) ? known : {};
    const what = describeObject(type.kind, key.name, key.namespace);
    const propagation: Propagation = propagationOf(object) ?? (OWNERS.has(type.kind) ? 'Foreground' : 'Background');
    const leaving = await client.delete(resource, key.name, key.namespace, propagation).catch((error: unknown) => {
      throw explain(what, error);
    });
    if (leaving && !skipsAwait(object)) {
      await untilGone(client, resource, leaving, { timeoutMs: timeoutOf(object, timeout), signal: this.cancelled.signal });
    }
    existing.forget(resource, key);
  }

  cancel(): void {
    this.cancelled.abort(new Error('The deployment was cancelled'));
  }

  async close(): Promise<void> {
    const connected = await this.connected?.catch(() => undefined);
    await connected?.client.close();
  }

  /** The connection, opened when the first object needs it: a preview from empty needs no cluster. */
  private connect(): Promise<{ client: ApiClient; existing: ExistingObjects }> {
    this.connected ??= ApiClient.open(this.config).then((client) => ({ client, existing: new ExistingObjects(client) }));
    return this.connected;
  }

  private async target(urn: string, inputs: Record<string, unknown>, client: ApiClient, idNamespace?: string): Promise<{ resource: ApiResource; object: DesiredObject; key: ObjectKey; what: string }> {
    const { apiVersion, kind } = parseToken(typeOfUrn(urn));
    const values = plain(inputs);
    const metadata = isObject(values) && isObject(values['metadata']) ? values['metadata'] : {};
    const resource = await client.discovery.find(apiVersion, kind);
    const namespace = resource.namespaced
      ? (text(metadata['namespace']) ?? idNamespace ?? this.config.namespace ?? client.connection.namespace ?? 'default')
      : undefined;
    const name = String(metadata['name']);
    const object: DesiredObject = { ...(isObject(values) ? values : {}), apiVersion, kind, metadata: { ...metadata, name, namespace } };
    return { resource, object, key: { name, namespace }, what: describeObject(kind, name, namespace) };
  }

  /** Sees to it that an object may be created: nobody else's has its name, and none of that name is still being deleted. */
  private async makeRoom(resource: ApiResource, key: ObjectKey, what: string, timeoutMs: number, existing: ExistingObjects, client: ApiClient): Promise<void> {
    const found = await existing.find(resource, key);
    if (!found) return;
    if (found.metadata.deletionTimestamp) {
      const now = await client.get(resource, key.name, key.namespace);
      if (now?.metadata.deletionTimestamp) await untilGone(client, resource, now, { timeoutMs, signal: this.cancelled.signal });
      return;
    }
    const managers = otherManagers(found);
    if (!this.config.upsertExistingObjects && !isOurs(found) && managers.length > 0) throw foreignObject(what, formatId(key), managers);
  }

  private async apply(client: ApiClient, resource: ApiResource, object: DesiredObject, what: string): Promise<LiveObject> {
    const force = annotationsOf(object)['pulumi.com/patchForce'] === 'true';
    try {
      return (await client.apply(resource, object, { force, signal: this.cancelled.signal })).object;
    } catch (error) {
      throw explain(what, error);
    }
  }

  /** Waits for readiness. An object that does not become ready exists nevertheless: the state has to keep it. */
  private async settle(applied: Applied): Promise<ResourceState> {
    const { client, resource, object, live, timeout, inputBytes, inputs } = applied;
    const id = formatId(live.metadata);
    const check = readinessFor(object);
    if (!check) return { id, outputs: outputsOf(inputBytes, inputs, live) };
    try {
      const ready = await untilReady(client, resource, live, check, { timeoutMs: timeoutOf(object, timeout), signal: this.cancelled.signal });
      return { id, outputs: outputsOf(inputBytes, inputs, ready) };
    } catch (error) {
      const reason = error instanceof AwaitError ? error.message : `${describeObject(live.kind, live.metadata.name, live.metadata.namespace)}: ${error instanceof Error ? error.message : String(error)}`;
      throw new InitializationError({ id, outputs: outputsOf(inputBytes, inputs, live) }, [reason]);
    }
  }

  private previewOutputs(news: StructBytes, inputs: Record<string, unknown>, olds: Record<string, unknown>): StructBytes {
    const before = isObject(olds['metadata']) ? olds['metadata'] : {};
    const metadata = isObject(inputs['metadata']) ? inputs['metadata'] : {};
    return mergeStruct(news, {
      metadata: { ...metadata, uid: before['uid'], namespace: metadata['namespace'] ?? before['namespace'] },
      ...(olds['status'] === undefined ? {} : { status: olds['status'] }),
    });
  }
}

interface Applied {
  readonly client: ApiClient;
  readonly resource: ApiResource;
  readonly object: DesiredObject;
  readonly live: LiveObject;
  /** Seconds from the resource's `customTimeouts`; 0 when unset. */
  readonly timeout: number;
  readonly inputBytes: StructBytes;
  readonly inputs: Record<string, unknown>;
}

/** Deletion is told from creation by group, not version: both reach the same object. */
function claim(resource: ApiResource, key: ObjectKey): string {
  const group = resource.apiVersion.includes('/') ? resource.apiVersion.slice(0, resource.apiVersion.indexOf('/')) : '';
  return `${group}/${resource.kind}/${formatId(key)}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
