import { permissionsOf, permissionsOfGroup } from '../barriers';
import type { EdgeCollector } from '../edge-collector';
import { fieldsOf, listOf, textOf } from '../fields';
import type { ObjectNode } from '../model';
import { namespaceOf } from '../object-index';
import type { EdgeRule } from '../rule';

const RBAC = 'rbac.authorization.k8s.io';
const ACCOUNTS_OF = 'system:serviceaccounts:';

/**
 * A binding after the role it grants and the accounts it grants to; pods after all bindings of the account they run as,
 * whether it is named or the accounts of its namespace are. What is granted to everybody (`system:authenticated`,
 * `system:serviceaccounts`) is meant for users of a component, and would make every workload wait for that component.
 */
export const permissionsRule: EdgeRule = (index, edges) => {
  const granted = new Set<string>();
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    for (const binding of index.ofKind(RBAC, kind)) {
      referRole(edges, binding);
      listOf(binding.object.manifest.subjects).forEach((subject, i) => grant(edges, granted, binding, subject, `subjects[${i}]`));
    }
  }
  for (const { node, templates } of index.workloads) {
    const namespace = namespaceOf(node.object.manifest);
    for (const { spec, specPath } of templates) {
      const account = textOf(spec.serviceAccountName) ?? 'default';
      const reason = { kind: 'permission', detail: `${specPath}.serviceAccountName` } as const;
      if (granted.has(`${namespace}/${account}`)) edges.require(node, permissionsOf(edges, namespace, account), reason);
      const group = `${ACCOUNTS_OF}${namespace}`;
      if (granted.has(group)) edges.require(node, permissionsOfGroup(edges, group), reason);
    }
  }
};

function referRole(edges: EdgeCollector, binding: ObjectNode): void {
  const { manifest } = binding.object;
  const role = fieldsOf(manifest.roleRef);
  const name = textOf(role.name);
  if (!name) return;
  const kind = role.kind === 'Role' ? 'Role' : 'ClusterRole';
  const namespace = kind === 'Role' ? manifest.metadata.namespace : undefined;
  edges.refer(binding, [{ group: RBAC, kind, namespace, name }], { kind: 'role', detail: 'roleRef' });
}

function grant(edges: EdgeCollector, granted: Set<string>, binding: ObjectNode, value: unknown, path: string): void {
  const subject = fieldsOf(value);
  const name = textOf(subject.name);
  if (!name) return;
  if (subject.kind === 'Group') {
    granted.add(name);
    edges.require(permissionsOfGroup(edges, name), binding, { kind: 'permission', detail: path });
  } else if (subject.kind === 'ServiceAccount') {
    const namespace = textOf(subject.namespace) ?? namespaceOf(binding.object.manifest);
    granted.add(`${namespace}/${name}`);
    edges.refer(binding, [{ group: '', kind: 'ServiceAccount', namespace, name }], { kind: 'subject', detail: path });
    edges.require(permissionsOf(edges, namespace, name), binding, { kind: 'permission', detail: path });
  }
}
