import type { Json } from '../jobset/objects';

/** A request as it reaches a gateway. Its token is signed with the keys of the issuer it names. */
export interface Request {
  readonly path: string;
  readonly token?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What a gateway does with a request, as Istio describes it for tokens and rules that deny: an invalid token is refused, a missing one
 * is not; a rule holds if its sources, operations and conditions all do.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function decide(objects: { ofKind(kind: string): Json[] }, { path, token, headers = {} }: Request): 'passes' | 'refused' {
  const jwtRules: Json[] = objects.ofKind('RequestAuthentication').flatMap(({ spec }) => spec.jwtRules);
  const known = jwtRules.find(({ issuer, audiences }) => token?.['iss'] === issuer && audiences.includes(token?.['aud']));
  if (token && !known) return 'refused';
  const written = new Set(jwtRules.flatMap((rule) => rule.outputClaimToHeaders ?? []).map(({ header }: Json) => header));
  const seen = Object.fromEntries(Object.entries(headers).filter(([name]) => !written.has(name)));
  const principal = token?.['iss'] !== undefined && token['sub'] !== undefined ? `${token['iss']}/${token['sub']}` : '';

  const attribute = (key: string): string => {
    const [, kind, name = ''] = /^request\.(auth\.claims|headers)\[(.+)\]$/.exec(key) ?? [];
    return (kind === 'headers' ? seen[name] : token?.[name]) ?? '';
  };
  const denied = (rule: Json): boolean =>
    (rule.from ?? [{}]).some(({ source }: Json) => !source || !source.notRequestPrincipals.some((pattern: string) => matches(pattern, principal))) &&
    (rule.to ?? [{}]).some(({ operation }: Json) => !operation || !operation.notPaths.some((pattern: string) => matches(pattern, path))) &&
    (rule.when ?? []).every(({ key, values, notValues }: Json) => (values ? matchesAny(values, attribute(key)) : !matchesAny(notValues, attribute(key))));
  return objects.ofKind('AuthorizationPolicy').flatMap(({ spec }) => spec.rules).some(denied) ? 'refused' : 'passes';
}

const matchesAny = (patterns: readonly string[], value: string): boolean => patterns.some((pattern) => matches(pattern, value));

/** `*` alone is anything that is there. */
function matches(pattern: string, value: string): boolean {
  if (pattern === '*') return value !== '';
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1)) && value.length >= pattern.length;
  return pattern.startsWith('*') ? value.endsWith(pattern.slice(1)) : value === pattern;
}
