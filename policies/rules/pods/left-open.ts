import type { Container } from '../engine/pod-template';
import type { Report } from '../engine/policy';
import type { Setting } from '../engine/setting';

/**
 * For policies that ask for a setting: whether a container that only completes another leaves it open. Then that is
 * reported as undecided, because the other may well have it; a value that is stated is judged like any.
 */
export function isLeftOpen(container: Container, { path, value }: Setting, report: Report): boolean {
  if (!container.partial || value !== undefined) return false;
  report.undecided({ at: container, path, reason: 'not stated here; it comes from the template that this container completes' });
  return true;
}
