import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { PolicyContext, Problem, Report } from '../../engine/policy';
import type { References } from './references';
import { someIs } from './some';

/** What must be declared beside a resource: a setting that the cloud keeps in a resource of its own. */
export interface Companion extends Pick<Problem, 'message' | 'enforcement'> {
  /** Index of what may be it. */
  readonly among: (inventory: Inventory) => References;
  /** Whether one is what is asked for. @default any is */
  meets?(companion: CloudResource): boolean;
  /** Input of the resource that comes nearest. @default none */
  readonly path?: Problem['path'];
}

/** Reports a resource without its companion; undecided if something of the kind may be for it. */
export function mustHave(target: CloudResource, { among, meets, path = [], ...problem }: Companion, report: Report, context: PolicyContext): void {
  const { certain, open } = context.derive(among).to(target);
  const met = someIs(certain, (companion) => meets?.(companion) ?? true);
  if (met === true) return;
  if (met === undefined) report.undecided({ path, reason: 'what is declared for it is not known yet' });
  else if (open) report.undecided({ path, reason: 'something of the kind is declared, and it is not known for what' });
  else report.finding({ path, found: undefined, ...problem });
}
