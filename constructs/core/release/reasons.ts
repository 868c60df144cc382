import type { Reason, ReasonKind } from './model';

/** Completes "it waits for that because ...". */
const WORDS: Readonly<Record<ReasonKind, string>> = {
  namespace: 'it lives in that namespace',
  definition: 'that defines its kind',
  conversion: 'that converts its versions',
  controller: 'that reconciles it, and clears it on deletion',
  component: 'its component requires the other',
  backend: 'its calls are answered by that',
  'ca-bundle': 'its CA bundle comes from that',
  admission: 'that admits it, or the pods it makes',
  api: 'that serves its API',
  'service-account': 'its pods run as that account',
  permission: 'that gives its pods their permissions',
  role: 'it grants that role',
  subject: 'it grants to that account',
  aggregation: 'that is aggregated into it',
  'pod-reference': 'its pods use that',
  produced: 'that writes the Secret it uses',
  reference: 'it refers to that',
  'serving-default': 'that is among the defaults it picks from',
  guard: 'policies, quotas and limits of a namespace come before what runs in it',
};

/** A reason in plain words, with the field it was read from. */
export function explain({ kind, detail }: Reason): string {
  return detail ? `${WORDS[kind]} [${detail}]` : WORDS[kind];
}

/** Several reasons in a row, as seen from their two ends: the first says why, all say where it was read. */
export function joinReasons(reasons: readonly Reason[]): Reason {
  const [first] = reasons;
  if (!first) throw new RangeError('joinReasons needs at least one reason');
  return { kind: first.kind, detail: reasons.map(({ detail }) => detail).filter(Boolean).join(' -> ') };
}
