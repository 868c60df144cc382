import type { Construct } from 'constructs';
import { type RbacRule, ServiceIdentity } from '../core';
import { LEASE_NAME, SERVICE_NAME } from './config';

const READ = ['get', 'list', 'watch'] as const;
/** Objects made for a job are applied: created or patched, never updated. */
const APPLY = [...READ, 'create', 'patch'] as const;
const TRAINER = ['trainer.kubeflow.org'] as const;

/**
 * What the controller does, by the calls in its source. Narrower than its generated role: it makes no certificates here, so it
 * needs no webhook configurations; its lease is in its own namespace; and no call updates what it owns.
 */
const CONTROLLER_RULES: readonly RbacRule[] = [
  { apiGroups: TRAINER, resources: ['trainjobs'], verbs: READ },
  { apiGroups: TRAINER, resources: ['trainjobs/status'], verbs: ['get', 'patch', 'update'] },
  // The finalizer that keeps a runtime while jobs use it.
  { apiGroups: TRAINER, resources: ['clustertrainingruntimes', 'trainingruntimes'], verbs: [...READ, 'patch'] },
  // Where owner references are checked, blocking an owner's deletion asks for this.
  { apiGroups: TRAINER, resources: ['trainjobs/finalizers', 'clustertrainingruntimes/finalizers', 'trainingruntimes/finalizers'], verbs: ['update'] },
  { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'], verbs: [...APPLY, 'delete'] },
  // Host files and SSH keys of MPI jobs, entry points of Flux jobs, in users' namespaces.
  {
    resources: ['configmaps', 'secrets'],
    verbs: APPLY,
    waives: { 'secret-access': 'Jobs over MPI get SSH keys, which it makes once and keeps watch over, as Secrets in the namespaces of the jobs.' },
  },
  { resources: ['limitranges'], verbs: READ },
  { apiGroups: ['node.k8s.io'], resources: ['runtimeclasses'], verbs: READ },
  { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], verbs: READ },
  { apiGroups: ['scheduling.volcano.sh', 'scheduling.x-k8s.io'], resources: ['podgroups'], verbs: APPLY },
  { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
];

const LEADER_ELECTION_RULES: readonly RbacRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [LEASE_NAME], verbs: ['get', 'update', 'patch'] },
];

/** The controller's ServiceAccount with its permissions. */
export function controllerIdentity(scope: Construct, namespace: string): ServiceIdentity {
  return new ServiceIdentity(scope, 'identity', { name: SERVICE_NAME, namespace })
    .grantInCluster({ name: SERVICE_NAME, rules: CONTROLLER_RULES })
    .grantInNamespace({ name: 'kubeflow-trainer-leader-election', rules: LEADER_ELECTION_RULES });
}
