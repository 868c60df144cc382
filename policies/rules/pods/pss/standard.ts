import type { PodTemplate } from '../../../engine/pod-template';
import type { PolicyContext, Problem, Report } from '../../../engine/policy';
import { setting } from '../../../engine/setting';

const RELEASE = /^v?1\.(\d+)$/;

/**
 * Controls of a problem that levels of the Pod Security Standards refuse.
 *
 * @param restricted by default as baseline, which the restricted level nearly always contains
 */
export function pss(baseline: boolean, restricted = baseline): readonly string[] {
  return [...(baseline ? ['pss:baseline'] : []), ...(restricted ? ['pss:restricted'] : [])];
}

/**
 * Minor number of the Kubernetes release whose definition of the standards holds. The parameter alone says so: the label
 * of a namespace that pins a release is in another object, which a policy over one pod does not see.
 */
export function release({ parameters }: PolicyContext): number {
  const minor = RELEASE.exec(parameters.podSecurityVersion)?.[1];
  return minor === undefined ? Infinity : Number(minor);
}

/** Whether a value is allowed, given the release that first allows it, if any does. */
export function isAllowed(since: number | undefined, context: PolicyContext): boolean {
  return since !== undefined && since <= release(context);
}

/** Whether the restricted level asks a pod for none of what Windows does not have: since 1.25, by `os.name` alone. */
export function isExemptWindows(template: PodTemplate, context: PolicyContext): boolean {
  return release(context) >= 25 && setting(template, 'os', 'name').value === 'windows';
}

/** Whether the pod's users are not those of the node, so that, since 1.35, root in it is no longer refused. */
export function hasOwnUsers(template: PodTemplate, context: PolicyContext): boolean {
  return release(context) >= 35 && setting(template, 'hostUsers').value === false;
}

/** Reports a problem under those controls that it violates, if there is any. */
export function reportUnder(controls: readonly string[], report: Report, problem: Omit<Problem, 'controls'>): void {
  if (controls.length > 0) report.finding({ ...problem, controls });
}
