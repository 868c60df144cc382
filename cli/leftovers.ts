import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, UnknownKindError } from '../components/apiserver';
import { objectIdentity, objectName } from '../constructs/core';
import type { JournalEntry } from '../local/engine';

/** How long an object may take to go, finalizers included. */
const PATIENCE_MS = 120_000;
const POLL_MS = 50;

/**
 * Removes objects that killed runs made and that no record knows, last applied first.
 *
 * @param wanted identities of objects that are to stay
 * @returns how many were removed
 */
export async function removeLeftovers(cluster: { readonly kubeconfig: string; readonly context: string }, leftovers: readonly JournalEntry[], wanted: ReadonlySet<string>): Promise<number> {
  const unwanted = leftovers.filter((entry) => !wanted.has(objectIdentity(entry))).reverse();
  if (unwanted.length === 0) return 0;
  const client = await ApiClient.open(cluster);
  let removed = 0;
  try {
    for (const entry of unwanted) if (await remove(client, entry)) removed += 1;
  } finally {
    await client.close();
  }
  return removed;
}

async function remove(client: ApiClient, { apiVersion, kind, metadata: { name, namespace } }: JournalEntry): Promise<boolean> {
  try {
    const resource = await client.discovery.find(apiVersion, kind, 0);
    if (!(await client.get(resource, name, namespace))) return false;
    let lingering = await client.delete(resource, name, namespace);
    // What holds it may be cleared by something that goes later, so nothing else is removed before it is gone.
    for (const deadline = Date.now() + PATIENCE_MS; lingering; lingering = await client.get(resource, name, namespace)) {
      if (Date.now() > deadline) throw new Error(`${objectName({ kind, metadata: { name, ...(namespace && { namespace }) } })} does not go: a finalizer holds it`);
      await sleep(POLL_MS);
    }
    return true;
  } catch (error) {
    // Without its CRD there can be no object.
    if (error instanceof UnknownKindError) return false;
    throw error;
  }
}
