import type { Container } from '../../engine/pod-template';
import type { Report } from '../../engine/policy';
import type { Setting } from '../../engine/setting';

/**
 * For policies that ask for a setting: whether a container that only completes another leaves it open. Then that is
 * reported as undecided, because the other may well have it; a value that is stated is judged like any.
 */
export function isLeftOpen(container: Container, setting: Setting, report: Report): boolean {
  return leaveOpen(container, container.partial, setting, report);
}

/** The same for settings that a container inherits from its pod, of which the template may be only a part. */
export function isLeftOpenByPod(container: Container, setting: Setting, report: Report): boolean {
  return leaveOpen(container, container.partial || container.template.partial, setting, report);
}

function leaveOpen(container: Container, partial: boolean, { path, value }: Setting, report: Report): boolean {
  if (!partial || value !== undefined) return false;
  report.undecided({ at: container, path, reason: 'not stated here; it comes from the template that this container completes' });
  return true;
}
