import { podPolicy } from '../../../engine/pod-policy';
import { setting } from '../../../engine/setting';
import { shown } from '../../shown';
import { examplePod } from '../example';
import { hasOwnUsers, pss, reportUnder } from './standard';

/** Pod Security Standards, /proc mount type. */
export const procMount = podPolicy({
  id: 'proc-mount',
  title: 'Containers keep the masks of /proc',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: pss(true),
  rationale:
    'The runtime hides the parts of /proc through which a process can read or change the kernel of the node. A container ' +
    'with procMount Unmasked sees all of it. The baseline standard allows that since 1.35 in pods that have users of their ' +
    'own (hostUsers: false); the restricted one never does.',
  remediation: 'Remove securityContext.procMount, or set it to Default.',
  examples: {
    fails: examplePod({ securityContext: { procMount: 'Unmasked' } }),
    passes: examplePod({ securityContext: { procMount: 'Default' } }),
  },
  checkContainer(container, report, context) {
    const { path, value } = setting(container, 'securityContext', 'procMount');
    if (value === undefined || value === 'Default') return;
    const message = `container '${container.name}' mounts /proc as ${shown(value)}`;
    const controls = pss(!hasOwnUsers(container.template, context), true);
    reportUnder(controls, report, { at: container, path, found: value, message, fix: 'Default' });
  },
});
