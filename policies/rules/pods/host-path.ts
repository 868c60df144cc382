import { read } from '../../engine/field-path';
import { podPolicy } from '../../engine/pod-policy';
import { setting } from '../../engine/setting';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { examplePod } from './example';
import { pss, reportUnder } from './pss/standard';
import { hasAllowedType } from './pss/volume-types';
import { volumeName } from './volumes';

const CIS = cis({ kubernetes: '5.2.11', upTo1_11: ['5.2.12'] });

/** CIS 5.2.11: no pod mounts a directory of its node. */
export const hostPath = podPolicy({
  id: 'host-path',
  title: 'Pods mount no hostPath volumes',
  severity: 'high',
  enforcement: 'mandatory',
  controls: [...CIS, ...pss(true)],
  rationale:
    'A hostPath volume shows a pod the files of its node: credentials of the kubelet, sockets of the container runtime, ' +
    'logs of others. Writable, it is a way to take over the node.',
  remediation: 'Use a volume that is not the node\'s: emptyDir, configMap, secret, projected, or a PersistentVolumeClaim.',
  examples: {
    fails: examplePod({}, { volumes: [{ name: 'run', hostPath: { path: '/var/run' } }] }),
    passes: examplePod({}, { volumes: [{ name: 'run', emptyDir: {} }] }),
  },
  checkPod(template, report) {
    const { path, value } = setting(template, 'volumes');
    if (!Array.isArray(value)) return;
    for (const index of value.keys()) {
      const source = setting(template, 'volumes', index, 'hostPath');
      if (source.value === undefined) continue;
      const directory = readOr(undefined, () => read(source.value, 'path'));
      const message = `volume '${volumeName(template, index)}' mounts ${typeof directory === 'string' ? directory : 'a directory'} of the node`;
      // A volume of two types, which the API server refuses, is restricted's only if neither is allowed.
      const controls = [...CIS, ...pss(true, !hasAllowedType(setting(template, 'volumes', index).value))];
      reportUnder(controls, report, {
        at: template,
        path: [...path, index, 'hostPath'],
        found: source.value,
        message,
      });
    }
  },
});
