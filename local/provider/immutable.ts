import { isObject } from '../../components/apiserver/objects';
import type { PropertyPath } from '../../components/apiserver/plugin/diff';
import { plain } from '../../components/apiserver/plugin/values';

/** Paths (a prefix each) that cannot be changed on an existing object; `except` names the members of it that can. */
interface Immutable {
  readonly path: readonly string[];
  readonly except?: readonly string[];
}

/**
 * Fields the API server refuses to change. Where a kind is missing here the server's own refusal is what the user sees.
 * @see https://github.com/kubernetes/kubernetes/tree/v1.36.3/pkg/apis (the `Validate…Update` functions)
 */
const IMMUTABLE: Readonly<Record<string, readonly Immutable[]>> = {
  'apps/Deployment': [{ path: ['spec', 'selector'] }],
  'apps/DaemonSet': [{ path: ['spec', 'selector'] }],
  'apps/ReplicaSet': [{ path: ['spec', 'selector'] }],
  'apps/StatefulSet': [{
    path: ['spec'],
    except: ['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'],
  }],
  'batch/Job': ['selector', 'template', 'completions', 'completionMode', 'manualSelector', 'podFailurePolicy', 'successPolicy', 'backoffLimitPerIndex', 'managedBy']
    .map((field) => ({ path: ['spec', field] })),
  'rbac.authorization.k8s.io/RoleBinding': [{ path: ['roleRef'] }],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [{ path: ['roleRef'] }],
  '/Secret': [{ path: ['type'] }],
  '/Service': [{ path: ['spec', 'clusterIP'] }, { path: ['spec', 'clusterIPs'] }],
  '/PersistentVolumeClaim': [{ path: ['spec'], except: ['resources', 'volumeAttributesClassName'] }],
  '/PersistentVolume': [{ path: ['spec'], except: ['capacity', 'accessModes', 'mountOptions', 'claimRef', 'nodeAffinity', 'persistentVolumeReclaimPolicy', 'storageClassName', 'volumeAttributesClassName'] }],
  '/Pod': [{ path: ['spec'], except: ['containers', 'initContainers', 'activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds'] }],
  '/ResourceQuota': [{ path: ['spec', 'scopes'] }],
  'storage.k8s.io/StorageClass': ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'].map((field) => ({ path: [field] })),
  'networking.k8s.io/IngressClass': [{ path: ['spec', 'controller'] }],
  'node.k8s.io/RuntimeClass': [{ path: ['handler'] }],
  'scheduling.k8s.io/PriorityClass': [{ path: ['value'] }, { path: ['preemptionPolicy'] }],
  'apiextensions.k8s.io/CustomResourceDefinition': [{ path: ['spec', 'group'] }, { path: ['spec', 'scope'] }],
};

/** Whether a change at this path needs the object to be made anew. */
export function needsReplacement(apiVersion: string, kind: string, path: PropertyPath, oldInputs: Record<string, unknown>): boolean {
  const [first, second] = path;
  if (first === 'kind' || (first === 'metadata' && (second === 'name' || second === 'namespace'))) return true;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (first === 'apiVersion') {
    const before = oldInputs['apiVersion'];
    return typeof before !== 'string' || (before.includes('/') ? before.slice(0, before.indexOf('/')) : '') !== group;
  }
  if (group === '' && (kind === 'ConfigMap' || kind === 'Secret') && plain(oldInputs['immutable']) === true) {
    return first === 'data' || first === 'binaryData' || first === 'stringData' || first === 'immutable';
  }
  if (group === '' && kind === 'Pod' && /^(init)?containers$/i.test(String(second)) && first === 'spec') return path[3] !== 'image';
  if (group === '' && kind === 'Service' && first === 'spec' && second === 'clusterIP') return hasClusterIp(oldInputs);
  return (IMMUTABLE[`${group}/${kind}`] ?? []).some(({ path: prefix, except }) => {
    // A change above the prefix (the whole `spec` appears or goes) touches it as well.
    const inside = prefix.every((part, index) => index >= path.length || path[index] === part);
    const member = path[prefix.length];
    return inside && !(except && typeof member === 'string' && except.includes(member));
  });
}

/** An address the server has chosen stays when the program begins to say nothing; one the program chose is fixed. */
function hasClusterIp(inputs: Record<string, unknown>): boolean {
  const spec = inputs['spec'];
  return isObject(spec) && typeof spec['clusterIP'] === 'string' && spec['clusterIP'] !== '';
}
