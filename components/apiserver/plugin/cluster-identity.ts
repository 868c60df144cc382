import { parse } from 'yaml';
import { isObject } from '../objects';
import { isUnknown, plain } from './values';

/**
 * What tells clusters apart between two runs: the identifier given, else the name of the context. Address and
 * credentials of a cluster change without it becoming another one.
 */
export function clusterIdentity(inputs: Record<string, unknown>): string | undefined {
  const values = plain(inputs);
  if (!isObject(values)) return undefined;
  const named = text(values['clusterIdentifier']) ?? text(values['context']);
  if (named) return isUnknown(named) ? undefined : named;
  const config = values['kubeconfig'];
  if (typeof config !== 'string' || isUnknown(config) || !config.includes('\n')) return undefined;
  const document: unknown = parse(config);
  return isObject(document) ? text(document['current-context']) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
