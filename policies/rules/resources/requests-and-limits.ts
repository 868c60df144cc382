import { formatPath } from '../../engine/field-path';
import { podPolicy } from '../../engine/pod-policy';
import type { Policy, Severity } from '../../engine/policy';
import { examplePod } from '../pods/example';
import { isLeftOpen } from '../pods/left-open';
import { startingPoint } from './starting-point';
import { type Bound, isAmount, isMisplaced, NAMES, type Resource, statedAmount } from './stated';

interface ResourcePolicy {
  readonly bound: Bound;
  readonly resource: Resource;
  readonly severity: Severity;
  readonly rationale: string;
}

const COMPLETE = { resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } } };

function resourcePolicy({ bound, resource, severity, rationale }: ResourcePolicy): Policy {
  const one = bound === 'requests' ? 'request' : 'limit';
  const name = NAMES[resource];
  return podPolicy({
    id: `${resource}-${bound}`,
    title: `Containers have a ${name} ${one}`,
    severity,
    enforcement: 'mandatory',
    controls: [`resource-limits:${resource}-${bound}`],
    rationale,
    remediation: `Set resources.${bound}.${resource} on every container, or on the pod as a whole.`,
    examples: { fails: examplePod({}), passes: examplePod(COMPLETE) },
    checkContainer(container, report, { parameters }) {
      const required = bound === 'requests' ? parameters.requiredRequests : parameters.requiredLimits;
      // An ephemeral container cannot have resources: the API server refuses them.
      if (!required.includes(resource) || container.role === 'ephemeral') return;
      const stated = statedAmount(container, bound, resource);
      if (isAmount(container, stated)) return;
      if (isLeftOpen(container, stated, report)) return;
      const subject = `container '${container.name}'`;
      const problem = { at: container, path: stated.path, found: stated.value };
      // The API server takes the limit for a request that is not set: there is one, but nobody chose it.
      if (stated.value === undefined && bound === 'requests' && isAmount(container, statedAmount(container, 'limits', resource))) {
        const message = `${subject} states no ${name} request, so that its limit is taken for one`;
        report.finding({ ...problem, message, ...startingPoint(container, bound, resource, parameters), enforcement: 'advisory' });
        return;
      }
      const message =
        stated.value === undefined
          ? `${subject} has no ${name} ${one}`
          : isMisplaced(stated)
            ? `${subject} has no ${name} ${one}: ${formatPath(stated.path.slice(container.path.length))} is not a mapping`
            : `${subject} has a ${name} ${one} that is no positive quantity`;
      report.finding({ ...problem, message, ...startingPoint(container, bound, resource, parameters) });
    },
  });
}

export const cpuRequests = resourcePolicy({
  bound: 'requests',
  resource: 'cpu',
  severity: 'low',
  rationale: 'The scheduler places pods by their requests. A container without one is placed as if it needed nothing, and is the first to starve when the node is busy.',
});

export const cpuLimits = resourcePolicy({
  bound: 'limits',
  resource: 'cpu',
  severity: 'low',
  rationale: 'Without a limit one container may take all the idle CPU of its node, so that a fault or an attack slows down everything beside it.',
});

export const memoryRequests = resourcePolicy({
  bound: 'requests',
  resource: 'memory',
  severity: 'low',
  rationale: 'The scheduler places pods by their requests. A container without one may land on a node that is already full, and is among the first to be killed when memory runs out.',
});

export const memoryLimits = resourcePolicy({
  bound: 'limits',
  resource: 'memory',
  severity: 'medium',
  rationale: 'Without a limit a leak in one container uses up the memory of its node, and the kernel kills processes of others.',
});
