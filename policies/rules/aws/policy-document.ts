import type { FieldPath } from '../../engine/field-path';
import { type Fields, isFields } from '../../engine/object';
import { documentOf, listed } from '../cloud/inputs';

/** One statement of an IAM policy document, with its place. */
export interface Statement {
  /** Path of the statement; of the document, if that is text. */
  readonly path: FieldPath;
  readonly fields: Fields;
}

/** Statements of a policy document, given as text or as an object; `undefined` if it is no document at all. */
export function statementsOf(document: unknown, path: FieldPath): readonly Statement[] | undefined {
  const asText = typeof document === 'string';
  const parsed = documentOf(document);
  if (!isFields(parsed)) return undefined;
  const stated = parsed.Statement;
  return listed(stated).flatMap((fields, index) => {
    const place: FieldPath = asText ? path : Array.isArray(stated) ? [...path, 'Statement', index] : [...path, 'Statement'];
    return isFields(fields) ? [{ path: place, fields }] : [];
  });
}

/** Whether it allows everything on everything. A condition only says when. */
export function allowsEverything({ fields }: Statement): boolean {
  return allows(fields) && listed(fields.Action).some((action) => action === '*' || action === '*:*') && listed(fields.Resource).includes('*');
}

/** Whether it allows something to anyone at all: everyone is a principal, and no condition says who or from where. */
export function allowsAnyone({ fields }: Statement): boolean {
  return allows(fields) && isEveryone(fields.Principal) && !conditionsOf(fields).some(narrows);
}

/** Whether it refuses everyone what does not come over TLS. */
export function deniesPlainHttp({ fields }: Statement): boolean {
  if (fields.Effect !== 'Deny' || !isEveryone(fields.Principal)) return false;
  if (!listed(fields.Action).some((action) => action === '*' || action === 's3:*' || action === 's3:Get*' || action === 's3:GetObject')) return false;
  return conditionsOf(fields).some(({ operator, key, values }) => {
    if (/^bool(ifexists)?$/.test(operator) && key === 'aws:securetransport') return values.every((value) => String(value).toLowerCase() === 'false');
    return /^numericlessthan(ifexists)?$/.test(operator) && key === 's3:tlsversion';
  });
}

/** A statement without an effect is not valid; it is not given the benefit of the doubt. */
function allows({ Effect: effect }: Fields): boolean {
  return (effect ?? 'Allow') === 'Allow';
}

function isEveryone(principal: unknown): boolean {
  return principal === '*' || (isFields(principal) && listed(principal.AWS).includes('*'));
}

interface Condition {
  /** In lower case: IAM does not tell cases apart in operators and keys. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly unknown[];
}

function conditionsOf({ Condition: stated }: Fields): readonly Condition[] {
  if (!isFields(stated)) return [];
  return Object.entries(stated).flatMap(([operator, keys]) =>
    isFields(keys) ? Object.entries(keys).map(([key, value]) => ({ operator: operator.toLowerCase(), key: key.toLowerCase(), values: listed(value) })) : [],
  );
}

/** Condition keys that tell who asks, or from where, and that the one who asks cannot choose. */
const NARROWING = new Set([
  'aws:ec2instancesourcevpc',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpcsourceip',
  'ec2:sourceinstancearn',
  'elasticfilesystem:accesspointarn',
  'kms:calleraccount',
  'lambda:sourcefunctionarn',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  'ssm:sourceinstancearn',
]);
/** Values that any request matches. */
const ANY_VALUE = new Set<unknown>(['*', '0.0.0.0/0', '::/0', 'arn:*', 'arn:aws:*', 'arn:aws:iam::*:*', 'arn:aws:iam::*']);

function narrows({ operator, key, values }: Condition): boolean {
  // "Not" leaves everyone else, and "IfExists" whoever has no such key.
  if (/not|ifexists$|^null$/.test(operator)) return false;
  return (NARROWING.has(key) || key.startsWith('aws:principaltag/')) && values.length > 0 && !values.some((value) => ANY_VALUE.has(value));
}
