import type { Fields, KubernetesObject } from '../../engine/object';
import { mergeFields, patchOf } from '../../engine/patch';
import { podPolicy } from '../../engine/pod-policy';
import type { Container, PodTemplate } from '../../engine/pod-template';
import type { PolicyContext, Report } from '../../engine/policy';
import { effectiveSecurity, isWindows, podSecurity, type Setting, setting } from '../../engine/setting';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { examplePod } from './example';
import { isLeftOpenByPod } from './left-open';
import { hasOwnUsers, pss, release, reportUnder } from './pss/standard';

const CIS = cis({ kubernetes: '5.2.7' });
const WINDOWS_ADMINISTRATOR = /^containeradministrator$/i;

/** CIS 5.2.7: no container runs as root, by its own word or its pod's. */
export const runAsNonRoot = podPolicy({
  id: 'run-as-non-root',
  title: 'Containers do not run as root',
  severity: 'high',
  enforcement: 'mandatory',
  controls: [...CIS, ...pss(false, true)],
  rationale:
    'Root in a container is root on the node as soon as anything lets it out, and may write to every file of the image. A ' +
    'container passes CIS if runAsNonRoot is true or runAsUser is a user other than 0, stated by itself or, where it is ' +
    'silent, by its pod; user 0 always fails. The restricted standard asks for runAsNonRoot whatever the user, refuses a ' +
    'pod that states otherwise even if every container overrides it, and since 1.35 asks nothing of a pod that has users ' +
    'of its own (hostUsers: false).',
  remediation: 'Set securityContext.runAsNonRoot to true on the pod or the container, and runAsUser to a user other than 0 if the image names none.',
  examples: {
    fails: examplePod({}),
    passes: examplePod({}, { securityContext: { runAsNonRoot: true, runAsUser: 1000 } }),
  },
  checkPod(template, report, context) {
    if (hasOwnUsers(template, context)) return;
    const user = podSecurity(template, 'runAsUser');
    if (user.value === 0 && release(context) >= 23 && isOverridden(template, 'runAsUser')) {
      const message = 'the pod states user 0 (root), though each of its containers states another';
      reportUnder(pss(false, true), report, { at: template, path: user.path, found: 0, message, fix: null });
    }
    const nonRoot = podSecurity(template, 'runAsNonRoot');
    if (nonRoot.value !== undefined && nonRoot.value !== true && isOverridden(template, 'runAsNonRoot')) {
      const message = 'the pod allows root, though each of its containers states otherwise';
      reportUnder(pss(false, true), report, { at: template, path: nonRoot.path, found: nonRoot.value, message, fix: true });
    }
  },
  checkContainer(container, report, context, object) {
    const windowsUser = isWindows(container.template) && checkWindowsUser(container, report);
    const user = effectiveSecurity(container, 'runAsUser');
    if (user.value !== 0) return checkNonRoot(container, windowsUser || isOrdinary(user.value), report, context);
    const isRefused = !hasOwnUsers(container.template, context) && (release(context) >= 23 || effectiveSecurity(container, 'runAsNonRoot').value !== true);
    const controls = [...(windowsUser ? [] : CIS), ...pss(false, isRefused)];
    const message = `container '${container.name}' runs as user 0 (root)`;
    reportUnder(controls, report, { at: container, path: user.path, found: 0, message, fix: withoutRoot(container, user, object), fixAt: [] });
  },
});

/** The patch that leaves the user to the image, and refuses root in its place. */
function withoutRoot(container: Container, user: Setting, object: KubernetesObject): Fields | undefined {
  const removed = patchOf(object, user.path, null);
  return readOr(undefined, () => {
    if (effectiveSecurity(container, 'runAsNonRoot').value === true) return removed;
    const own = setting(container, 'securityContext', 'runAsNonRoot');
    // What the container says itself holds against what is put beside the user of its pod.
    const refused = patchOf(object, own.value === undefined ? [...user.path.slice(0, -1), 'runAsNonRoot'] : own.path, true);
    return removed && refused && mergeFields(removed, refused);
  });
}

/** Asks for the word that the container does not run as root, which CIS does unless its user says as much. */
function checkNonRoot(container: Container, userIsOrdinary: boolean, report: Report, context: PolicyContext): void {
  const controls = [...(userIsOrdinary ? [] : CIS), ...pss(false, !hasOwnUsers(container.template, context))];
  const nonRoot = effectiveSecurity(container, 'runAsNonRoot');
  if (nonRoot.value === true || controls.length === 0 || isLeftOpenByPod(container, nonRoot, report)) return;
  const message = userIsOrdinary
    ? `container '${container.name}' names a user, but does not set runAsNonRoot`
    : `container '${container.name}' ${nonRoot.value === undefined ? 'may run as root' : 'is allowed to run as root'}`;
  reportUnder(controls, report, { at: container, path: nonRoot.path, found: nonRoot.value, message, fix: true });
}

/** Windows has no user 0; its administrator is a name. Returns whether a user is named, which settles it for CIS. */
function checkWindowsUser(container: Container, report: Report): boolean {
  const { path, value } = effectiveSecurity(container, 'windowsOptions', 'runAsUserName');
  if (typeof value !== 'string') return false;
  if (WINDOWS_ADMINISTRATOR.test(value)) {
    const message = `container '${container.name}' runs as ${value}`;
    reportUnder(CIS, report, { at: container, path, found: value, message, fix: 'ContainerUser' });
  }
  return true;
}

function isOrdinary(user: unknown): boolean {
  return typeof user === 'number' && user > 0;
}

/** Whether no container inherits what the pod states, so that none is reported for it. */
function isOverridden({ containers }: PodTemplate, field: string): boolean {
  return containers.length > 0 && containers.every((container) => setting(container, 'securityContext', field).value !== undefined);
}
