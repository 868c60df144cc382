import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { PolicyContext, Problem, Report } from '../../engine/policy';
import type { References } from './references';

/** Reports a resource without what must be declared beside it; undecided if something of the kind may be for it. */
export function mustHave(target: CloudResource, companions: (inventory: Inventory) => References, problem: Pick<Problem, 'message' | 'enforcement'>, report: Report, context: PolicyContext): void {
  const { certain, open } = context.derive(companions).to(target);
  if (certain.length > 0) return;
  if (open) report.undecided({ path: [], reason: 'something of the kind is declared, and it is not known for what' });
  else report.finding({ path: [], found: undefined, ...problem });
}
