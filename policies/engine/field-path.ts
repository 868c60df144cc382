import { isFields } from './object';

/** Keys and list positions from the object to a field. */
export type FieldPath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z_$][\w$-]*$/;
const STEP = /\.?([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** A path as people write it: `spec.containers[0].securityContext`, `metadata.labels["app.kubernetes.io/name"]`. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (PLAIN_KEY.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/**
 * The path that {@link formatPath} wrote.
 *
 * @throws SyntaxError if the text is no path
 */
export function parsePath(text: string): FieldPath {
  const path: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const match = STEP.exec(text);
    if (!match) throw new SyntaxError(`'${text}' is not a field path: column ${at + 1}`);
    path.push(match[1] ?? (match[2] === undefined ? String(JSON.parse(match[3] ?? '""')) : Number(match[2])));
  }
  return path;
}

/** The value at a path, `undefined` where the path ends early. `null` counts as absent, as it does on the API server. */
export function read(from: unknown, ...path: FieldPath): unknown {
  let value = from;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isFields(value) && typeof step === 'string') value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value ?? undefined;
}
