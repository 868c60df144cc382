import { Document, visit } from 'yaml';
import { hasToken, markTokensAsJson } from './token';

/** Configuration that Kubernetes keeps as text, as JSON with sorted keys; deploy-time tokens inside stay valid JSON. */
export function jsonText(value: object): string {
  return markTokensAsJson(JSON.stringify(sorted(value), null, 2));
}

/**
 * Configuration that Kubernetes keeps as text, as YAML with sorted keys; deploy-time tokens inside stay valid YAML. Words that YAML 1.1
 * takes for booleans (`on`, `OFF`, `yes`) are quoted: most programs read it with a parser of that version.
 */
export function yamlText(value: object): string {
  const document = new Document(sorted(value), { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, scalar) => {
      // Double-quoted YAML escapes as JSON does, so a value put in later cannot break out of the string.
      if (typeof scalar.value !== 'string' || !hasToken(scalar.value)) return;
      scalar.type = 'QUOTE_DOUBLE';
      scalar.value = markTokensAsJson(scalar.value);
    },
  });
  return document.toString({ lineWidth: 0 });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
