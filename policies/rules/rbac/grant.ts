import type { Rule, Violation } from './rule';
import { ALL, matches } from './wildcard';

/** Something that may be done through the API, and that few should be able to do. */
export interface Operation {
  /** API groups of the resources; `''` is the core group. */
  readonly groups: readonly string[];
  /** Resources, with their subresource if that is what counts, e.g. `nodes/proxy`; `x/*` stands for every `x/…`. */
  readonly resources: readonly string[];
  /** Verbs that do it. @default any */
  readonly verbs?: readonly string[];
  /** Whether a rule that is restricted to objects by name (`resourceNames`) is narrow enough to pass. @default false */
  readonly passesByName?: boolean;
  /** Whether a rule must name the resource, so that one about every resource does not count. @default false */
  readonly explicit?: boolean;
}

/** What a rule grants of some operations, as one violation; none if it grants none of them. */
export function grants(rule: Rule, operations: readonly Operation[]): readonly Violation[] {
  const verbs = new Set<string>();
  const positions = new Set<number>();
  const implied = new Set<string>();
  for (const operation of operations) {
    const [granted, on] = [grantedVerbs(rule, operation), grantedResources(rule, operation)];
    if (granted.length === 0 || on.length === 0 || !concernsGroup(rule, operation) || isExcused(rule, operation)) continue;
    for (const verb of granted) verbs.add(verb);
    for (const { position, resource } of on) {
      positions.add(position);
      if (rule.resources[position] !== resource && !resource.endsWith(`/${ALL}`)) implied.add(resource);
    }
  }
  const [first] = positions;
  if (first === undefined) return [];
  const resources = new Set([...positions].map((position) => rule.resources[position]));
  const what = `grants ${[...verbs].join(', ')} on ${[...resources].join(', ')}${showImplied([...implied])}`;
  return [{ path: [...rule.path, 'resources', first], found: rule.resources[first], what }];
}

/** What a wildcard means here, for readers who do not think of it; two examples say enough. */
function showImplied(implied: readonly string[]): string {
  return implied.length > 0 ? `, which includes ${implied.slice(0, 2).join(' and ')}` : '';
}

function concernsGroup({ apiGroups }: Rule, { groups }: Operation): boolean {
  return apiGroups.some((entry) => groups.some((group) => matches(entry, group)));
}

/** The empty name is no restriction: it is what requests without a name have. */
function isExcused({ resourceNames }: Rule, { passesByName = false }: Operation): boolean {
  return passesByName && resourceNames.length > 0 && !resourceNames.includes('');
}

function grantedVerbs(rule: Rule, { verbs }: Operation): readonly string[] {
  return rule.verbs.filter((entry) => (verbs ? verbs.some((verb) => matches(entry, verb)) : entry !== ''));
}

function grantedResources(rule: Rule, { resources, explicit = false }: Operation): readonly { position: number; resource: string }[] {
  return rule.resources.flatMap((entry, position) => {
    if (explicit && entry === ALL) return [];
    return resources.filter((resource) => covers(entry, resource)).map((resource) => ({ position, resource }));
  });
}

/** Whether an entry of a rule covers a resource. `*` covers every resource and every subresource. */
function covers(entry: string, resource: string): boolean {
  if (entry === ALL) return true;
  const slash = resource.indexOf('/');
  if (resource.endsWith(`/${ALL}`)) return entry === resource.slice(0, slash) || entry.startsWith(resource.slice(0, slash + 1));
  // Below the slash is another resource: `p*ds` does not mean `pods/exec`.
  return entry.includes('/') === slash >= 0 && matches(entry, resource);
}
