import type { ApiClient } from '../../apiserver/client';
import { isNotFound } from '../../apiserver/errors';
import { isObject, type LiveObject } from '../../apiserver/objects';
import { forEachAtOnce } from '../../apiserver/pool';
import { definitionLabel } from '../definition';
import { DEFINITION_RESOURCE } from './established';

/** How many custom resources a refusal names. */
const EXAMPLES = 3;

/**
 * Deletes CRDs and waits until they are gone. Nothing is deleted when one of them still has custom resources.
 * @throws Error that counts and names the custom resources that are still there.
 */
export async function removeDefinitions(client: ApiClient, names: readonly string[], { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
  const live = await assertUnused(client, names);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const outcomes = await forEachAtOnce(live, async ({ metadata }) => {
    const leaving = await client.delete(DEFINITION_RESOURCE, metadata.name);
    if (leaving) await client.watch(DEFINITION_RESOURCE).until(leaving, (now) => (!now || now.metadata.uid !== leaving.metadata.uid ? true : undefined), deadline);
  });
  const stuck = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? [`${definitionLabel(live[index]?.metadata.name ?? '')}: is not deleted: ${outcome.reason instanceof Error ? outcome.reason.message : String(outcome.reason)}`] : []));
  if (stuck.length > 0) throw new Error(stuck.join('\n'));
}

/**
 * The CRDs of these names that exist.
 * @throws Error when one of them has custom resources.
 */
export async function assertUnused(client: ApiClient, names: readonly string[]): Promise<LiveObject[]> {
  const live = values(await forEachAtOnce(names, (name) => client.get(DEFINITION_RESOURCE, name)));
  const refusals = values(await forEachAtOnce(live, (definition) => usesOf(client, definition)));
  if (refusals.length === 0) return live;
  throw new Error(`${refusals.join('\n')}\nDeleting a CRD deletes every custom resource of its kind: delete those first, while their controllers still run`);
}

/** What was found, without those that found nothing. */
function values<T>(outcomes: readonly PromiseSettledResult<T | undefined>[]): T[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value === undefined ? [] : [outcome.value];
  });
}

async function usesOf(client: ApiClient, definition: LiveObject): Promise<string | undefined> {
  const spec = isObject(definition['spec']) ? definition['spec'] : {};
  const names = isObject(spec['names']) ? spec['names'] : {};
  const versions = Array.isArray(spec['versions']) ? spec['versions'].filter(isObject) : [];
  const served = versions.find((version) => version['served'] === true && version['storage'] === true) ?? versions.find((version) => version['served'] === true);
  // A kind that is served in no version has no objects anyone could name or delete.
  if (!served) return undefined;
  const resource = { apiVersion: `${String(spec['group'])}/${String(served['name'])}`, kind: String(names['kind']), plural: String(names['plural']), namespaced: spec['scope'] === 'Namespaced' };
  try {
    const { items, remaining } = await client.list(resource, { limit: EXAMPLES, metadataOnly: true });
    if (items.length === 0) return undefined;
    const examples = items.map(({ metadata }) => (metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name)).join(', ');
    return `${definitionLabel(definition.metadata.name)}: ${items.length + remaining} ${resource.kind} still exist (${examples}${remaining > 0 ? ', …' : ''})`;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
