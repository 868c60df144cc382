/**
 * Resource name Kubernetes guesses for a kind; exact for every built-in kind. Custom kinds have theirs in their CRD.
 * @see https://github.com/kubernetes/apimachinery/blob/v0.33.0/pkg/api/meta/restmapper.go#L126
 */
export function guessPlural(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) return singular;
  if (singular.endsWith('s')) return `${singular}es`;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}
