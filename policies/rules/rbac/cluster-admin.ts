import type { ObjectPolicy } from '../../engine/policy';
import { cis } from '../cis';
import { exampleBinding, isMasters, nameOfBinding, roleOf, showSubject, subjectsOf } from './binding';
import { isBinding } from './rule';

/** Name of the role that every cluster has. */
export const CLUSTER_ADMIN = 'cluster-admin';

/** CIS 5.1.1. */
export const clusterAdmin: ObjectPolicy = {
  id: 'cluster-admin-binding',
  title: 'No one is bound to cluster-admin',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.1.1', eks: '4.1.1', gke: '4.1.1', aks: '4.1.1' }),
  rationale:
    'cluster-admin may do everything with everything: in a ClusterRoleBinding in the whole cluster, in a RoleBinding in its ' +
    'namespace. What breaks in there takes all of it. The binding to system:masters that every cluster has is exempt: that group ' +
    'may do everything without it. A Role of that name is no cluster-admin, but most likely meant to be one: advice.',
  remediation: 'Bind a role with the rights that are needed, and remove the binding to cluster-admin.',
  examples: {
    fails: exampleBinding({ kind: 'ServiceAccount', name: 'app', namespace: 'team-a' }, CLUSTER_ADMIN),
    passes: exampleBinding({ kind: 'ServiceAccount', name: 'app', namespace: 'team-a' }),
  },
  appliesTo: isBinding,
  check(binding, report) {
    const role = roleOf(binding);
    if (role.name !== CLUSTER_ADMIN) return;
    const subjects = subjectsOf(binding).filter((subject) => !isMasters(subject));
    if (subjects.length === 0) return;
    const message = `${nameOfBinding(binding)} makes ${subjects.map(showSubject).join(', ')} ${CLUSTER_ADMIN}`;
    if (role.kind === 'ClusterRole') report.finding({ path: role.path, found: role.name, message });
    else report.finding({ path: role.path, found: role.name, message: `${message}, by a ${role.kind} of that name`, enforcement: 'advisory' });
  },
};
