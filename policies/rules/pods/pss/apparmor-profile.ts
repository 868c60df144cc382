import { read } from '../../../engine/field-path';
import { podPolicy } from '../../../engine/pod-policy';
import { type Container, isContainer, type PodTemplate } from '../../../engine/pod-template';
import type { Report } from '../../../engine/policy';
import { podSecurity, type Setting, setting } from '../../../engine/setting';
import { shown } from '../../shown';
import { examplePod } from '../example';
import { podAnnotations } from './annotations';
import { pss } from './standard';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** Pod Security Standards, AppArmor: the runtime's profile, or one of the node's, if any is named. */
export const apparmorProfile = podPolicy({
  id: 'apparmor-profile',
  title: 'Pods keep to an AppArmor profile',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: pss(true),
  rationale:
    'On nodes with AppArmor a container runs under the profile of the runtime, which keeps it from most of what only an ' +
    'attack does. A pod may choose a profile of the node instead, but not go without: neither by the field nor by the ' +
    'annotation that older releases read.',
  remediation: 'Remove securityContext.appArmorProfile (and the annotation), or set its type to RuntimeDefault or Localhost.',
  examples: {
    fails: examplePod({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
    passes: examplePod({}, { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }),
  },
  checkPod(template, report, _context, object) {
    checkProfile(template, podSecurity(template, 'appArmorProfile'), report);
    const { path, values } = podAnnotations(template, object);
    for (const key of Object.keys(values)) {
      if (!key.startsWith(ANNOTATION)) continue;
      const value = read(values, key);
      if (value === undefined || isAllowedAnnotation(value)) continue;
      const name = key.slice(ANNOTATION.length);
      const message = `container '${name}' is given the AppArmor profile ${shown(value)}`;
      const at = template.containers.find((container) => container.name === name) ?? template;
      report.finding({ at, path: [...path, key], found: value, message, fix: 'runtime/default' });
    }
  },
  checkContainer(container, report) {
    checkProfile(container, setting(container, 'securityContext', 'appArmorProfile'), report);
  },
});

function checkProfile(at: Container | PodTemplate, { path, value }: Setting, report: Report): void {
  if (value === undefined) return;
  const type = read(value, 'type');
  if (type === 'RuntimeDefault' || type === 'Localhost') return;
  const who = isContainer(at) ? `container '${at.name}'` : 'the pod';
  const message = type === undefined ? `${who} names an AppArmor profile without a type` : `${who} runs under the AppArmor profile ${shown(type)}`;
  report.finding({ at, path: [...path, 'type'], found: type, message, fix: 'RuntimeDefault' });
}

function isAllowedAnnotation(value: unknown): boolean {
  return value === '' || value === 'runtime/default' || (typeof value === 'string' && value.startsWith('localhost/'));
}
