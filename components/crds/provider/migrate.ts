import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResource } from '../../apiserver/discovery';
import { ApiError, isNotFound } from '../../apiserver/errors';
import { isObject, type LiveObject } from '../../apiserver/objects';
import { forEachAtOnce } from '../../apiserver/pool';
import { definitionLabel, type Definition, type DefinitionVersion } from '../definition';
import type { ApplyContext } from './apply';
import { DEFINITION_RESOURCE, untilServed } from './established';

const PAGE = 500;

/**
 * Applies a CRD that may drop versions which objects are still stored in: the old versions are kept beside the new ones
 * while every object is read and written back (which stores it in the new version), then the record of stored versions
 * is cleared, and only then they go.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version
 */
export async function migrateStorage(definition: Definition, context: ApplyContext, apply: () => Promise<void>): Promise<void> {
  const { client } = context;
  const live = await client.get(DEFINITION_RESOURCE, definition.metadata.name);
  const kept = new Set(definition.spec.versions.map(({ name }) => name));
  const dropped = storedVersions(live).filter((version) => !kept.has(version));
  const storage = definition.spec.versions.find((version) => version.storage);
  if (!live || dropped.length === 0 || !storage) return apply();

  const old = liveVersions(live).filter(({ name }) => dropped.includes(name)).map((version) => ({ ...version, storage: false }));
  const both: Definition = { ...definition, spec: { ...definition.spec, versions: [...definition.spec.versions, ...old] } };
  await client.apply(DEFINITION_RESOURCE, both, { force: context.adoptExisting, metadataOnly: true, signal: context.signal });
  await untilServed(client, [both], context.timeoutMs, context.signal);
  await rewriteAll(definition, storage, context);
  await client.patchStatus(DEFINITION_RESOURCE, definition.metadata.name, { storedVersions: [storage.name] });
  await apply();
}

async function rewriteAll({ metadata, spec }: Definition, storage: DefinitionVersion, { client, signal }: ApplyContext): Promise<void> {
  const resource: ApiResource = { apiVersion: `${spec.group}/${storage.name}`, kind: spec.names.kind, plural: spec.names.plural, namespaced: spec.scope === 'Namespaced' };
  let continueFrom: string | undefined;
  do {
    const page = await client.list(resource, { limit: PAGE, continueFrom });
    const outcomes = await forEachAtOnce(page.items, async (object) => {
      for (let current: LiveObject | undefined = object; current && !signal.aborted; current = await client.get(resource, object.metadata.name, object.metadata.namespace)) {
        try {
          // Lists leave kind and version out of their items.
          return await client.rewrite(resource, { ...current, apiVersion: resource.apiVersion, kind: resource.kind });
        } catch (error) {
          if (isNotFound(error)) return;
          if (!(error instanceof ApiError) || error.reason !== 'Conflict') throw error;
          await sleep(50);
        }
      }
    });
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw new Error(`${definitionLabel(metadata.name)}: an object cannot be stored as ${storage.name}, so the old version has to stay: ${failed.reason instanceof Error ? failed.reason.message : String(failed.reason)}`);
    ({ continueFrom } = page);
  } while (continueFrom);
}

function storedVersions(live: LiveObject | undefined): string[] {
  const status = live?.['status'];
  return isObject(status) && Array.isArray(status['storedVersions']) ? status['storedVersions'].map(String) : [];
}

function liveVersions(live: LiveObject): DefinitionVersion[] {
  const spec = live['spec'];
  return isObject(spec) && Array.isArray(spec['versions']) ? spec['versions'] : [];
}
