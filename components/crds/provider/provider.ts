import { ApiClient } from '../../apiserver/client';
import { clusterIdentity } from '../../apiserver/plugin/cluster-identity';
import { DiffKind, NO_PROPERTIES } from '../../apiserver/plugin/messages';
import type { CheckRequest, CheckResponse, CreateRequest, DeleteRequest, DiffRequest, DiffResponse, ReadRequest, ReadResponse, ResourceState, UpdateRequest } from '../../apiserver/plugin/messages';
import { decodeStruct, encodeStruct, mergeStruct, type StructBytes } from '../../apiserver/plugin/wire';
import type { TypeProvider } from '../../plugin/provider-of-types';
import { readBundle } from '../bundle';
import { applyDefinitions } from './apply';
import { DEFINITION_RESOURCE } from './established';
import { checkInputs, readInputs, type DefinitionsInputs } from './inputs';
import { assertUnused, removeDefinitions } from './remove';

/** Milliseconds that CRDs may take to be served or to go, unless the resource says otherwise. */
const DEFAULT_TIMEOUT_MS = 120_000;

/** Serves sets of CRDs. */
export class DefinitionsProvider implements TypeProvider {
  private readonly clients = new Map<string, Promise<ApiClient>>();
  private cancelled = new AbortController();

  async configure(): Promise<void> {
    this.cancelled = new AbortController();
  }

  async check({ news }: CheckRequest): Promise<CheckResponse> {
    return { inputs: news, failures: checkInputs(decodeStruct(news)) };
  }

  /** Only digests count: neither where the file lies nor how the cluster is reached makes another set of CRDs. */
  async diff({ oldInputs, news }: DiffRequest): Promise<DiffResponse> {
    const [before, after] = [decodeStruct(oldInputs), decodeStruct(news)];
    const [olds, current] = [readInputs(before).digests, readInputs(after).digests];
    const changes = new Map<string, DiffKind>();
    for (const name of new Set([...Object.keys(olds), ...Object.keys(current)])) {
      if (olds[name] === current[name]) continue;
      changes.set(`digests[${JSON.stringify(name)}]`, olds[name] === undefined ? DiffKind.Add : current[name] === undefined ? DiffKind.Delete : DiffKind.Update);
    }
    const [oldCluster, cluster] = [clusterIdentity(before), clusterIdentity(after)];
    if (oldCluster !== undefined && cluster !== undefined && oldCluster !== cluster) changes.set('context', DiffKind.UpdateReplace);
    return { changes };
  }

  async create({ urn, properties, preview, timeout }: CreateRequest): Promise<ResourceState> {
    const inputs = readInputs(decodeStruct(properties));
    if (preview) return { id: '', outputs: properties };
    await applyDefinitions(readBundle({ path: inputs.bundle, digests: inputs.digests }), await this.context(inputs, timeout));
    return { id: urn.slice(urn.lastIndexOf('::') + 2), outputs: outputsOf(inputs) };
  }

  async update({ olds, oldInputs, news, preview, timeout }: UpdateRequest): Promise<StructBytes> {
    const inputs = readInputs(decodeStruct(news));
    if (preview) return news;
    const before = readInputs(decodeStruct(oldInputs.length > 0 ? oldInputs : olds)).digests;
    const context = await this.context(inputs, timeout);
    const removed = Object.keys(before).filter((name) => !(name in inputs.digests));
    const changed = Object.keys(inputs.digests).filter((name) => inputs.digests[name] !== before[name]);
    const definitions = readBundle({ path: inputs.bundle, digests: inputs.digests }).filter(({ metadata }) => changed.includes(metadata.name));
    // Refusals come before any change.
    await assertUnused(context.client, removed);
    await applyDefinitions(definitions, context);
    await removeDefinitions(context.client, removed, context);
    return outputsOf(inputs);
  }

  /** A CRD that is gone from the cluster leaves the digests, so that the next run makes it again. */
  async read({ id, properties, inputs: known }: ReadRequest): Promise<ReadResponse> {
    const inputs = readInputs(decodeStruct(known.length > 0 ? known : properties));
    const names = Object.keys(inputs.digests);
    if (names.length === 0) throw new Error('CustomResourceDefinitions cannot be imported: run the program with adoptExisting: true instead');
    const { client } = await this.context(inputs, 0);
    const found = new Set<string>();
    for (let continueFrom: string | undefined, first = true; first || continueFrom; first = false) {
      const page = await client.list(DEFINITION_RESOURCE, { metadataOnly: true, limit: 500, continueFrom });
      for (const { metadata } of page.items) found.add(metadata.name);
      ({ continueFrom } = page);
    }
    const digests = Object.fromEntries(Object.entries(inputs.digests).filter(([name]) => found.has(name)));
    if (Object.keys(digests).length === 0) return { id: '', outputs: NO_PROPERTIES, inputs: NO_PROPERTIES };
    return { id, inputs: mergeStruct(known, { digests }), outputs: encodeStruct({ digests }) };
  }

  async delete({ properties, oldInputs, timeout }: DeleteRequest): Promise<void> {
    const inputs = readInputs(decodeStruct(oldInputs.length > 0 ? oldInputs : properties));
    const context = await this.context(inputs, timeout);
    await removeDefinitions(context.client, Object.keys(inputs.digests), context);
  }

  cancel(): void {
    this.cancelled.abort(new Error('The deployment was cancelled'));
  }

  async close(): Promise<void> {
    for (const client of this.clients.values()) await client.then((open) => open.close(), () => undefined);
  }

  private async context(inputs: DefinitionsInputs, timeoutSeconds: number): Promise<{ client: ApiClient; adoptExisting: boolean; timeoutMs: number; signal: AbortSignal }> {
    const key = JSON.stringify([inputs.kubeconfig, inputs.context]);
    let client = this.clients.get(key);
    if (!client) {
      client = ApiClient.open(inputs);
      this.clients.set(key, client);
    }
    return {
      client: await client,
      adoptExisting: inputs.adoptExisting,
      timeoutMs: timeoutSeconds > 0 ? timeoutSeconds * 1000 : DEFAULT_TIMEOUT_MS,
      signal: this.cancelled.signal,
    };
  }
}

/** Not the kubeconfig, and not the file: neither is a property of the CRDs. */
function outputsOf({ digests }: DefinitionsInputs): StructBytes {
  return encodeStruct({ digests });
}
