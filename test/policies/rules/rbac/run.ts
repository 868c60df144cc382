import { type EvaluateOptions, evaluate, type KubernetesObject, POLICIES, type Policy } from '../../../../policies';

type Fields = Readonly<Record<string, unknown>>;

/** A policy of an id. */
export function policy(id: string): Policy {
  const found = POLICIES.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no policy ${id}`);
  return found;
}

/** What one policy says of some objects. */
export function run(id: string, objects: readonly KubernetesObject[], options: EvaluateOptions = {}) {
  return evaluate(objects, { ...options, policies: [policy(id)] });
}

/** `path | found | message` of each finding of one policy. */
export function check(id: string, ...objects: readonly KubernetesObject[]): string[] {
  return run(id, objects).findings.map(({ path, found, message }) => `${path} | ${JSON.stringify(found)} | ${message}`);
}

/** `path: reason` of each question that one policy leaves open. */
export function open(id: string, ...objects: readonly KubernetesObject[]): string[] {
  return run(id, objects).coverage.undecided.map(({ path, reason }) => `${path}: ${reason}`);
}

/** A ClusterRole, or what is given. */
export function role(rules: unknown, fields: Fields = {}): KubernetesObject {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'ops' }, rules, ...fields };
}

/** A ClusterRoleBinding, or what is given. */
export function binding(subjects: unknown, roleRef: unknown, fields: Fields = {}): KubernetesObject {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'ops' }, subjects, roleRef, ...fields };
}
