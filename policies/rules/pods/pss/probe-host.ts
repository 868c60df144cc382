import type { FieldPath } from '../../../engine/field-path';
import { podPolicy } from '../../../engine/pod-policy';
import { setting } from '../../../engine/setting';
import { shown } from '../../shown';
import { examplePod } from '../example';
import { pss, release } from './standard';

const HANDLERS: readonly FieldPath[] = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']];

/** Pod Security Standards since 1.34, host probes and lifecycle hooks. */
export const probeHost = podPolicy({
  id: 'probe-host',
  title: 'Probes and lifecycle hooks call the pod itself',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: pss(true),
  rationale:
    'The kubelet calls what a probe or hook names, from the network of the node. A host of its own choosing lets whoever ' +
    'writes the pod reach, from there, what only the node may reach, such as its metadata service.',
  remediation: 'Remove host from httpGet and tcpSocket, so that the pod itself is called.',
  examples: {
    fails: examplePod({ livenessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } }),
    passes: examplePod({ livenessProbe: { httpGet: { port: 8080 } } }),
  },
  checkContainer(container, report, context) {
    if (release(context) < 34) return;
    for (const handler of HANDLERS) {
      if (setting(container, ...handler).value === undefined) continue;
      for (const action of ['httpGet', 'tcpSocket']) {
        const { path, value } = setting(container, ...handler, action, 'host');
        if (value === undefined || value === '') continue;
        const message = `${String(handler.at(-1))} of container '${container.name}' calls ${shown(value)} from the node`;
        report.finding({ at: container, path, found: value, message, fix: null });
      }
    }
  },
});
