import { read } from '../../../engine/field-path';
import { podPolicy } from '../../../engine/pod-policy';
import { podSecurity } from '../../../engine/setting';
import { examplePod } from '../example';
import { isAllowed, pss } from './standard';

/** Kernel parameters that concern only the pod, by the release that first allows them. */
const SAFE: ReadonlyMap<unknown, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
]);

/** Pod Security Standards, sysctls. */
export const unsafeSysctls = podPolicy({
  id: 'unsafe-sysctls',
  title: 'Pods set only safe kernel parameters',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: pss(true),
  rationale:
    'Most kernel parameters hold for the whole node, or let one pod use up what others need. The standards name those ' +
    'that concern nothing but the pod; the list grows with the releases of Kubernetes.',
  remediation: 'Remove the entry from securityContext.sysctls, and set what the whole node needs on the node.',
  examples: {
    fails: examplePod({}, { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] } }),
    passes: examplePod({}, { securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] } }),
  },
  checkPod(template, report, context) {
    const { path, value: list } = podSecurity(template, 'sysctls');
    if (!Array.isArray(list)) return;
    for (const index of list.keys()) {
      if (read(list, index) === undefined) continue;
      const name = read(list, index, 'name');
      if (isAllowed(SAFE.get(name), context)) continue;
      const message = `the pod sets the kernel parameter ${typeof name === 'string' ? name : '(no name)'}`;
      report.finding({ at: template, path: [...path, index], found: read(list, index), message });
    }
  },
});
