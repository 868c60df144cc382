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
export async function untilServed(client: ApiClient, definitions: readonly Definition[], timeoutMs: number, signal: AbortSignal, patienceMs = PATIENCE_MS): Promise<void> {
  const began = performance.now();
  const deadline = began + timeoutMs;
  const woken = new Set<Definition>();
  let missing = definitions;
  for (let delay = 25; ; delay = Math.min(delay * 2, 1_000)) {
    const served = await servedTypes(client, new Set(missing.flatMap(groupVersions)));
    missing = missing.filter((definition) => groupVersions(definition).some((version) => !served.has(`${version}/${definition.spec.names.plural}/${definition.spec.names.kind}`)));
    if (missing.length === 0) return;
    const refused = await firstRefused(client, missing, performance.now() > deadline);
    if (refused) throw new Error(refused);
    if (performance.now() - began > patienceMs) await wakeStuck(client, missing, woken);
    await sleep(delay, undefined, { signal });
  }
}

/** How long the API server has to serve a CRD before it is looked at whether it has forgotten it. */
const PATIENCE_MS = 10_000;

/**
 * An API server that dies between accepting a CRD's names and establishing it does not take it up again when it is back: it acts on
 * changes only, and looks through all CRDs only every few minutes. A changed annotation, taken back at once, is such a change.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go
 */
async function wakeStuck(client: ApiClient, missing: readonly Definition[], woken: Set<Definition>): Promise<void> {
  for (const definition of missing) {
    if (woken.has(definition)) continue;
    const state = new Map(conditions(await client.get(DEFINITION_RESOURCE, definition.metadata.name)).map(({ type, status }) => [type, status]));
    if (state.get('NamesAccepted') !== 'True' || state.get('Established') !== 'False') continue;
    woken.add(definition);
    const { metadata } = definition;
    const touched: Definition = { ...definition, metadata: { ...metadata, annotations: { ...annotationsOf(metadata), 'kubeflow-cdk.dev/woken': 'true' } } };
    await client.apply(DEFINITION_RESOURCE, touched, { metadataOnly: true });
    await client.apply(DEFINITION_RESOURCE, definition, { metadataOnly: true });
  }
}

function annotationsOf({ annotations }: Definition['metadata']): Record<string, unknown> {
  return isObject(annotations) ? annotations : {};
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
