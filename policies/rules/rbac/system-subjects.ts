import type { ObjectPolicy, PolicyDescription } from '../../engine/policy';
import { cis } from '../cis';
import { type BoundRole, type BoundSubject, exampleBinding, isMasters, nameOfBinding, roleOf, showSubject, subjectsOf } from './binding';
import { isBinding } from './rule';

interface SubjectConcern extends Pick<PolicyDescription, 'id' | 'title' | 'severity' | 'controls' | 'rationale' | 'remediation'> {
  concerns(subject: BoundSubject): boolean;
  /** What a binding that the cluster itself brings is to this: nothing, or advice. @default there is none */
  readonly ofTheCluster?: 'exempt' | 'advisory';
  readonly example: { readonly kind: string; readonly name: string };
}

/** ClusterRoles that every cluster binds to these groups by itself: they tell its version and what the caller may do. */
const OF_THE_CLUSTER: ReadonlySet<string> = new Set(['system:public-info-viewer', 'system:discovery', 'system:basic-user']);

function subjectPolicy({ concerns, ofTheCluster, example, ...about }: SubjectConcern): ObjectPolicy {
  return {
    ...about,
    enforcement: 'mandatory',
    examples: { fails: exampleBinding(example), passes: exampleBinding({ kind: 'Group', name: 'team-a' }) },
    appliesTo: isBinding,
    check(binding, report) {
      const found = subjectsOf(binding).filter(concerns);
      if (found.length === 0) return;
      const role = roleOf(binding);
      const byCluster = ofTheCluster !== undefined && binding.kind === 'ClusterRoleBinding' && isOfTheCluster(role);
      if (byCluster && ofTheCluster === 'exempt') return;
      for (const subject of found) {
        const message = `${nameOfBinding(binding)} gives ${showSubject(subject)} the ${role.kind} ${role.name}`;
        report.finding({ path: [...subject.path, 'name'], found: subject.name, message, ...(byCluster && { enforcement: 'advisory' }) });
      }
    },
  };
}

function isOfTheCluster({ kind, name }: BoundRole): boolean {
  return kind === 'ClusterRole' && OF_THE_CLUSTER.has(name);
}

/** Whether a subject is a user or group that the API server itself makes; no ServiceAccount can have such a name. */
function isSystem({ kind, name }: BoundSubject, expected: string): boolean {
  return name === expected && kind !== 'ServiceAccount';
}

/** CIS 5.1.7. */
export const masters = subjectPolicy({
  id: 'system-masters-binding',
  title: 'No role is bound to the group system:masters',
  severity: 'high',
  controls: cis({ kubernetes: '5.1.7', gke: '4.1.6' }),
  rationale:
    'Members of system:masters may do everything, past every role and every authorization webhook; a certificate with that group ' +
    'cannot be taken back. A binding to it adds nothing, and shows that the group is in use.',
  remediation: 'Use a group of your own, and bind it to the rights that it needs.',
  concerns: isMasters,
  example: { kind: 'Group', name: 'system:masters' },
});

/** CIS GKE 4.1.8. */
export const anonymous = subjectPolicy({
  id: 'anonymous-binding',
  title: 'No role is bound to the anonymous user',
  severity: 'critical',
  controls: cis({ gke: '4.1.8' }),
  rationale: 'system:anonymous is everyone who reaches the API server without credentials.',
  remediation: 'Remove the subject, and bind users or groups that authenticate.',
  concerns: (subject) => isSystem(subject, 'system:anonymous'),
  example: { kind: 'User', name: 'system:anonymous' },
});

/** CIS GKE 4.1.9. */
export const unauthenticated = subjectPolicy({
  id: 'unauthenticated-binding',
  title: 'No role is bound to those who do not authenticate',
  severity: 'critical',
  controls: cis({ gke: '4.1.9' }),
  rationale:
    'system:unauthenticated is everyone who reaches the API server without credentials. The one binding that clusters bring ' +
    'themselves, to system:public-info-viewer, tells them only the version and whether the server is healthy: advice.',
  remediation: 'Remove the subject, and bind users or groups that authenticate.',
  concerns: (subject) => isSystem(subject, 'system:unauthenticated'),
  ofTheCluster: 'advisory',
  example: { kind: 'Group', name: 'system:unauthenticated' },
});

/** CIS GKE 4.1.10. */
export const authenticated = subjectPolicy({
  id: 'authenticated-binding',
  title: 'No role is bound to all who authenticate',
  severity: 'high',
  controls: cis({ gke: '4.1.10' }),
  rationale:
    'system:authenticated is everyone who has any credentials; on GKE that is anyone with a Google account. The bindings that ' +
    'clusters bring themselves (system:discovery, system:basic-user, system:public-info-viewer) are exempt.',
  remediation: 'Remove the subject, and bind the users or groups that need the role.',
  concerns: (subject) => isSystem(subject, 'system:authenticated'),
  ofTheCluster: 'exempt',
  example: { kind: 'Group', name: 'system:authenticated' },
});
