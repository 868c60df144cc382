import { type EngineOptions, evaluateEach } from './engine/evaluate';
import type { Coverage, Finding } from './engine/finding';
import type { Subject } from './engine/object';
import { DEFAULT_PARAMETERS, type PolicyParameters } from './engine/parameters';
import type { Enforcement, Policy } from './engine/policy';
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
  /** What users may set about the policies. @default each parameter's own default */
  readonly parameters?: Partial<PolicyParameters>;
  /** Enforcement by policy id, over what the policies say of themselves. @default the policies' own */
  readonly enforcement?: ReadonlyMap<string, Enforcement>;
  /** Ids of policies that may not be waived: a waiver of one is a finding. @default none */
  readonly notWaivable?: readonly string[];
}

/** What an evaluation found, and what it saw. */
export interface Evaluation {
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
}

/**
 * Runs policies over Kubernetes objects and cloud resources. Pure: no file, clock or network is read.
 *
 * @example
 * const { findings } = evaluate(objects, { now: new Date() });
 * const blocking = findings.filter(isBlocking);
 */
export function evaluate(objects: Iterable<Subject>, options: EvaluateOptions = {}): Evaluation {
  const { byObject, onWaivers, coverage } = evaluateEach([...objects], engineOptions(options));
  return { findings: [...byObject.flat(), ...onWaivers], coverage };
}

/** The engine's options for what a caller was told. */
export function engineOptions({ policies = POLICIES, parameters, ...options }: EvaluateOptions): EngineOptions {
  return { ...options, policies, knownPolicies: policyIds(), parameters: { ...DEFAULT_PARAMETERS, ...parameters } };
}

/** Ids of all policies, whether they run or not. */
export function policyIds(): readonly string[] {
  return POLICIES.map(({ id }) => id);
}
