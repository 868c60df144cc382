import { read } from '../../engine/field-path';
import type { KubernetesObject } from '../../engine/object';
import { podPolicy } from '../../engine/pod-policy';
import type { Container, PodTemplate } from '../../engine/pod-template';
import type { PolicyContext, Report } from '../../engine/policy';
import { isWindows, podSecurity, type Setting, setting } from '../../engine/setting';
import { cis } from '../cis';
import { shown } from '../shown';
import { examplePod } from './example';
import { isLeftOpenByPod } from './left-open';
import { podAnnotations } from './pss/annotations';
import { isExemptWindows, pss, release, reportUnder } from './pss/standard';

const CIS = cis({ kubernetes: '5.6.2', upTo1_10: ['5.7.2'], gke: '4.6.2' });
const FIELD = ['securityContext', 'seccompProfile'];
const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

/** CIS 5.6.2: every container runs under a seccomp profile. */
export const seccompProfile = podPolicy({
  id: 'seccomp-profile',
  title: 'Containers run under a seccomp profile',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [...CIS, ...pss(true)],
  rationale:
    'Kubernetes runs a container without any filter of system calls unless a profile is named, and most ways out of a ' +
    'container begin with a system call that no ordinary program makes. A profile may be stated by the container, its pod, ' +
    'or, for CIS, by the annotations that releases before 1.27 read. The baseline standard only refuses Unconfined. Pods ' +
    'for Windows nodes are exempt.',
  remediation: 'Set securityContext.seccompProfile.type to RuntimeDefault on the pod, or to Localhost with a profile of yours.',
  examples: {
    fails: examplePod({}),
    passes: examplePod({}, { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
  },
  checkPod(template, report, context, object) {
    if (!readsField(context)) return checkAnnotations(template, object, report);
    const stated = podSecurity(template, 'seccompProfile');
    if (stated.value === undefined || isProfile(stated) || !template.containers.every((container) => setting(container, ...FIELD).value !== undefined)) return;
    const message = `the pod runs ${described(stated)}, though each of its containers states a profile`;
    reportUnder(refused(template, context), report, { at: template, ...typeOf(stated), message, fix: 'RuntimeDefault' });
  },
  checkContainer(container, report, context, object) {
    const { template } = container;
    const own = setting(container, ...FIELD);
    const stated = own.value === undefined ? podSecurity(template, 'seccompProfile') : own;
    if (stated.value !== undefined) {
      if (isProfile(stated)) return;
      const controls = [...(isWindows(template) ? [] : CIS), ...(readsField(context) ? refused(template, context) : [])];
      const message = `container '${container.name}' runs ${described(stated)}`;
      reportUnder(controls, report, { at: container, ...typeOf(stated), message, fix: 'RuntimeDefault' });
    } else {
      const isMissing = !isWindows(template) && !isAllowedAnnotation(annotationFor(container, object));
      const controls = [...(isMissing ? CIS : []), ...pss(false, readsField(context) && !isExemptWindows(template, context))];
      const { path } = typeOf(own);
      if (controls.length === 0 || isLeftOpenByPod(container, { path, value: undefined }, report)) return;
      const message = `container '${container.name}' runs without a seccomp profile`;
      reportUnder(controls, report, { at: container, path, found: undefined, message, fix: 'RuntimeDefault' });
    }
  },
});

/** Before 1.19 the standards know the annotations only, and ask for nothing. */
function readsField(context: PolicyContext): boolean {
  return release(context) >= 19;
}

/** Which levels refuse a profile that is stated: of a Windows pod, restricted does not look at it. */
function refused(template: PodTemplate, context: PolicyContext): readonly string[] {
  return pss(true, !isExemptWindows(template, context));
}

function isProfile({ value }: Setting): boolean {
  const type = read(value, 'type');
  return type === 'RuntimeDefault' || type === 'Localhost';
}

function typeOf({ path, value }: Setting): { readonly path: Setting['path']; readonly found: unknown } {
  return { path: [...path, 'type'], found: read(value, 'type') };
}

function described({ value }: Setting): string {
  const type = read(value, 'type');
  return type === undefined ? 'under a seccomp profile without a type' : `under the seccomp profile ${shown(type)}`;
}

/** The annotation that holds for a container: its own, else the pod's. */
function annotationFor({ name, template }: Container, object: KubernetesObject): unknown {
  const { values } = podAnnotations(template, object);
  return read(values, CONTAINER_ANNOTATION + name) ?? read(values, POD_ANNOTATION);
}

function isAllowedAnnotation(value: unknown): boolean {
  return value === 'runtime/default' || value === 'docker/default' || (typeof value === 'string' && value.startsWith('localhost/'));
}

function checkAnnotations(template: PodTemplate, object: KubernetesObject, report: Report): void {
  const { path, values } = podAnnotations(template, object);
  for (const key of [POD_ANNOTATION, ...template.containers.map(({ name }) => CONTAINER_ANNOTATION + name)]) {
    const value = read(values, key);
    if (value === undefined || isAllowedAnnotation(value)) continue;
    const message = `annotation ${key} sets the seccomp profile ${shown(value)}`;
    reportUnder(pss(true), report, { at: template, path: [...path, key], found: value, message, fix: 'runtime/default' });
  }
}
