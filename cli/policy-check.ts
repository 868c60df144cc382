import { evaluate, isBlocking, type Finding } from '../policies';
import type { Session } from './session';

/** What the policies said of a stack's objects. */
export interface PolicyResult {
  /** Objects evaluated; 0 if the policies were not run. */
  readonly objects: number;
  /** Findings that a reasoned waiver covers. */
  readonly waived: number;
}

/** The stack violates policies; nothing was applied. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  constructor(readonly findings: readonly Finding[]) {
    super(`the policies refuse the stack; nothing was applied:\n${findings.map(line).join('\n')}`);
  }
}

/**
 * Runs every policy over the objects before the engine starts: the packs run in the engine too, but object by object, when
 * others have been applied already.
 *
 * @throws PolicyError
 */
export function checkPolicies({ objects }: Session, wanted: boolean): PolicyResult {
  if (!wanted) return { objects: 0, waived: 0 };
  const { findings } = evaluate(objects.map(({ manifest }) => manifest), { now: new Date() });
  const blocking = findings.filter(isBlocking);
  if (blocking.length > 0) throw new PolicyError(blocking);
  return { objects: objects.length, waived: findings.filter(({ waived }) => waived).length };
}

function line({ policy, object, path, message }: Finding): string {
  const name = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
  return `  ${name}: ${policy}: ${message}${path ? ` (${path})` : ''}`;
}
