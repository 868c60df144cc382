import { podPolicy } from '../../engine/pod-policy';
import { setting } from '../../engine/setting';
import type { Policy, Severity } from '../../engine/policy';
import { cis } from '../cis';
import { examplePod } from './example';
import { pss } from './pss/standard';

interface HostNamespace {
  readonly id: string;
  readonly field: 'hostPID' | 'hostIPC' | 'hostNetwork';
  readonly what: string;
  readonly severity: Severity;
  readonly controls: readonly string[];
  readonly rationale: string;
}

function hostNamespacePolicy({ id, field, what, severity, controls, rationale }: HostNamespace): Policy {
  return podPolicy({
    id,
    title: `Pods do not share the node's ${what}`,
    severity,
    enforcement: 'mandatory',
    controls: [...controls, ...pss(true)],
    rationale,
    remediation: `Remove ${field}, or set it to false.`,
    examples: { fails: examplePod({}, { [field]: true }), passes: examplePod({}) },
    checkPod(template, report) {
      const { path, value } = setting(template, field);
      if (value === undefined || value === false) return;
      report.finding({ at: template, path, found: value, message: `the pod shares the node's ${what}`, fix: false });
    },
  });
}

/** CIS 5.2.3. */
export const hostPid = hostNamespacePolicy({
  id: 'host-pid',
  field: 'hostPID',
  what: 'process namespace',
  severity: 'high',
  controls: cis({ kubernetes: '5.2.3', eks: '4.2.2', gke: '4.2.1', aks: '4.2.2' }),
  rationale: 'In the process namespace of the node a container sees every process, can read their environment, and with enough rights trace or kill them.',
});

/** CIS 5.2.4. */
export const hostIpc = hostNamespacePolicy({
  id: 'host-ipc',
  field: 'hostIPC',
  what: 'IPC namespace',
  severity: 'high',
  controls: cis({ kubernetes: '5.2.4', eks: '4.2.3', gke: '4.2.1', aks: '4.2.3' }),
  rationale: 'In the IPC namespace of the node a container can read and write the shared memory of every other process there.',
});

/** CIS 5.2.5. */
export const hostNetwork = hostNamespacePolicy({
  id: 'host-network',
  field: 'hostNetwork',
  what: 'network',
  severity: 'high',
  controls: cis({ kubernetes: '5.2.5', eks: '4.2.4', gke: '4.2.1', aks: '4.2.4' }),
  rationale:
    'On the network of the node a pod escapes every NetworkPolicy, can listen to the traffic of others and reaches what ' +
    'answers on loopback only, such as the metadata service and the kubelet.',
});
