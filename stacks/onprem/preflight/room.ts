import type { NodePoolCapacity } from '../../../components/capacity';
import type { FoundCluster, FoundNode, FoundPod } from '../../../components/onprem';
import type { SynthesizedObject } from '../../../constructs/core';
import { capacityOf, type Misfit, NOTHING, plus } from '../../capacity';
import { type Amounts, amountsOf, baseUnits, minus } from '../../capacity/amounts';
import { demandOf, type PodDemand } from '../../capacity/demand';
import { show } from '../../capacity/show';
import type { OnpremConfig } from '../../config';
import { type Fault, some } from './fault';

/** Whether the platform fits on the ready nodes, beside what runs there. */
export function roomFaults({ nodes }: FoundCluster, objects: readonly SynthesizedObject[], { context }: OnpremConfig): readonly Fault[] {
  const ready = nodes.filter((node) => node.ready && (node.labels['kubernetes.io/os'] ?? 'linux') === 'linux');
  if (ready.length === 0) return [{ key: 'context', value: context, expected: `a cluster with ready Linux nodes; none of its ${nodes.length} is one` }];
  const demand = demandOf(objects).pods;
  const own = namespacesOf(demand);
  const pools = ready.map((node) => whatIsLeft(node, own));
  const { components, misfits } = capacityOf(objects, pools);
  if (misfits.length === 0) return [];
  const asked = components.map(({ requests }) => requests).reduce(plus, NOTHING);
  const left = pools.map(({ allocatable }) => allocatable).reduce<Amounts>(plus, NOTHING);
  const expected = `a cluster with room for the platform beside what runs there: it asks for ${show(asked)}, and ${ready.length} ready nodes have ${show(left)} left, of which no room is found for ${some(crowdedOut(misfits, demand), 10)}`;
  return [{ key: 'context', value: context, expected }];
}

/** Namespaces in which the platform runs pods: on a second run they are there already, and are not counted twice. */
function namespacesOf(demand: readonly PodDemand[]): ReadonlySet<string> {
  return new Set(demand.flatMap(({ owner }) => owner.split('/')[1] ?? []));
}

function whatIsLeft({ name, labels, taints, allocatable, pods }: FoundNode, own: ReadonlySet<string>): NodePoolCapacity {
  const others = pods.filter(({ namespace }) => !own.has(namespace));
  const left = minus(amountsOf(allocatable), others.map(requestsOf).reduce(plus, NOTHING));
  return {
    name,
    min: 1,
    max: 1,
    labels,
    taints,
    allocatable: { ...left, pods: baseUnits(allocatable['pods']) - others.length, ephemeralStorage: baseUnits(allocatable['ephemeral-storage']) },
  };
}

/** What the scheduler has reserved for a pod: counted as of the pod of a Job, as the platform's own are. */
function requestsOf({ namespace, name, spec }: FoundPod): Amounts {
  const [pod] = demandOf([{ component: '', path: name, manifest: { apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace, name }, spec: { template: { spec } } } }]).pods;
  return pod?.requests ?? NOTHING;
}

function crowdedOut(misfits: readonly Misfit[], demand: readonly PodDemand[]): readonly string[] {
  return [...new Set(misfits.map(({ owner }) => owner))].map((owner) => {
    const pods = misfits.filter((misfit) => misfit.owner === owner).reduce((sum, misfit) => sum + misfit.pods, 0);
    const requests = demand.find((pod) => pod.owner === owner)?.requests ?? NOTHING;
    return `${owner} (${pods} of ${show(requests)})`;
  });
}
