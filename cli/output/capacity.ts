import Table from 'cli-table3';
import { bytesText, type Capacity, cpuText, NOTHING, plus, type PoolUse, timesOf } from '../../stacks/capacity';

const RIGHT = 'right' as const;
const STYLE = { head: [], border: [] };

/** What a platform asks for, and how full its nodes will be, for people. Nothing is said of nodes that are not known. */
export function capacityText(capacity: Capacity): string {
  const { pools, misfits } = capacity;
  return [
    components(capacity),
    ...(pools.length > 0 ? [nodePools(pools)] : []),
    ...misfits.map(({ component, owner, reason }) => `no room: ${component}: ${owner}: ${reason}`),
    '',
  ].join('\n');
}

function components({ components: asked }: Capacity): string {
  const table = new Table({ head: ['component', 'pods', 'CPU', 'memory', 'GPUs', 'disk'], colAligns: ['left', RIGHT, RIGHT, RIGHT, RIGHT, RIGHT], style: STYLE });
  const total = {
    component: 'total',
    pods: asked.reduce((sum, { pods }) => sum + pods, 0),
    requests: asked.map(({ requests }) => requests).reduce(plus, NOTHING),
    disk: asked.reduce((sum, { disk }) => sum + disk, 0),
  };
  for (const { component, pods, requests: { cpu, memory, gpus }, disk } of [...asked, total]) {
    table.push([component, pods, cpuText(cpu), orDash(memory, bytesText), gpuText(gpus, (count) => String(count)), orDash(disk, bytesText)]);
  }
  return table.toString();
}

function nodePools(uses: readonly PoolUse[]): string {
  const table = new Table({ head: ['node pool', 'nodes', 'pods', 'CPU', 'memory', 'GPUs'], colAligns: ['left', RIGHT, RIGHT, RIGHT, RIGHT, RIGHT], style: STYLE });
  for (const { pool: { name, min, max, allocatable }, nodes, pods, requested } of uses) {
    const there = timesOf(allocatable, nodes);
    table.push([
      name,
      `${nodes} of ${min}…${max}`,
      share(pods, allocatable.pods * nodes, String),
      share(requested.cpu, there.cpu, cpuText),
      share(requested.memory, there.memory, bytesText),
      gpuText(there.gpus, (count, resource) => share(requested.gpus[resource] ?? 0, count, String)),
    ]);
  }
  return table.toString();
}

/** `2.5 of 10 (25%)`; of nothing, nothing is said. */
function share(part: number, whole: number, text: (amount: number) => string): string {
  return whole === 0 ? '-' : `${text(part)} of ${text(whole)} (${Math.round((100 * part) / whole)}%)`;
}

function gpuText(gpus: Readonly<Record<string, number>>, text: (count: number, resource: string) => string): string {
  const kinds = Object.entries(gpus).filter(([, count]) => count > 0);
  return kinds.length === 0 ? '-' : kinds.map(([resource, count]) => `${resource}: ${text(count, resource)}`).join('\n');
}

function orDash(amount: number, text: (amount: number) => string): string {
  return amount === 0 ? '-' : text(amount);
}
