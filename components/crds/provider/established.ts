import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../apiserver/client';
import { isObject, type LiveObject } from '../../apiserver/objects';
import { definitionLabel, type Definition } from '../definition';

/** The type of CRDs themselves. */
export const DEFINITION_RESOURCE = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', plural: 'customresourcedefinitions', namespaced: false } as const;

/**
 * Waits until the API server serves the kinds of these CRDs. That is looked up in discovery, a few hundred bytes a group
 * version: watching the CRDs would send every schema several times.
 * @throws Error that names the CRDs that are not served, with what the server says of them.
 */
export async function untilServed(client: ApiClient, definitions: readonly Definition[], timeoutMs: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let missing = definitions;
  for (let delay = 25; ; delay = Math.min(delay * 2, 1_000)) {
    const served = await servedTypes(client, new Set(missing.flatMap(groupVersions)));
    missing = missing.filter((definition) => groupVersions(definition).some((version) => !served.has(`${version}/${definition.spec.names.plural}/${definition.spec.names.kind}`)));
    if (missing.length === 0) return;
    const refused = await firstRefused(client, missing, performance.now() > deadline);
    if (refused) throw new Error(refused);
    await sleep(delay, undefined, { signal });
  }
}

function groupVersions({ spec }: Definition): string[] {
  return spec.versions.filter(({ served }) => served).map(({ name }) => `${spec.group}/${name}`);
}

/** What discovery shows of these group versions, as version/plural/kind. */
async function servedTypes(client: ApiClient, versions: ReadonlySet<string>): Promise<Set<string>> {
  const types = new Set<string>();
  await Promise.all([...versions].map(async (version) => {
    const list = await client.read(`/apis/${version}`);
    for (const resource of Array.isArray(list?.['resources']) ? list['resources'] : []) {
      if (isObject(resource)) types.add(`${version}/${String(resource['name'])}/${String(resource['kind'])}`);
    }
  }));
  return types;
}

/** Why a CRD will not be served: names taken by another one, or, once time is up, whatever its conditions say. */
async function firstRefused(client: ApiClient, definitions: readonly Definition[], timeUp: boolean): Promise<string | undefined> {
  // One is looked at each time: they are big, and in the usual case they only need a moment.
  for (const { metadata } of timeUp ? definitions : definitions.slice(0, 1)) {
    const live = await client.get(DEFINITION_RESOURCE, metadata.name);
    const refused = conditions(live).find(({ type, status }) => type === 'NamesAccepted' && status === 'False');
    if (refused) return `${definitionLabel(metadata.name)}: ${String(refused['message'] ?? 'its names are not accepted')}`;
    if (timeUp) return `${definitionLabel(metadata.name)}: its kind is not served yet: ${conditions(live).map(({ type, status, message }) => `${String(type)}=${String(status)} ${String(message ?? '')}`.trim()).join('; ') || 'the API server has not looked at it'}`;
  }
  return undefined;
}

function conditions(live: LiveObject | undefined): Record<string, unknown>[] {
  const status = live?.['status'];
  return isObject(status) && Array.isArray(status['conditions']) ? status['conditions'].filter(isObject) : [];
}
