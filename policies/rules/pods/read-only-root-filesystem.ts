import { podPolicy } from '../../engine/pod-policy';
import { isWindows, setting } from '../../engine/setting';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';

/** Beyond the benchmarks: what an intruder cannot write, he cannot change. */
export const readOnlyRootFilesystem = podPolicy({
  id: 'read-only-root-filesystem',
  title: 'Containers have a read-only root file system',
  severity: 'low',
  enforcement: 'mandatory',
  controls: ['hardening:read-only-root-filesystem'],
  rationale:
    'With a root file system that cannot be written, an intruder can neither change the programs of the image nor put his ' +
    'own there, and what a program does write is known from its volumes. Only the container can state it. Pods for Windows ' +
    'nodes are exempt: the setting does not exist there.',
  remediation: 'Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir wherever the program must write.',
  examples: {
    fails: examplePod({}),
    passes: examplePod({ securityContext: { readOnlyRootFilesystem: true } }),
  },
  checkContainer(container, report) {
    const stated = setting(container, 'securityContext', 'readOnlyRootFilesystem');
    if (stated.value === true || isWindows(container.template) || isLeftOpen(container, stated, report)) return;
    const message = `container '${container.name}' can write to its root file system`;
    report.finding({ at: container, path: stated.path, found: stated.value, message, fix: true });
  },
});
