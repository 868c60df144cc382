import { type FieldPath, read } from '../../engine/field-path';
import type { KubernetesObject } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { cis } from '../cis';
import { shown } from '../shown';
import { factsOf } from './declared';
import { isNamespace, isOfTheCluster } from './placement';
import { podAdmission } from './pod-admission';

const LABEL = 'pod-security.kubernetes.io/enforce';
const PATH: FieldPath = ['metadata', 'labels', LABEL];
const ENFORCED = new Set<unknown>(['baseline', 'restricted']);

function namespace(labels: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a', labels } };
}

/** CIS 5.2.1: something admits pods by policy in every namespace. */
export const podSecurityEnforced: ObjectPolicy = {
  id: 'pod-security-enforced',
  title: 'Namespaces enforce a Pod Security Standard',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.2.1', gke: '4.2.1' }),
  rationale:
    'Without a mechanism that admits pods by policy, anyone who may create a pod may create a privileged one. The label ' +
    'has the API server itself refuse what the baseline or restricted standard does not allow, for every pod in the namespace. ' +
    'A policy engine does as well where one of its rules over pods holds in the namespace and refuses what breaks it: a bound ' +
    'ValidatingAdmissionPolicy, Kyverno, Gatekeeper (K8sPSP constraints) or Kubewarden. The namespaces that the cluster itself makes are exempt.',
  remediation: `Label the namespace ${LABEL}: restricted, or baseline where its pods need it.`,
  reach: 'stack',
  examples: { fails: namespace({}), passes: namespace({ [LABEL]: 'restricted' }) },
  appliesTo: isNamespace,
  check(object, report, context) {
    if (isOfTheCluster(read(object, 'metadata', 'name'))) return;
    const level = read(object, ...PATH);
    if (ENFORCED.has(level)) return;
    const admission = context.derive(podAdmission);
    const facts = factsOf(object);
    if (admission.covers(facts)) return;
    if (admission.isOpen) {
      report.undecided({ path: PATH, reason: 'a policy of which not everything is known yet may hold in it' });
      return;
    }
    const message =
      level === undefined
        ? `namespace '${facts.name}' enforces no Pod Security Standard`
        : level === 'privileged'
          ? `namespace '${facts.name}' enforces the privileged standard, which allows everything`
          : `namespace '${facts.name}' enforces '${shown(level)}', which is no Pod Security Standard`;
    report.finding({ path: PATH, found: level, message, fix: 'restricted' });
  },
};
