import { podPolicy } from '../../engine/pod-policy';
import type { Container, PodTemplate } from '../../engine/pod-template';
import type { Report } from '../../engine/policy';
import type { PolicyParameters } from '../../engine/parameters';
import { examplePod } from '../pods/example';
import { compareQuantities, isPositive, parseQuantity, times } from './quantity';
import { type Amount, NAMES, ownAmount, podAmount, quantityOf, type Resource } from './stated';

const RESOURCES: readonly Resource[] = ['cpu', 'memory'];

/** A limit and the request it belongs to. */
interface Pair {
  readonly at: Container | PodTemplate;
  readonly who: string;
  readonly resource: Resource;
  readonly limit: Amount;
  readonly request: Amount;
}

function example(limit: string) {
  return examplePod({ resources: { requests: { memory: '1Gi' }, limits: { memory: limit } } });
}

/** Limits are not below their requests, nor too far above them. */
export const limitRequestRatio = podPolicy({
  id: 'limit-request-ratio',
  title: 'Limits are in proportion to requests',
  severity: 'low',
  enforcement: 'mandatory',
  controls: RESOURCES.map((resource) => `resource-limits:${resource}-limits`),
  rationale:
    'The scheduler reserves what is requested; what is used beyond it is taken from others. The further limits are above ' +
    'requests, the more a node promises that it does not have, so the parameter maxLimitRequestRatio says how many times its ' +
    'request a limit may be. A limit below its request is refused by the API server, so that the pod never starts.',
  remediation: 'Raise the request, or lower the limit, until they are in proportion; never put a limit below its request.',
  examples: { fails: example('512Mi'), passes: example('2Gi') },
  checkPod(template, report, { parameters }) {
    for (const resource of RESOURCES) {
      const [limit, request] = [podAmount(template, 'limits', resource), podAmount(template, 'requests', resource)];
      if (limit && request) compare({ at: template, who: 'the pod', resource, limit, request }, report, parameters);
    }
  },
  checkContainer(container, report, { parameters }) {
    for (const resource of RESOURCES) {
      const [limit, request] = [ownAmount(container, 'limits', resource), ownAmount(container, 'requests', resource)];
      compare({ at: container, who: `container '${container.name}'`, resource, limit, request }, report, parameters);
    }
  },
});

/** Without a request the API server takes the limit, so that they are the same. */
function compare({ at, who, resource, limit, request }: Pair, report: Report, { maxLimitRequestRatio }: PolicyParameters): void {
  const [most, least] = [quantityOf(limit), quantityOf(request)];
  if (!most || !least) return;
  const problem = { at, path: limit.path, found: limit.value, controls: [`resource-limits:${resource}-limits`] };
  const amounts = `${NAMES[resource]} limit (${String(limit.value)})`;
  if (compareQuantities(most, least) < 0) {
    report.finding({ ...problem, message: `${who} has a ${amounts} below its request (${String(request.value)})`, fix: String(request.value) });
    return;
  }
  const ratio = parseQuantity(maxLimitRequestRatio[resource]);
  if (!ratio || !isPositive(least) || compareQuantities(most, times(least, ratio)) <= 0) return;
  const allowed = String(maxLimitRequestRatio[resource]);
  report.finding({ ...problem, message: `${who} has a ${amounts} more than ${allowed} times its request (${String(request.value)})` });
}
