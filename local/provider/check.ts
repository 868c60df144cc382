import { isObject } from '../../components/apiserver/objects';
import type { CheckFailure, CheckRequest, CheckResponse } from '../../components/apiserver/plugin/messages';
import { typeOfUrn } from '../../components/apiserver/plugin/urn';
import { isSecret, isUnknown, secret } from '../../components/apiserver/plugin/values';
import { decodeStruct, mergeStruct } from '../../components/apiserver/plugin/wire';
import { parseToken } from './tokens';

/** Checks the inputs of an object; what is right is handed back as the bytes it came in. */
export function checkInputs(request: CheckRequest): CheckResponse {
  const { apiVersion, kind } = parseToken(typeOfUrn(request.urn));
  const inputs = decodeStruct(request.news);
  const failures: CheckFailure[] = [];
  const added: Record<string, unknown> = {};
  for (const [property, expected] of [['apiVersion', apiVersion], ['kind', kind]] as const) {
    const given = inputs[property];
    if (given === undefined || given === null) added[property] = expected;
    else if (given !== expected) failures.push({ property, reason: `is ${JSON.stringify(given)}, but the resource type says ${JSON.stringify(expected)}` });
  }
  failures.push(...checkMetadata(inputs['metadata']));
  if (kind === 'Secret' && apiVersion === 'v1') Object.assign(added, markSecret(inputs));
  return { inputs: Object.keys(added).length === 0 ? request.news : mergeStruct(request.news, added), failures };
}

/** Whatever a Secret holds is secret, whether the program said so or not. */
export function markSecret(object: Record<string, unknown>): Record<string, unknown> {
  const marked: Record<string, unknown> = {};
  for (const property of ['data', 'stringData']) {
    const value = object[property];
    if (isObject(value) && !isSecret(value)) marked[property] = secret(value);
  }
  return marked;
}

function checkMetadata(metadata: unknown): CheckFailure[] {
  if (!isObject(metadata) || isSecret(metadata)) return [{ property: 'metadata', reason: 'must be an object with at least a name, and not secret as a whole' }];
  const failures: CheckFailure[] = [];
  if (metadata['generateName'] !== undefined) {
    failures.push({ property: 'metadata.generateName', reason: 'is not supported: an object applied on the server needs a name that stays; set metadata.name' });
  }
  for (const property of ['name', 'namespace']) {
    const value = metadata[property];
    if (property === 'namespace' && (value === undefined || value === null)) continue;
    if (isUnknown(value)) failures.push({ property: `metadata.${property}`, reason: 'is not known before deployment; a name must be a plain value, not the output of another resource' });
    else if (typeof value !== 'string' || value === '') failures.push({ property: `metadata.${property}`, reason: `is ${JSON.stringify(value) ?? 'missing'}, must be a string that is not empty` });
  }
  return failures;
}
