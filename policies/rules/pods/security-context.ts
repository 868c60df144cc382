import { read } from '../../engine/field-path';
import { isFields } from '../../engine/object';
import { podPolicy } from '../../engine/pod-policy';
import { podSecurity, setting } from '../../engine/setting';
import { cis } from '../cis';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';

/** CIS 5.6.3: somebody has thought about the rights of each container. */
export const securityContext = podPolicy({
  id: 'security-context',
  title: 'Containers have a security context',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.6.3', upTo1_10: ['5.7.3'], gke: '4.6.3', aks: '4.6.2' }),
  rationale:
    'Without a security context a container runs with what its image and its runtime happen to give it: usually as root, ' +
    'with all default capabilities and a writable file system. One on the pod counts for all of its containers; an empty ' +
    'one counts for nothing.',
  remediation: 'Add a securityContext to the pod or to each container, best with what the restricted Pod Security Standard asks for.',
  examples: {
    fails: examplePod({}),
    passes: examplePod({}, { securityContext: { runAsNonRoot: true } }),
  },
  checkContainer(container, report) {
    const own = setting(container, 'securityContext');
    if (isStated(own.value) || isStated(podSecurity(container.template).value)) return;
    if (isLeftOpen(container, own, report)) return;
    const message = `neither container '${container.name}' nor its pod has a security context`;
    report.finding({ at: container, path: own.path, found: own.value, message });
  },
});

/** Whether a security context says anything at all. */
function isStated(value: unknown): boolean {
  return isFields(value) && Object.keys(value).some((field) => read(value, field) !== undefined);
}
