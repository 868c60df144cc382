import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../apiserver/client';
import { ConnectionError } from '../apiserver/errors';
import { isObject } from '../apiserver/objects';
import type { CheckRequest, CheckResponse, CreateRequest, DeleteRequest, DiffResponse, ReadRequest, ReadResponse, ResourceState, UpdateRequest } from '../apiserver/plugin/messages';
import { plain } from '../apiserver/plugin/values';
import { decodeStruct, type StructBytes } from '../apiserver/plugin/wire';
import { forEachAtOnce } from '../apiserver/pool';
import type { TypeProvider } from '../plugin/provider-of-types';
import { type CloudObject, leftIn, showLeft, showObject, usersOf, volumesLeaving } from './cloud-objects';

/** Milliseconds that controllers have to give back what they made, unless the resource says otherwise. */
const DEFAULT_TIMEOUT_MS = 600_000;
/** Milliseconds between two looks: what is waited for takes a minute. */
const POLL_MS = 1000;

/** Serves what empties a cluster before it goes. */
export class DrainProvider implements TypeProvider {
  private cancelled = new AbortController();

  /** @param patienceMs milliseconds over which the cluster may be out of reach; half a minute by default */
  constructor(private readonly patienceMs?: number) {}

  async configure(): Promise<void> {
    this.cancelled = new AbortController();
  }

  async check({ news }: CheckRequest): Promise<CheckResponse> {
    return { inputs: news };
  }

  /** How the cluster is reached may change at any time, and what is done with leftovers matters in the end only. */
  async diff(): Promise<DiffResponse> {
    return { changes: new Map() };
  }

  async create({ urn, properties, preview }: CreateRequest): Promise<ResourceState> {
    return { id: preview ? '' : urn.slice(urn.lastIndexOf('::') + 2), outputs: properties };
  }

  async update({ news }: UpdateRequest): Promise<StructBytes> {
    return news;
  }

  async read({ id, properties, inputs }: ReadRequest): Promise<ReadResponse> {
    return { id, outputs: properties, inputs };
  }

  /** @throws Error naming what is left, if it may not be deleted or does not go */
  async delete({ urn, properties, oldInputs, timeout }: DeleteRequest): Promise<void> {
    const inputs = plain(decodeStruct(oldInputs.length > 0 ? oldInputs : properties));
    const get = (key: string): string | undefined => (isObject(inputs) && typeof inputs[key] === 'string' ? inputs[key] : undefined);
    const client = await ApiClient.open({ kubeconfig: get('kubeconfig'), context: get('context') }, this.patienceMs);
    try {
      await this.clear(client, get('leftovers') === 'delete', timeout > 0 ? timeout * 1000 : DEFAULT_TIMEOUT_MS);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new Error(`${error.message}. What stands for something in the cloud cannot be told. If the cluster is gone already, take this resource out of the state: pulumi state delete '${urn}'`, { cause: error });
    } finally {
      await client.close();
    }
  }

  cancel(): void {
    this.cancelled.abort(new Error('The deployment was cancelled'));
  }

  async close(): Promise<void> {
    this.cancel();
  }

  private async clear(client: ApiClient, mayDelete: boolean, patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const left = await leftIn(client);
      if (left.length > 0 && !mayDelete) throw new Error(refusal(left));
      const remaining = [...left.map(showLeft), ...(await volumesLeaving(client)).map(showObject)];
      if (remaining.length === 0) return;
      if (Date.now() > deadline) {
        throw new Error(`${remaining.join(', ')} did not go within ${Math.round(patienceMs / 1000)} seconds: the controllers that clear what stands behind them in the cloud have not done so. Look at their events, then run this again`);
      }
      // Again and again: what makes an object may have made another one before it went itself.
      await remove(client, [...left, ...(await usersOf(client, left))]);
      await this.pause();
    }
  }

  /** @throws Error if the deployment is cancelled */
  private async pause(): Promise<void> {
    const { signal } = this.cancelled;
    await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Deletes what is not on its way out yet. */
async function remove(client: ApiClient, left: readonly CloudObject[]): Promise<void> {
  const staying = left.flatMap(({ object, origin }) => [object, origin]).filter(({ live }) => live.metadata.deletionTimestamp === undefined);
  const once = [...new Map(staying.map((each) => [showObject(each), each])).values()];
  const outcomes = await forEachAtOnce(once, ({ resource, live: { metadata } }) => client.delete(resource, metadata.name, metadata.namespace));
  const refused = outcomes.flatMap((outcome, index) => {
    const object = once[index];
    return outcome.status === 'rejected' && object ? [`${showObject(object)}: ${outcome.reason instanceof Error ? outcome.reason.message : String(outcome.reason)}`] : [];
  });
  if (refused.length > 0) throw new Error(`Cannot delete ${refused.join('; ')}`);
}

function refusal(left: readonly CloudObject[]): string {
  const which = left.length === 1 ? 'still exists, and has its own load balancer, address or disk' : 'still exist, and have their own load balancers, addresses or disks';
  return `${left.map(showLeft).join(', ')} ${which} in the cloud, which would stay when the cluster goes. Delete what is no longer needed and run this again`;
}
