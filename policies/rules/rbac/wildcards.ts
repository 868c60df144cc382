import { cis } from '../cis';
import { type RoleConcern, rolePolicies } from './role-policy';
import type { Rule, RuleList } from './rule';
import { hasWildcard } from './wildcard';

/** Which entries stand for more than one thing. */
const WILDCARDS: Readonly<Record<Exclude<RuleList, 'resourceNames'>, (entry: string) => boolean>> = {
  apiGroups: hasWildcard,
  resources: hasWildcard,
  verbs: hasWildcard,
  // Paths are written with their prefix (`/healthz/*`); only the whole API is a wildcard.
  nonResourceURLs: (entry) => entry === '*' || entry === '/*',
};

function violations(rule: Rule): ReturnType<RoleConcern['violations']> {
  return (['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const).flatMap((list) => {
    const position = rule[list].findIndex(WILDCARDS[list]);
    return position < 0 ? [] : [{ path: [...rule.path, list, position], found: rule[list][position], what: `has the wildcard ${rule[list][position]} in ${list}` }];
  });
}

/** CIS 5.1.3. */
export const wildcards = rolePolicies({
  id: 'wildcard-permissions',
  title: 'Roles name what they grant instead of using wildcards',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.1.3', eks: '4.1.3', gke: '4.1.3', aks: '4.1.3' }),
  rationale:
    'A wildcard grants more than anyone checked: subresources such as pods/exec, verbs such as escalate, and whatever the next ' +
    'release or the next CustomResourceDefinition adds.',
  remediation: 'Name the API groups, resources, verbs and paths that are needed.',
  violations,
  examples: {
    fails: { apiGroups: ['apps'], resources: ['deployments'], verbs: ['*'] },
    passes: { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch'] },
  },
});
