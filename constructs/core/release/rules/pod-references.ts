import type { EdgeCollector } from '../edge-collector';
import { isFields, textOf, visitFields } from '../fields';
import type { ObjectNode } from '../model';
import type { PodTemplate } from '../pod-templates';
import type { EdgeRule } from '../rule';

/** A place in a pod spec that names an object of the pod's namespace. */
interface PodReference {
  /** Field pattern of what holds the name, and perhaps `optional`. */
  readonly path: string;
  readonly nameField: string;
  readonly kind: string;
  readonly group?: string;
}

const ENVIRONMENT: readonly PodReference[] = ['containers', 'initContainers'].flatMap((containers) => [
  { path: `${containers}[*].env[*].valueFrom.secretKeyRef`, nameField: 'name', kind: 'Secret' },
  { path: `${containers}[*].env[*].valueFrom.configMapKeyRef`, nameField: 'name', kind: 'ConfigMap' },
  { path: `${containers}[*].envFrom[*].secretRef`, nameField: 'name', kind: 'Secret' },
  { path: `${containers}[*].envFrom[*].configMapRef`, nameField: 'name', kind: 'ConfigMap' },
]);

const VOLUMES: readonly PodReference[] = [
  { path: 'volumes[*].secret', nameField: 'secretName', kind: 'Secret' },
  { path: 'volumes[*].configMap', nameField: 'name', kind: 'ConfigMap' },
  { path: 'volumes[*].persistentVolumeClaim', nameField: 'claimName', kind: 'PersistentVolumeClaim' },
  { path: 'volumes[*].projected.sources[*].secret', nameField: 'name', kind: 'Secret' },
  { path: 'volumes[*].projected.sources[*].configMap', nameField: 'name', kind: 'ConfigMap' },
  { path: 'volumes[*].csi.nodePublishSecretRef', nameField: 'name', kind: 'Secret' },
  { path: 'volumes[*].azureFile', nameField: 'secretName', kind: 'Secret' },
  ...['cephfs', 'flexVolume', 'iscsi', 'rbd', 'scaleIO', 'storageos'].map((type) => ({
    path: `volumes[*].${type}.secretRef`, nameField: 'name', kind: 'Secret',
  })),
];

const NAMESPACED: readonly PodReference[] = [
  ...VOLUMES,
  ...ENVIRONMENT,
  { path: 'imagePullSecrets[*]', nameField: 'name', kind: 'Secret' },
  { path: 'resourceClaims[*]', nameField: 'resourceClaimName', kind: 'ResourceClaim', group: 'resource.k8s.io' },
  { path: 'resourceClaims[*]', nameField: 'resourceClaimTemplateName', kind: 'ResourceClaimTemplate', group: 'resource.k8s.io' },
];

/** Priority classes the API server brings itself. */
const SYSTEM_PRIORITIES: ReadonlySet<string> = new Set(['system-cluster-critical', 'system-node-critical']);

const CLUSTER_SCOPED = [
  { path: 'priorityClassName', group: 'scheduling.k8s.io', kind: 'PriorityClass', builtIn: SYSTEM_PRIORITIES },
  { path: 'runtimeClassName', group: 'node.k8s.io', kind: 'RuntimeClass', builtIn: new Set<string>() },
  { path: 'volumes[*].ephemeral.volumeClaimTemplate.spec.storageClassName', group: 'storage.k8s.io', kind: 'StorageClass', builtIn: new Set<string>() },
] as const;

/** What pods mount, read and run with, before the pods. */
export const podReferencesRule: EdgeRule = (index, edges) => {
  for (const { node, templates } of index.workloads) {
    for (const template of templates) referTemplate(edges, node, template);
  }
};

function referTemplate(edges: EdgeCollector, node: ObjectNode, { spec, specPath }: PodTemplate): void {
  const { namespace } = node.object.manifest.metadata;
  for (const { path, nameField, kind, group = '' } of NAMESPACED) {
    visitFields(spec, path, (holder, at) => {
      const name = isFields(holder) ? textOf(holder[nameField]) : undefined;
      if (!isFields(holder) || !name) return;
      const reason = { kind: 'pod-reference', detail: `${at}.${nameField}` } as const;
      edges.refer(node, [{ group, kind, namespace, name }], reason, { optional: holder.optional === true });
    }, specPath);
  }
  for (const { path, group, kind, builtIn } of CLUSTER_SCOPED) {
    visitFields(spec, path, (value, at) => {
      const name = textOf(value);
      if (name && !builtIn.has(name)) edges.refer(node, [{ group, kind, name }], { kind: 'pod-reference', detail: at });
    }, specPath);
  }
  const account = textOf(spec.serviceAccountName) ?? 'default';
  edges.refer(node, [{ group: '', kind: 'ServiceAccount', namespace, name: account }], { kind: 'service-account', detail: `${specPath}.serviceAccountName` });
}
