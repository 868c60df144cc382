import { read } from '../../../engine/field-path';
import { podPolicy } from '../../../engine/pod-policy';
import { type Container, isContainer, type PodTemplate } from '../../../engine/pod-template';
import type { PolicyContext, Report } from '../../../engine/policy';
import { podSecurity, type Setting, setting } from '../../../engine/setting';
import { shown } from '../../shown';
import { examplePod } from '../example';
import { isAllowed, pss } from './standard';

/** Types that confine a container, by the release that first allows them. */
const TYPES: ReadonlyMap<unknown, number> = new Map([
  ['', 0],
  ['container_t', 0],
  ['container_init_t', 0],
  ['container_kvm_t', 0],
  ['container_engine_t', 31],
]);

/** Pod Security Standards, SELinux: no user or role, and only types made for containers. */
export const selinuxOptions = podPolicy({
  id: 'selinux-options',
  title: 'Pods keep the SELinux context of containers',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: pss(true),
  rationale:
    'On nodes with SELinux the context decides what a process may touch. With another user, role or type than those made ' +
    'for containers (spc_t, for one) the pod is no longer confined.',
  remediation: 'Remove user and role from securityContext.seLinuxOptions, and any type but container_t, container_init_t, container_kvm_t and, since Kubernetes 1.31, container_engine_t.',
  examples: {
    fails: examplePod({}, { securityContext: { seLinuxOptions: { type: 'spc_t' } } }),
    passes: examplePod({}, { securityContext: { seLinuxOptions: { level: 's0:c123,c456' } } }),
  },
  checkPod(template, report, context) {
    checkOptions(template, podSecurity(template, 'seLinuxOptions'), report, context);
  },
  checkContainer(container, report, context) {
    checkOptions(container, setting(container, 'securityContext', 'seLinuxOptions'), report, context);
  },
});

function checkOptions(at: Container | PodTemplate, { path, value }: Setting, report: Report, context: PolicyContext): void {
  if (value === undefined) return;
  const who = isContainer(at) ? `container '${at.name}'` : 'the pod';
  for (const field of ['type', 'user', 'role']) {
    const stated = read(value, field) ?? '';
    if (field === 'type' ? isAllowed(TYPES.get(stated), context) : stated === '') continue;
    const message = field === 'type' ? `${who} runs as SELinux type ${shown(stated)}` : `${who} sets the SELinux ${field} ${shown(stated)}`;
    report.finding({ at, path: [...path, field], found: stated, message, fix: null });
  }
}
