import type { FieldPath } from '../../engine/field-path';
import type { PolicyParameters } from '../../engine/parameters';
import type { Container } from '../../engine/pod-template';
import { readOr } from '../../engine/unknown-value';
import { compareQuantities, isPositive, parseQuantity, type Quantity, times } from './quantity';
import { type Amount, type Bound, ownAmount, podAmount, quantityOf, type Resource, statedAmount } from './stated';

/** Sensible amounts for a container of which nothing is known. */
const START: Readonly<Record<Bound, Readonly<Record<Resource, string>>>> = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '1', memory: '256Mi' },
};

/** A patch that states an amount. */
export interface Fix {
  readonly fix?: string;
  readonly fixAt?: FieldPath;
}

/**
 * An amount to start from where a container states none: as much as is sensible, unless that would be out of proportion
 * to what it states beside. None where amounts are not written as Kubernetes writes them or are not known yet, nor where
 * it is the pod as a whole that must be put right.
 */
export function startingPoint(container: Container, bound: Bound, resource: Resource, { maxLimitRequestRatio }: PolicyParameters): Fix {
  if (container.resources[bound][resource].at(-2) !== bound) return {};
  return readOr<Fix>({}, () => {
    const { place: fixAt, value } = ownAmount(container, bound, resource);
    if (value === undefined && statedAmount(container, bound, resource).value !== undefined) return {};
    const beside = amountBeside(container, bound, resource);
    const ratio = parseQuantity(maxLimitRequestRatio[resource]);
    const start = START[bound][resource];
    const fits = beside === undefined || (bound === 'limits' ? inProportion(start, beside, ratio) : inProportion(beside, start, ratio));
    return { fix: fits ? start : beside, fixAt };
  });
}

/** Of a limit the request, be it only the one to start from; of a request the least limit that holds for it, if any does. */
function amountBeside(container: Container, bound: Bound, resource: Resource): string | undefined {
  if (bound === 'limits') return counting([ownAmount(container, 'requests', resource)])[0] ?? START.requests[resource];
  const ofPod = podAmount(container.template, 'limits', resource);
  const limits = counting([ownAmount(container, 'limits', resource), ...(ofPod ? [ofPod] : [])]);
  return limits.reduce<string | undefined>((least, limit) => (least === undefined || !inProportion(limit, least) ? limit : least), undefined);
}

function counting(amounts: readonly Amount[]): string[] {
  return amounts.flatMap((amount) => {
    const quantity = quantityOf(amount);
    return quantity && isPositive(quantity) ? [String(amount.value)] : [];
  });
}

/** Whether a limit is not below a request, nor more than so many times as much. */
function inProportion(limit: string, request: string, ratio?: Quantity): boolean {
  const [most, least] = [parseQuantity(limit), parseQuantity(request)];
  if (!most || !least) return false;
  return compareQuantities(most, least) >= 0 && (!ratio || compareQuantities(most, times(least, ratio)) <= 0);
}
