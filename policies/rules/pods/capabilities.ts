import { podPolicy } from '../engine/pod-policy';
import type { Container } from '../engine/pod-template';
import { isWindows, type Setting, setting } from '../engine/setting';
import { cis } from './cis';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';

/** The one capability that the restricted standard, and so CIS, lets a container keep. */
const ALLOWED = 'NET_BIND_SERVICE';

const DROP_ALL = { securityContext: { capabilities: { drop: ['ALL'] } } };

interface Capabilities {
  readonly drop: Setting;
  readonly add: Setting;
  readonly dropped: readonly string[];
  readonly added: readonly string[];
}

function capabilitiesOf(container: Container): Capabilities {
  const drop = setting(container, 'securityContext', 'capabilities', 'drop');
  const add = setting(container, 'securityContext', 'capabilities', 'add');
  return { drop, add, dropped: names(drop.value), added: names(add.value) };
}

/** Capability names as the container runtime compares them: in capitals. */
function names(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string').map((name) => name.toUpperCase()) : [];
}

/** CIS 5.2.8: no container can forge packets. */
export const netRaw = podPolicy({
  id: 'net-raw-capability',
  title: 'Containers drop the NET_RAW capability',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.2.8' }),
  rationale:
    'Container runtimes grant NET_RAW unless it is dropped. With it a process makes packets of any form, and so can pose as ' +
    'another pod to the network and to name resolution. Pods for Windows nodes are exempt: there are no capabilities there.',
  remediation: 'Drop ALL capabilities (or at least NET_RAW) in securityContext.capabilities.drop, and do not add NET_RAW back.',
  examples: { fails: examplePod({}), passes: examplePod(DROP_ALL) },
  checkContainer(container, report) {
    if (isWindows(container.template)) return;
    const { drop, add, dropped, added } = capabilitiesOf(container);
    const back = added.find((name) => name === 'NET_RAW' || name === 'CAP_NET_RAW' || name === 'ALL');
    if (back !== undefined) {
      report.finding({ at: container, path: add.path, found: add.value, message: `container '${container.name}' adds ${back}`, fix: without(added, back) });
    } else if (!dropped.includes('ALL') && !dropped.includes('NET_RAW') && !isLeftOpen(container, drop, report)) {
      report.finding({ at: container, path: drop.path, found: drop.value, message: `container '${container.name}' keeps the NET_RAW capability`, fix: ['ALL'] });
    }
  },
});

/** CIS 5.2.9: containers have no capability but the one to bind low ports. */
export const capabilities = podPolicy({
  id: 'capabilities',
  title: 'Containers drop all capabilities',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.2.9', upTo1_11: ['5.2.9', '5.2.10'] }),
  rationale:
    'Capabilities are the parts of root\'s power. Hardly any program needs those that a runtime grants by default, and each ' +
    'one more is a way out of the container. NET_BIND_SERVICE may be kept, to listen on ports below 1024. Pods for Windows ' +
    'nodes are exempt: there are no capabilities there.',
  remediation: `Set securityContext.capabilities.drop to [ALL], and add nothing but ${ALLOWED}.`,
  examples: { fails: examplePod({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }), passes: examplePod(DROP_ALL) },
  checkContainer(container, report) {
    if (isWindows(container.template)) return;
    const { drop, add, dropped, added } = capabilitiesOf(container);
    const excess = added.filter((name) => name !== ALLOWED);
    if (excess.length > 0) {
      const message = `container '${container.name}' adds ${excess.join(', ')}`;
      report.finding({ at: container, path: add.path, found: add.value, message, fix: without(added, ...excess) });
    }
    if (dropped.includes('ALL') || isLeftOpen(container, drop, report)) return;
    const message = `container '${container.name}' does not drop all capabilities`;
    report.finding({ at: container, path: drop.path, found: drop.value, message, fix: ['ALL'] });
  },
});

function without(names: readonly string[], ...removed: readonly string[]): readonly string[] | null {
  const kept = names.filter((name) => !removed.includes(name));
  return kept.length > 0 ? kept : null;
}
