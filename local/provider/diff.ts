import { isObject } from '../../components/apiserver/objects';
import { compare, formatPath } from '../../components/apiserver/plugin/diff';
import { DiffKind, type DiffRequest, type DiffResponse } from '../../components/apiserver/plugin/messages';
import { typeOfUrn } from '../../components/apiserver/plugin/urn';
import { decodeStruct } from '../../components/apiserver/plugin/wire';
import { needsReplacement } from './immutable';
import { parseToken } from './tokens';

/**
 * Compares what the program wanted last time with what it wants now. What the cluster made of it does not matter here:
 * defaults, injected certificates and other managers' fields are never a difference.
 */
export function diffObject(request: DiffRequest): DiffResponse {
  const { apiVersion, kind } = parseToken(typeOfUrn(request.urn));
  const before = decodeStruct(request.oldInputs);
  const after = decodeStruct(request.news);
  const changes = new Map<string, DiffKind>();
  let replace = false;
  for (const change of compare(before, after)) {
    const replaces = needsReplacement(apiVersion, kind, change.path, before);
    replace ||= replaces;
    changes.set(formatPath(change.path), replaces ? change.kind + 1 : change.kind);
  }
  return { changes, deleteBeforeReplace: replace && sameName(before, after) };
}

function sameName(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  const [old, current] = [before['metadata'], after['metadata']];
  return isObject(old) && isObject(current) && old['name'] === current['name'] && old['namespace'] === current['namespace'] && before['kind'] === after['kind'];
}
