import { podPolicy } from '../engine/pod-policy';
import type { Container } from '../engine/pod-template';
import type { Report } from '../engine/policy';
import { effectiveSecurity, isWindows } from '../engine/setting';
import { cis } from './cis';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';

const WINDOWS_ADMINISTRATOR = /^containeradministrator$/i;

/** CIS 5.2.7: no container runs as root, by its own word or its pod's. */
export const runAsNonRoot = podPolicy({
  id: 'run-as-non-root',
  title: 'Containers do not run as root',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.2.7' }),
  rationale:
    'Root in a container is root on the node as soon as anything lets it out, and may write to every file of the image. A ' +
    'container passes if runAsNonRoot is true or runAsUser is a user other than 0, stated by itself or, where it is silent, ' +
    'by its pod; user 0 always fails.',
  remediation: 'Set securityContext.runAsNonRoot to true on the pod or the container, and runAsUser to a user other than 0 if the image names none.',
  examples: {
    fails: examplePod({}),
    passes: examplePod({}, { securityContext: { runAsNonRoot: true, runAsUser: 1000 } }),
  },
  checkContainer(container, report) {
    if (isWindows(container.template)) return checkWindows(container, report);
    const user = effectiveSecurity(container, 'runAsUser');
    if (user.value === 0) {
      report.finding({ at: container, path: user.path, found: 0, message: `container '${container.name}' runs as user 0 (root)`, fix: null });
      return;
    }
    if (typeof user.value === 'number' && user.value > 0) return;
    checkNonRoot(container, report);
  },
});

function checkNonRoot(container: Container, report: Report): void {
  const nonRoot = effectiveSecurity(container, 'runAsNonRoot');
  if (nonRoot.value === true || isLeftOpen(container, nonRoot, report)) return;
  const message =
    nonRoot.value === undefined ? `container '${container.name}' may run as root` : `container '${container.name}' is allowed to run as root`;
  report.finding({ at: container, path: nonRoot.path, found: nonRoot.value, message, fix: true });
}

/** Windows has no user 0; its administrator is a name. */
function checkWindows(container: Container, report: Report): void {
  const { path, value } = effectiveSecurity(container, 'windowsOptions', 'runAsUserName');
  if (typeof value !== 'string') return checkNonRoot(container, report);
  if (!WINDOWS_ADMINISTRATOR.test(value)) return;
  report.finding({ at: container, path, found: value, message: `container '${container.name}' runs as ${value}`, fix: 'ContainerUser' });
}
