import { podPolicy } from '../../engine/pod-policy';
import { podSecurity, type Setting, setting } from '../../engine/setting';
import { cis } from '../cis';
import { examplePod } from './example';
import { pss } from './pss/standard';

const isOff = ({ value }: Setting): boolean => value === undefined || value === false;

/** CIS 5.2.10: no container is a process of the Windows node. */
export const windowsHostProcess = podPolicy({
  id: 'windows-host-process',
  title: 'Pods are no Windows HostProcess pods',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: [...cis({ kubernetes: '5.2.10', upTo1_11: ['5.2.11'] }), ...pss(true)],
  rationale: 'A HostProcess container runs directly on the Windows node with its file system, network and devices: it is to Windows what a privileged container is to Linux.',
  remediation: 'Remove securityContext.windowsOptions.hostProcess from the pod and its containers.',
  examples: {
    fails: examplePod({ securityContext: { windowsOptions: { hostProcess: true } } }, { os: { name: 'windows' } }),
    passes: examplePod({}, { os: { name: 'windows' } }),
  },
  checkPod(template, report) {
    const stated = podSecurity(template, 'windowsOptions', 'hostProcess');
    if (isOff(stated)) return;
    report.finding({ at: template, path: stated.path, found: stated.value, message: 'the pod is a HostProcess pod', fix: false });
  },
  checkContainer(container, report) {
    const stated = setting(container, 'securityContext', 'windowsOptions', 'hostProcess');
    if (isOff(stated)) return;
    const message = `container '${container.name}' is a HostProcess container`;
    report.finding({ at: container, path: stated.path, found: stated.value, message, fix: false });
  },
});
