import { podPolicy } from '../engine/pod-policy';
import type { Container } from '../engine/pod-template';
import type { Policy, Severity } from '../engine/policy';
import { type Setting, setting } from '../engine/setting';
import { examplePod } from './example';
import { isLeftOpen } from './left-open';

type Bound = 'requests' | 'limits';
type Resource = 'cpu' | 'memory';

interface ResourcePolicy {
  readonly bound: Bound;
  readonly resource: Resource;
  readonly severity: Severity;
  readonly rationale: string;
  /** A sensible quantity to start from, for the patch. */
  readonly quantity: string;
}

const COMPLETE = { resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } } };

function resourcePolicy({ bound, resource, severity, rationale, quantity }: ResourcePolicy): Policy {
  const one = bound === 'requests' ? 'request' : 'limit';
  const name = resource === 'cpu' ? 'CPU' : 'memory';
  return podPolicy({
    id: `${resource}-${bound}`,
    title: `Containers have a ${name} ${one}`,
    severity,
    enforcement: 'mandatory',
    controls: [`resource-limits:${resource}-${bound}`],
    rationale,
    remediation: `Set resources.${bound}.${resource} on every container, or on the pod as a whole.`,
    examples: { fails: examplePod({}), passes: examplePod(COMPLETE) },
    checkContainer(container, report) {
      // An ephemeral container cannot have resources: the API server refuses them.
      if (container.role === 'ephemeral') return;
      const own = stated(container, bound, resource);
      if (isQuantity(own)) return;
      // The API server takes the limit for a request that is not set.
      if (own.value === undefined && bound === 'requests' && isQuantity(stated(container, 'limits', resource))) return;
      if (isLeftOpen(container, own, report)) return;
      const message =
        own.value === undefined
          ? `container '${container.name}' has no ${name} ${one}`
          : `container '${container.name}' has a ${name} ${one} that is no positive quantity`;
      report.finding({ at: container, path: own.path, found: own.value, message, fix: quantity });
    },
  });
}

/** What a container states, or its pod for all of its containers. */
function stated(container: Container, bound: Bound, resource: Resource): Setting {
  const own = setting(container, ...container.resources[bound][resource]);
  if (own.value !== undefined) return own;
  const ofPod = setting(container.template, 'resources', bound, resource);
  return ofPod.value === undefined ? own : ofPod;
}

/** Whether a value says how much: a positive number, with or without a unit (Spark has its own: `4g`). */
function isQuantity({ value }: Setting): boolean {
  if (typeof value === 'number') return value > 0;
  return typeof value === 'string' && /^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+|[a-zA-Z]{0,2})$/.test(value) && Number.parseFloat(value) > 0;
}

export const cpuRequests = resourcePolicy({
  bound: 'requests',
  resource: 'cpu',
  severity: 'low',
  quantity: '100m',
  rationale: 'The scheduler places pods by their requests. A container without one is placed as if it needed nothing, and is the first to starve when the node is busy.',
});

export const cpuLimits = resourcePolicy({
  bound: 'limits',
  resource: 'cpu',
  severity: 'low',
  quantity: '1',
  rationale: 'Without a limit one container may take all the idle CPU of its node, so that a fault or an attack slows down everything beside it.',
});

export const memoryRequests = resourcePolicy({
  bound: 'requests',
  resource: 'memory',
  severity: 'low',
  quantity: '128Mi',
  rationale: 'The scheduler places pods by their requests. A container without one may land on a node that is already full, and is among the first to be killed when memory runs out.',
});

export const memoryLimits = resourcePolicy({
  bound: 'limits',
  resource: 'memory',
  severity: 'medium',
  quantity: '256Mi',
  rationale: 'Without a limit a leak in one container uses up the memory of its node, and the kernel kills processes of others.',
});
