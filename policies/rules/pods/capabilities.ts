import { podPolicy } from '../../engine/pod-policy';
import type { Container } from '../../engine/pod-template';
import type { PolicyContext, Report } from '../../engine/policy';
import { isWindows, type Setting, setting } from '../../engine/setting';
import { cis } from '../cis';
import { shown } from '../shown';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';
import { isExemptWindows, pss, release, reportUnder } from './pss/standard';

/** The one capability that the restricted standard, and so CIS, lets a container keep. */
const ALLOWED = 'NET_BIND_SERVICE';

/** Those that the baseline standard lets a container add: what a runtime grants by default, but for NET_RAW. */
const BASELINE: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  ALLOWED,
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** Up to 1.11 CIS had a control of its own for capabilities that are added. */
const ADDED = cis({ kubernetes: '5.2.9', upTo1_11: ['5.2.9', '5.2.10'] });
const KEPT = cis({ kubernetes: '5.2.9', upTo1_11: ['5.2.10'] });

const DROP_ALL = { securityContext: { capabilities: { drop: ['ALL'] } } };

interface Capabilities {
  readonly drop: Setting;
  readonly add: Setting;
  /** As written, which is how the Pod Security Standards compare them. */
  readonly dropped: readonly string[];
  readonly added: readonly string[];
}

function capabilitiesOf(container: Container): Capabilities {
  const drop = setting(container, 'securityContext', 'capabilities', 'drop');
  const add = setting(container, 'securityContext', 'capabilities', 'add');
  const dropped = Array.isArray(drop.value) ? drop.value.filter((name) => typeof name === 'string') : [];
  return { drop, add, dropped, added: Array.isArray(add.value) ? texts(add.value) : texts([add.value]) };
}

function texts(values: readonly unknown[]): string[] {
  return values.flatMap((value) => (value === undefined || value === null ? [] : [shown(value)]));
}

/** Whether a container runtime takes the name for one of some capabilities: capitals make no difference to it. */
function means(name: string, ...capabilities: readonly string[]): boolean {
  return capabilities.includes(name.toUpperCase());
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
    const back = added.find((name) => means(name, 'NET_RAW', 'CAP_NET_RAW', 'ALL'));
    if (back !== undefined) {
      const message = `container '${container.name}' adds ${back}`;
      report.finding({ at: container, path: add.path, found: add.value, message, fix: without(added, [back]) });
    } else if (!dropped.some((name) => means(name, 'ALL', 'NET_RAW')) && !isLeftOpen(container, drop, report)) {
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
  controls: [...ADDED, ...pss(true)],
  rationale:
    'Capabilities are the parts of root\'s power. Hardly any program needs those that a runtime grants by default, and each ' +
    'one more is a way out of the container. NET_BIND_SERVICE may be kept, to listen on ports below 1024. Pods for Windows ' +
    'nodes are exempt: there are no capabilities there. The baseline standard only refuses what goes beyond the default.',
  remediation: `Set securityContext.capabilities.drop to [ALL], and add nothing but ${ALLOWED}.`,
  examples: { fails: examplePod({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }), passes: examplePod(DROP_ALL) },
  checkContainer(container, report, context) {
    const found = capabilitiesOf(container);
    checkAdded(container, found, report, context);
    checkDropped(container, found, report, context);
  },
});

function checkAdded(container: Container, { add, added }: Capabilities, report: Report, context: PolicyContext): void {
  if (added.length === 0) return;
  const beyondCis = isWindows(container.template) ? [] : added.filter((name) => !means(name, ALLOWED));
  const beyondBaseline = added.filter((name) => !BASELINE.has(name));
  const beyondRestricted = restrictedDropsAll(container, context)
    ? added.filter((name) => name !== ALLOWED)
    : release(context) < 22
      ? beyondBaseline
      : [];
  const excess = added.filter((name) => [beyondCis, beyondBaseline, beyondRestricted].some((names) => names.includes(name)));
  const controls = [...(beyondCis.length > 0 ? ADDED : []), ...pss(beyondBaseline.length > 0, beyondRestricted.length > 0)];
  const message = `container '${container.name}' adds ${excess.join(', ')}`;
  reportUnder(controls, report, { at: container, path: add.path, found: add.value, message, fix: without(added, excess) });
}

function checkDropped(container: Container, { drop, dropped }: Capabilities, report: Report, context: PolicyContext): void {
  const controls = [
    ...(isWindows(container.template) || dropped.some((name) => means(name, 'ALL')) ? [] : KEPT),
    ...pss(false, restrictedDropsAll(container, context) && !dropped.includes('ALL')),
  ];
  if (controls.length === 0 || isLeftOpen(container, drop, report)) return;
  const message = `container '${container.name}' does not drop all capabilities`;
  reportUnder(controls, report, { at: container, path: drop.path, found: drop.value, message, fix: ['ALL'] });
}

/** The restricted standard asks for it since 1.22; before, it only had the list of baseline. */
function restrictedDropsAll({ template }: Container, context: PolicyContext): boolean {
  return release(context) >= 22 && !isExemptWindows(template, context);
}

function without(names: readonly string[], removed: readonly string[]): readonly string[] | null {
  const kept = names.filter((name) => !removed.includes(name));
  return kept.length > 0 ? kept : null;
}
