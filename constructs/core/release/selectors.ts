import { type Fields, fieldsOf, isFields, listOf, textMapOf, textOf, textsOf } from './fields';

export type Labels = Readonly<Record<string, string>>;

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: ReadonlySet<string>;
}

/** A Kubernetes label selector: all requirements must hold; none at all selects everything. */
export interface Selector {
  readonly requirements: readonly Requirement[];
}

/** Reads a `LabelSelector` (`matchLabels`, `matchExpressions`). */
export function selectorOf(value: unknown): Selector {
  const fields = fieldsOf(value);
  const requirements = [...equalities(fields.matchLabels)];
  for (const expression of listOf(fields.matchExpressions).filter(isFields)) {
    const requirement = expressionOf(expression);
    if (requirement) requirements.push(requirement);
  }
  return { requirements };
}

/** Reads a plain label map, as in a Service's `spec.selector`. */
export function mapSelectorOf(value: unknown): Selector {
  return { requirements: equalities(value) };
}

function equalities(value: unknown): Requirement[] {
  return Object.entries(textMapOf(value)).map(([key, text]) => ({ key, operator: 'In', values: new Set([text]) }));
}

function expressionOf(expression: Fields): Requirement | undefined {
  const key = textOf(expression.key);
  const { operator } = expression;
  if (!key || (operator !== 'In' && operator !== 'NotIn' && operator !== 'Exists' && operator !== 'DoesNotExist')) return undefined;
  return { key, operator, values: new Set(textsOf(expression.values)) };
}

export function selects(selector: Selector, labels: Labels): boolean {
  return selector.requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    if (operator === 'In') return value !== undefined && values.has(value);
    return value === undefined || !values.has(value);
  });
}

/** Finds what a selector selects without looking at everything, if the selector asks for any label at all. */
export class LabelIndex<T extends { readonly labels: Labels }> {
  private readonly byLabel = new Map<string, Map<string, T[]>>();

  public constructor(private readonly items: readonly T[]) {
    for (const item of items) {
      for (const [key, value] of Object.entries(item.labels)) {
        const values = getOrAdd(this.byLabel, key, () => new Map<string, T[]>());
        getOrAdd(values, value, () => []).push(item);
      }
    }
  }

  public select(selector: Selector): readonly T[] {
    if (selector.requirements.length === 0) return this.items;
    let candidates: readonly T[] = this.items;
    for (const requirement of selector.requirements) {
      const found = this.candidates(requirement);
      if (found && found.length < candidates.length) candidates = found;
    }
    return candidates.filter((item) => selects(selector, item.labels));
  }

  private candidates({ key, operator, values }: Requirement): readonly T[] | undefined {
    if (operator === 'NotIn' || operator === 'DoesNotExist') return undefined;
    const known = this.byLabel.get(key);
    if (!known) return [];
    const lists = operator === 'Exists' ? [...known.values()] : [...values].map((value) => known.get(value) ?? []);
    return lists.length === 1 ? lists[0] : lists.flat();
  }
}

export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
