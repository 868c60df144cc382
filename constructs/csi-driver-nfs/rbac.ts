import type { Construct } from 'constructs';
import { type RbacRule, ServiceIdentity } from '../core';

/** A Secret, by name. */
export interface SecretRef {
  readonly namespace: string;
  readonly name: string;
}

const READ = ['get', 'list', 'watch'] as const;
const WRITE_EVENTS: RbacRule = { resources: ['events'], verbs: ['create', 'patch', 'update'] };

/** Makes volumes for claims, and deletes them. */
const PROVISIONER_RULES: readonly RbacRule[] = [
  {
    resources: ['persistentvolumes'],
    verbs: [...READ, 'create', 'patch', 'delete'],
    waives: { 'persistent-volume-creation': 'Making the PersistentVolume of a claim is what the provisioner is for; it makes none but those of this driver.' },
  },
  { resources: ['persistentvolumeclaims'], verbs: [...READ, 'update'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses', 'csinodes'], verbs: READ },
  { resources: ['nodes'], verbs: READ },
  WRITE_EVENTS,
];

/** Makes volumes larger. */
const RESIZER_RULES: readonly RbacRule[] = [
  { resources: ['persistentvolumes'], verbs: [...READ, 'patch', 'update'] },
  { resources: ['persistentvolumeclaims'], verbs: READ },
  { resources: ['persistentvolumeclaims/status'], verbs: ['patch', 'update'] },
  WRITE_EVENTS,
];

const LEADER_ELECTION_RULES: readonly RbacRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: [...READ, 'create', 'update', 'patch'] },
];

/** The controller's ServiceAccount. It reads the Secrets that are named to it, and no others. */
export function controllerIdentity(scope: Construct, namespace: string, secrets: readonly SecretRef[]): ServiceIdentity {
  const identity = new ServiceIdentity(scope, 'controller-identity', { name: 'csi-nfs-controller-sa', namespace })
    .grantInCluster({ name: 'nfs-external-provisioner-role', bindingName: 'nfs-csi-provisioner-binding', rules: PROVISIONER_RULES })
    .grantInCluster({ name: 'nfs-external-resizer-role', bindingName: 'nfs-csi-resizer-role', rules: RESIZER_RULES })
    .grantInNamespace({ name: 'csi-nfs-controller-leader-election', rules: LEADER_ELECTION_RULES });
  for (const where of new Set(secrets.map((secret) => secret.namespace))) {
    const names = secrets.filter((secret) => secret.namespace === where).map((secret) => secret.name);
    identity.grantInNamespace({ name: 'csi-nfs-mount-options', namespace: where, rules: [{ resources: ['secrets'], resourceNames: names, verbs: ['get'] }] });
  }
  return identity;
}

/** The node half's ServiceAccount: it speaks to the kubelet alone, and may do nothing. */
export function nodeIdentity(scope: Construct, namespace: string): ServiceIdentity {
  return new ServiceIdentity(scope, 'node-identity', { name: 'csi-nfs-node-sa', namespace });
}
