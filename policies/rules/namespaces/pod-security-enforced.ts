import { type FieldPath, read } from '../engine/field-path';
import { apiGroup, type KubernetesObject } from '../engine/object';
import type { Policy } from '../engine/policy';
import { cis } from './cis';

const LABEL = 'pod-security.kubernetes.io/enforce';
const PATH: FieldPath = ['metadata', 'labels', LABEL];
const ENFORCED = new Set<unknown>(['baseline', 'restricted']);
/** Made by the cluster itself, whose own pods need what the standards refuse. */
const OF_THE_CLUSTER = new Set<unknown>(['kube-system', 'kube-public', 'kube-node-lease']);

function namespace(labels: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a', labels } };
}

/** CIS 5.2.1: the API server enforces a Pod Security Standard in every namespace. */
export const podSecurityEnforced: Policy = {
  id: 'pod-security-enforced',
  title: 'Namespaces enforce a Pod Security Standard',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.2.1', gke: '4.2.1' }),
  rationale:
    'Without a mechanism that admits pods by policy, anyone who may create a pod may create a privileged one. The label ' +
    'has the API server itself refuse what the baseline or restricted standard does not allow, for every pod in the namespace.',
  remediation: `Label the namespace ${LABEL}: restricted, or baseline where its pods need it.`,
  examples: { fails: namespace({}), passes: namespace({ [LABEL]: 'restricted' }) },
  appliesTo: (object) => object.kind === 'Namespace' && apiGroup(object) === '',
  check(object, report) {
    if (OF_THE_CLUSTER.has(object.metadata?.name)) return;
    const level = read(object, ...PATH);
    if (ENFORCED.has(level)) return;
    const name = String(object.metadata?.name ?? '');
    const message =
      level === undefined
        ? `namespace '${name}' enforces no Pod Security Standard`
        : level === 'privileged'
          ? `namespace '${name}' enforces the privileged standard, which allows everything`
          : `namespace '${name}' enforces '${String(level)}', which is no Pod Security Standard`;
    report.finding({ path: PATH, found: level, message, fix: 'restricted' });
  },
};
