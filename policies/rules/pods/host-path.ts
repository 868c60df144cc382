import { read } from '../engine/field-path';
import { podPolicy } from '../engine/pod-policy';
import { setting } from '../engine/setting';
import { cis } from './cis';
import { examplePod } from './example';

/** CIS 5.2.11: no pod mounts a directory of its node. */
export const hostPath = podPolicy({
  id: 'host-path',
  title: 'Pods mount no hostPath volumes',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.2.11', upTo1_11: ['5.2.12'] }),
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
      const name = String(setting(template, 'volumes', index, 'name').value ?? index);
      const directory = read(source.value, 'path');
      const message = `volume '${name}' mounts ${typeof directory === 'string' ? directory : 'a directory'} of the node`;
      report.finding({ at: template, path: [...path, index, 'hostPath'], found: source.value, message, fix: { name, emptyDir: {}, hostPath: null }, fixAt: [...path, index] });
    }
  },
});
