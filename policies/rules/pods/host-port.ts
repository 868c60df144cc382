import { podPolicy } from '../../engine/pod-policy';
import { setting } from '../../engine/setting';
import { cis } from '../cis';
import { shown } from '../shown';
import { examplePod } from './example';
import { pss } from './pss/standard';

/** CIS 5.2.12: no container takes a port of its node. */
export const hostPort = podPolicy({
  id: 'host-port',
  title: 'Containers use no ports of the node',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [...cis({ kubernetes: '5.2.12', upTo1_11: ['5.2.13'] }), ...pss(true)],
  rationale:
    'A hostPort opens the container on the address of the node, past Services and most NetworkPolicies, and lets only one ' +
    'such pod run on each node.',
  remediation: 'Remove hostPort and reach the pod through a Service.',
  examples: {
    fails: examplePod({ ports: [{ containerPort: 8080, hostPort: 8080 }] }),
    passes: examplePod({ ports: [{ containerPort: 8080 }] }),
  },
  checkContainer(container, report) {
    const { value: ports } = setting(container, 'ports');
    if (!Array.isArray(ports)) return;
    for (const index of ports.keys()) {
      const { path, value } = setting(container, 'ports', index, 'hostPort');
      // The API server takes 0 for "none".
      if (value === undefined || value === 0) continue;
      report.finding({ at: container, path, found: value, message: `container '${container.name}' takes port ${shown(value)} of the node` });
    }
  },
});
