import { type FieldPath, read } from '../../engine/field-path';
import { apiGroup, type KubernetesObject, referenceTo } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { isFile, scopeOf } from '../../engine/scope';
import { cis } from '../cis';

const PATH: FieldPath = ['metadata', 'namespace'];
/** What the cluster itself keeps in the namespace default, by kind. */
const OF_THE_CLUSTER: Readonly<Record<string, string>> = {
  Service: 'kubernetes',
  Endpoints: 'kubernetes',
  EndpointSlice: 'kubernetes',
  ServiceAccount: 'default',
  ConfigMap: 'kube-root-ca.crt',
};

function configMap(namespace?: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', ...(namespace !== undefined && { namespace }) }, data: { mode: 'safe' } };
}

/** CIS 5.6.4: nothing is put into the namespace `default`. */
export const defaultNamespace: ObjectPolicy = {
  id: 'default-namespace',
  title: 'Nothing is in the default namespace',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.6.4', upTo1_10: ['5.7.4'], eks: '4.5.2', gke: '4.6.4', aks: '4.6.3' }),
  rationale:
    'Roles, quotas and network policies hold for namespaces. What shares the default one shares them all, or has none. An ' +
    'object that names no namespace ends up there as well, unless whoever applies it says otherwise, so that is only advice. ' +
    'Exempt is what the cluster itself keeps there. Whether a custom resource is in a namespace is taken from its definition, ' +
    'if that is given too, and else from a list of known kinds.',
  remediation: 'State metadata.namespace on every namespaced object, and let it be one made for the purpose.',
  reach: 'stack',
  examples: { fails: configMap('default'), passes: configMap('team-a') },
  appliesTo: (object) => !isFile(object),
  check(object, report, context) {
    const namespace = read(object, ...PATH) === '' ? undefined : read(object, ...PATH);
    if (namespace !== undefined && namespace !== 'default') return;
    const scope = scopeOf(object, context);
    if (scope === 'cluster' || isOfTheCluster(object)) return;
    const name = `${object.kind} '${referenceTo(object).name}'`;
    if (namespace === 'default') {
      report.finding({ path: PATH, found: namespace, message: `${name} is in the default namespace` });
    } else if (scope === undefined) {
      report.undecided({ path: PATH, reason: 'its definition, which says whether it is in a namespace, is not given' });
    } else {
      report.finding({ path: PATH, found: undefined, message: `${name} names no namespace, and so is in the default one`, enforcement: 'advisory' });
    }
  },
};

function isOfTheCluster(object: KubernetesObject): boolean {
  const group = apiGroup(object);
  const isBuiltIn = group === '' || group === 'discovery.k8s.io';
  return isBuiltIn && Object.hasOwn(OF_THE_CLUSTER, object.kind) && OF_THE_CLUSTER[object.kind] === read(object, 'metadata', 'name');
}
