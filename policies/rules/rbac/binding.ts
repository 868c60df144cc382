import { type FieldPath, read } from '../../engine/field-path';
import { type KubernetesObject, referenceTo } from '../../engine/object';

/** Who a binding gives a role to. */
export interface BoundSubject {
  readonly path: FieldPath;
  /** `''` if it is not a text. */
  readonly kind: string;
  /** `''` if it is not a text. */
  readonly name: string;
  /** Of a ServiceAccount. @default not stated */
  readonly namespace?: string;
}

/** The role that a binding gives. */
export interface BoundRole {
  readonly path: FieldPath;
  /** `ClusterRole` unless stated. */
  readonly kind: string;
  readonly name: string;
}

/** The subjects of a binding. */
export function subjectsOf(binding: KubernetesObject): readonly BoundSubject[] {
  const subjects = read(binding, 'subjects');
  if (!Array.isArray(subjects)) return [];
  return Array.from(subjects.keys(), (index) => {
    const path = ['subjects', index];
    const namespace = read(binding, ...path, 'namespace');
    return {
      path,
      kind: text(read(binding, ...path, 'kind')),
      name: text(read(binding, ...path, 'name')),
      ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    };
  });
}

/** The role of a binding. */
export function roleOf(binding: KubernetesObject): BoundRole {
  const path = ['roleRef', 'name'];
  return { path, kind: text(read(binding, 'roleRef', 'kind') ?? 'ClusterRole'), name: text(read(binding, ...path)) };
}

/** `ServiceAccount team-a/app`. */
export function showSubject({ kind, name, namespace }: BoundSubject): string {
  return `${kind || 'subject'} ${[...(namespace === undefined ? [] : [namespace]), name || '(no name)'].join('/')}`;
}

/** `RoleBinding 'app'`. */
export function nameOfBinding(binding: KubernetesObject): string {
  return `${binding.kind} '${referenceTo(binding).name}'`;
}

/** Whether a subject is the group whose members may do everything, whatever roles there are. */
export function isMasters({ kind, name }: BoundSubject): boolean {
  return (kind === 'Group' || kind === 'SystemGroup') && name === 'system:masters';
}

/** A binding for the examples of a policy. */
export function exampleBinding(subject: Readonly<Record<string, string>>, role = 'view'): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'example' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ ...(subject.kind === 'ServiceAccount' ? {} : { apiGroup: 'rbac.authorization.k8s.io' }), ...subject }],
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
