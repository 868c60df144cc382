import { podPolicy } from '../engine/pod-policy';
import { isWindows, setting } from '../engine/setting';
import { cis } from './cis';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';

/** CIS 5.2.6: no process gains more rights than its parent. */
export const privilegeEscalation = podPolicy({
  id: 'privilege-escalation',
  title: 'Containers do not allow privilege escalation',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.2.6', eks: '4.2.5', aks: '4.2.5' }),
  rationale:
    'Unless it is refused, a process may gain more rights than its parent through a setuid program or file capabilities, ' +
    'so that running as an ordinary user protects little. Pods for Windows nodes are exempt: the setting does not exist there.',
  remediation: 'Set securityContext.allowPrivilegeEscalation to false on every container.',
  examples: {
    fails: examplePod({}),
    passes: examplePod({ securityContext: { allowPrivilegeEscalation: false } }),
  },
  checkContainer(container, report) {
    const stated = setting(container, 'securityContext', 'allowPrivilegeEscalation');
    if (stated.value === false || isWindows(container.template) || isLeftOpen(container, stated, report)) return;
    const message =
      stated.value === undefined
        ? `container '${container.name}' does not refuse privilege escalation`
        : `container '${container.name}' allows privilege escalation`;
    report.finding({ at: container, path: stated.path, found: stated.value, message, fix: false });
  },
});
