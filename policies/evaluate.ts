import { evaluateEach } from './engine/evaluate';
import type { Coverage, Finding } from './engine/finding';
import type { KubernetesObject } from './engine/object';
import type { Policy } from './engine/policy';
import type { ObjectWaiver } from './engine/waivers/waiver';
import { POLICIES } from './rules';

/** What {@link evaluate} can be told. */
export interface EvaluateOptions {
  /** Policies to run. @default all of them */
  readonly policies?: readonly Policy[];
  /** Waivers for objects that cannot be edited, besides those written in the objects. @default none */
  readonly waivers?: readonly ObjectWaiver[];
  /** The day on which the expiry of waivers is judged. @default no waiver has expired yet */
  readonly now?: Date;
}

/** What an evaluation found, and what it saw. */
export interface Evaluation {
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
}

/**
 * Runs policies over Kubernetes objects. Pure: no file, clock or network is read.
 *
 * @example
 * const { findings } = evaluate(objects, { now: new Date() });
 * const blocking = findings.filter(isBlocking);
 */
export function evaluate(objects: Iterable<KubernetesObject>, options: EvaluateOptions = {}): Evaluation {
  const { policies = POLICIES, waivers, now } = options;
  const { byObject, onWaivers, coverage } = evaluateEach([...objects], { policies, knownPolicies: policyIds(), waivers, now });
  return { findings: [...byObject.flat(), ...onWaivers], coverage };
}

/** Ids of all policies, whether they run or not. */
export function policyIds(): readonly string[] {
  return POLICIES.map(({ id }) => id);
}
