import type { FoundCluster, FoundNode } from '../../../components/onprem';
import type { NodeTaint } from '../../../components/capacity';
import { amountsOf } from '../../capacity/amounts';
import type { OnpremConfig } from '../../config';
import { type Fault, some } from './fault';

type Pool = OnpremConfig['nodes'][string];

/** Whether the cluster has the nodes that the configuration counts on. */
export function nodeFaults({ nodes }: FoundCluster, config: OnpremConfig): readonly Fault[] {
  return Object.entries(config.nodes).flatMap(([name, pool]) => poolFaults(`nodes.${name}`, pool, nodes));
}

function poolFaults(key: string, pool: Pool, nodes: readonly FoundNode[]): readonly Fault[] {
  const { selector, atLeast, taints, gpus } = pool;
  const selected = nodes.filter(({ labels }) => Object.entries(selector).every(([label, value]) => labels[label] === value));
  if (selected.length === 0) return [{ key: `${key}.selector`, value: selector, expected: `labels that nodes have; ${whatLabelsAre(selector, nodes)}` }];
  const ready = selected.filter((node) => node.ready);
  if (ready.length < atLeast) {
    const others = selected.filter((node) => !node.ready).map(({ name }) => name);
    return [{ key: `${key}.atLeast`, value: atLeast, expected: `at most ${ready.length}, as many nodes with these labels are ready${others.length > 0 ? `; not ready or cordoned: ${some(others)}` : ''}` }];
  }
  return [...taintFaults(key, taints, ready), ...gpuFaults(key, gpus, ready)];
}

function taintFaults(key: string, taints: readonly string[], nodes: readonly FoundNode[]): readonly Fault[] {
  return taints.flatMap((taint) => {
    const without = nodes.filter((node) => !node.taints.some((each) => taintText(each) === taint));
    const [first] = without;
    if (!first) return [];
    const has = first.taints.length > 0 ? first.taints.map(taintText).join(', ') : 'none';
    return [{ key: `${key}.taints`, value: taint, expected: `a taint of every one of these nodes; ${some(without.map(({ name }) => name))} ${without.length === 1 ? 'is' : 'are'} without it (${first.name} has ${has})` }];
  });
}

function gpuFaults(key: string, gpus: number, nodes: readonly FoundNode[]): readonly Fault[] {
  const poor = nodes.filter((node) => gpusOf(node) < gpus);
  const [first] = poor;
  if (!first) return [];
  const hint = gpusOf(first) === 0 ? '; a node offers GPUs once their device plugin runs on it' : '';
  return [{ key: `${key}.gpus`, value: gpus, expected: `what every one of these nodes offers; ${some(poor.map((node) => `${node.name} has ${gpusOf(node)}`))}${hint}` }];
}

/** What nodes have in place of labels that none has. */
function whatLabelsAre(selector: Pool['selector'], nodes: readonly FoundNode[]): string {
  const wanted = Object.keys(selector);
  return wanted
    .map((label) => {
      const values = [...new Set(nodes.flatMap(({ labels }) => labels[label] ?? []))].sort();
      return values.length > 0 ? `${label} is ${some(values.map((value) => `'${value}'`))}` : `no node has ${label}`;
    })
    .join(', ');
}

/** As the configuration writes it. */
function taintText({ key, value, effect }: NodeTaint): string {
  return `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`;
}

function gpusOf({ allocatable }: FoundNode): number {
  return Object.values(amountsOf(allocatable).gpus).reduce((sum, count) => sum + count, 0);
}
