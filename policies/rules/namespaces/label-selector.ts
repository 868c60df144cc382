import { read } from '../../engine/field-path';
import { isFields } from '../../engine/object';

/** Labels by name. */
export type Labels = Readonly<Record<string, unknown>>;

/**
 * Whether a Kubernetes label selector selects what has these labels. One that is left out, or empty, selects everything.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: unknown, labels: Labels): boolean {
  const wanted = read(selector, 'matchLabels');
  const expressions = read(selector, 'matchExpressions');
  return (
    (!isFields(wanted) || Object.entries(wanted).every(([label, value]) => labels[label] === value)) &&
    (!Array.isArray(expressions) || expressions.every((expression: unknown) => holds(expression, labels)))
  );
}

/** Whether a selector is left out or empty. */
export function selectsEverything(selector: unknown): boolean {
  const [wanted, expressions] = [read(selector, 'matchLabels'), read(selector, 'matchExpressions')];
  return (!isFields(wanted) || Object.keys(wanted).length === 0) && (!Array.isArray(expressions) || expressions.length === 0);
}

function holds(expression: unknown, labels: Labels): boolean {
  const value = labels[String(read(expression, 'key'))];
  const values = read(expression, 'values');
  const isListed = Array.isArray(values) && values.includes(value);
  switch (read(expression, 'operator')) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
