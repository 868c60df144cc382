import { podPolicy } from '../../engine/pod-policy';
import { setting } from '../../engine/setting';
import { cis } from '../cis';
import { examplePod } from './example';
import { pss } from './pss/standard';

/** CIS 5.2.2: no container is privileged. */
export const privileged = podPolicy({
  id: 'privileged',
  title: 'Containers are not privileged',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: [...cis({ kubernetes: '5.2.2', eks: '4.2.1', gke: '4.2.1', aks: '4.2.1' }), ...pss(true)],
  rationale:
    'A privileged container has every capability and every device of its node: whoever breaks into it owns the node, and ' +
    'through the kubelet credentials often the cluster.',
  remediation: 'Remove securityContext.privileged, and grant the single capability or device that is needed.',
  examples: {
    fails: examplePod({ securityContext: { privileged: true } }),
    passes: examplePod({ securityContext: { privileged: false } }),
  },
  checkContainer(container, report) {
    const { path, value } = setting(container, 'securityContext', 'privileged');
    if (value === undefined || value === false) return;
    report.finding({ at: container, path, found: value, message: `container '${container.name}' is privileged`, fix: false });
  },
});
