import type { ApiClient } from '../../apiserver/client';
import { ApiError } from '../../apiserver/errors';
import type { LiveObject } from '../../apiserver/objects';
import { isOurs, otherManagers } from '../../apiserver/ownership';
import { forEachAtOnce } from '../../apiserver/pool';
import { definitionLabel, type Definition } from '../definition';
import { DEFINITION_RESOURCE, untilServed } from './established';
import { migrateStorage } from './migrate';
import { removeDefinitions } from './remove';

/** How CRDs are applied. */
export interface ApplyContext {
  readonly client: ApiClient;
  readonly adoptExisting: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Applies CRDs and waits until they are served. Those that exist are tried on the server first (a dry run), those that do
 * not are taken back if one is rejected: either all stand in the end, or none has changed.
 * @throws Error with a line for each CRD that the API server rejects.
 */
export async function applyDefinitions(definitions: readonly Definition[], context: ApplyContext): Promise<void> {
  const { client } = context;
  const existing = await existingDefinitions(client, definitions, context.adoptExisting);
  const changed = definitions.filter(({ metadata }) => existing.has(metadata.name));
  const tried = await forEachAtOnce(changed, (definition) => tryOut(definition, context));
  throwRejected(changed, tried);

  const created = definitions.filter(({ metadata }) => !existing.has(metadata.name));
  const outcomes = await forEachAtOnce(created, (definition) => apply(definition, context));
  try {
    throwRejected(created, outcomes);
    await untilServed(client, created, context.timeoutMs, context.signal);
  } catch (error) {
    const made = created.filter((_, index) => outcomes[index]?.status === 'fulfilled').map(({ metadata }) => metadata.name);
    await removeDefinitions(client, made, context).catch((failure: unknown) => {
      throw new Error(`${cause(error)}\nThe others could not be taken back (${cause(failure)}); run again when this is mended`);
    });
    throw error;
  }
  throwRejected(changed, await forEachAtOnce(changed, (definition) => migrateStorage(definition, context, () => apply(definition, context))));
  await untilServed(client, changed, context.timeoutMs, context.signal);
}

/** The CRDs among these that are on the cluster. One list of metadata: most clusters have fewer than a page. */
async function existingDefinitions(client: ApiClient, definitions: readonly Definition[], adopt: boolean): Promise<Map<string, LiveObject>> {
  const wanted = new Set(definitions.map(({ metadata }) => metadata.name));
  const found = new Map<string, LiveObject>();
  let continueFrom: string | undefined;
  do {
    const page = await client.list(DEFINITION_RESOURCE, { metadataOnly: true, limit: 500, continueFrom });
    for (const item of page.items) if (wanted.has(item.metadata.name)) found.set(item.metadata.name, item);
    ({ continueFrom } = page);
  } while (continueFrom);
  const foreign = adopt ? [] : [...found.values()].filter((item) => !isOurs(item) && otherManagers(item).length > 0);
  if (foreign.length > 0) {
    throw new Error(foreign.map((item) => `${definitionLabel(item.metadata.name)}: exists already and belongs to ${otherManagers(item).join(', ')}`).join('\n') +
      '\nUse what the cluster has (an existing… factory), or set adoptExisting: true to take it over');
  }
  return found;
}

async function tryOut(definition: Definition, { client, adoptExisting, signal }: ApplyContext): Promise<void> {
  await client.apply(DEFINITION_RESOURCE, definition, { dryRun: true, force: adoptExisting, metadataOnly: true, signal }).catch((error: unknown) => {
    // A stored version that goes is no rejection: it is migrated.
    if (error instanceof ApiError && error.causes.length > 0 && error.causes.every(({ field }) => field?.startsWith('status.storedVersions'))) return;
    throw error;
  });
}

async function apply(definition: Definition, { client, adoptExisting, signal }: ApplyContext): Promise<void> {
  await client.apply(DEFINITION_RESOURCE, definition, { force: adoptExisting, metadataOnly: true, signal });
}

function throwRejected(definitions: readonly Definition[], outcomes: readonly PromiseSettledResult<void>[]): void {
  const rejected = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? [`${definitionLabel(definitions[index]?.metadata.name ?? '')}: ${cause(outcome.reason)}`] : []));
  if (rejected.length > 0) throw new Error(rejected.join('\n'));
}

function cause(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
