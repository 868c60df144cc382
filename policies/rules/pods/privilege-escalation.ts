import { podPolicy } from '../../engine/pod-policy';
import { isWindows, setting } from '../../engine/setting';
import { cis } from '../cis';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';
import { isExemptWindows, pss, release, reportUnder } from './pss/standard';

const CIS = cis({ kubernetes: '5.2.6', eks: '4.2.5', aks: '4.2.5' });

/** CIS 5.2.6: no process gains more rights than its parent. */
export const privilegeEscalation = podPolicy({
  id: 'privilege-escalation',
  title: 'Containers do not allow privilege escalation',
  severity: 'high',
  enforcement: 'mandatory',
  controls: [...CIS, ...pss(false, true)],
  rationale:
    'Unless it is refused, a process may gain more rights than its parent through a setuid program or file capabilities, ' +
    'so that running as an ordinary user protects little. Pods for Windows nodes are exempt: the setting does not exist there.',
  remediation: 'Set securityContext.allowPrivilegeEscalation to false on every container.',
  examples: {
    fails: examplePod({}),
    passes: examplePod({ securityContext: { allowPrivilegeEscalation: false } }),
  },
  checkContainer(container, report, context) {
    const stated = setting(container, 'securityContext', 'allowPrivilegeEscalation');
    const { template } = container;
    const controls = [...(isWindows(template) ? [] : CIS), ...pss(false, release(context) >= 8 && !isExemptWindows(template, context))];
    if (stated.value === false || controls.length === 0 || isLeftOpen(container, stated, report)) return;
    const message =
      stated.value === undefined
        ? `container '${container.name}' does not refuse privilege escalation`
        : `container '${container.name}' allows privilege escalation`;
    reportUnder(controls, report, { at: container, path: stated.path, found: stated.value, message, fix: false });
  },
});
