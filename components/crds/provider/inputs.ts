import { isObject } from '../../apiserver/objects';
import type { CheckFailure } from '../../apiserver/plugin/messages';
import { isUnknown, plain } from '../../apiserver/plugin/values';

/** Inputs of the resource, without their secret marks. */
export interface DefinitionsInputs {
  readonly bundle: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly adoptExisting: boolean;
}

/** Reads inputs that were checked. */
export function readInputs(properties: Record<string, unknown>): DefinitionsInputs {
  const values = plain(properties);
  const get = (key: string): unknown => (isObject(values) ? values[key] : undefined);
  const digests = get('digests');
  return {
    bundle: String(get('bundle') ?? ''),
    digests: isObject(digests) ? Object.fromEntries(Object.entries(digests).map(([name, digest]) => [name, String(digest)])) : {},
    kubeconfig: text(get('kubeconfig')),
    context: text(get('context')),
    adoptExisting: get('adoptExisting') === true,
  };
}

/** What is wrong with the inputs. */
export function checkInputs(properties: Record<string, unknown>): CheckFailure[] {
  const values = plain(properties);
  const failures: CheckFailure[] = [];
  const given = (key: string): unknown => (isObject(values) ? values[key] : undefined);
  if (!isUnknown(given('bundle')) && !text(given('bundle'))) failures.push({ property: 'bundle', reason: `is ${JSON.stringify(given('bundle')) ?? 'missing'}, must be the path of a file` });
  const digests = given('digests');
  if (!isUnknown(digests) && !(isObject(digests) && Object.values(digests).every((digest) => typeof digest === 'string'))) {
    failures.push({ property: 'digests', reason: 'must give a SHA-256 for each CRD name' });
  }
  return failures;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !isUnknown(value) ? value : undefined;
}
