import { InvalidInputError } from './errors';

/** A reasoned exception to a policy, written where the object is declared. */
export interface Waiver {
  /** Policy id, e.g. `host-path`. */
  readonly policy: string;
  /** Why the exception is needed; shown in every report. */
  readonly reason: string;
  /** Containers it covers. @default the whole object */
  readonly containers?: readonly string[];
  /** Last day on which it holds, `YYYY-MM-DD`. @default it does not expire */
  readonly expires?: string;
  /** Who answers for it. @default no one is named */
  readonly owner?: string;
}

/** Prefix of the annotation that carries a waiver; the rest of the key is the policy id. */
export const WAIVER_ANNOTATION = 'waiver.kubeflow-cdk.dev/';

/** Joins waivers that belong to parts of one object: an object has one waiver a policy, with every reason and all the containers. */
export function oneWaiverEach(waivers: readonly Pick<Waiver, 'policy' | 'reason' | 'containers'>[]): Waiver[] {
  const joined = new Map<string, Waiver>();
  for (const waiver of waivers) {
    const { policy, reason, containers } = waiver;
    const first = joined.get(policy);
    joined.set(policy, {
      policy,
      reason: first && !first.reason.includes(reason) ? `${first.reason} ${reason}` : (first?.reason ?? reason),
      // One that is for the whole object covers all of its containers.
      ...(containers && (!first || first.containers) && { containers: [...new Set([...(first?.containers ?? []), ...containers])] }),
    });
  }
  return [...joined.values()];
}

/**
 * Waivers as the annotations the policy engine reads.
 *
 * @throws InvalidInputError if a waiver has no reason, a malformed date, or stands twice
 */
export function waiverAnnotations(waivers: readonly Waiver[] | undefined, where: string): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const waiver of waivers ?? []) {
    const { policy, reason, containers, expires, owner } = waiver;
    const key = WAIVER_ANNOTATION + policy;
    if (reason.trim().length < 10) {
      throw new InvalidInputError({ property: `waivers[${policy}].reason`, value: reason, expected: 'a reason that a reviewer can judge', where });
    }
    if (expires !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(expires)) {
      throw new InvalidInputError({ property: `waivers[${policy}].expires`, value: expires, expected: 'a day as YYYY-MM-DD', where });
    }
    if (key in annotations) {
      throw new InvalidInputError({ property: 'waivers', value: policy, expected: 'one waiver a policy', where });
    }
    annotations[key] = containers || expires || owner ? JSON.stringify({ reason, containers, expires, owner }) : reason;
  }
  return annotations;
}
