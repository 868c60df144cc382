import Table from 'cli-table3';
import type { DeployResult } from '../commands/deploy';
import { capacityText } from './capacity';

/** What a run came to, for people. */
export function summaryText(command: 'up' | 'preview' | 'down', result: DeployResult): string {
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ['stack', result.stack],
    ['objects', `${result.objects} in ${result.components} components`],
    [command === 'preview' ? 'would change' : 'changes', changes(result.changes)],
    ['time', Object.entries(result.seconds).map(([phase, seconds]) => `${phase} ${seconds.toFixed(1)} s`).join(', ')],
  );
  if (command !== 'down') table.push(['policies', policies(result)]);
  if (result.leftoversRemoved > 0) table.push(['cleaned up', `${result.leftoversRemoved} objects of runs that were killed`]);
  const capacity = command !== 'down' && result.capacity ? capacityText(result.capacity) : '';
  return `${capacity}${table.toString()}\n${next(command, result)}`;
}

function changes(counts: Readonly<Record<string, number>>): string {
  const real = Object.entries(counts).filter(([operation]) => operation !== 'same');
  return real.length === 0 ? 'none' : real.map(([operation, count]) => `${count} ${operation}`).join(', ');
}

function policies({ policies: { objects, waived }, policyViolations }: DeployResult): string {
  if (objects === 0) return 'not run';
  const found = policyViolations.length === 0 ? 'no violations' : `${policyViolations.length} advisory`;
  return `${objects} objects checked: ${found}, ${waived} waived with reasons`;
}

function next(command: 'up' | 'preview' | 'down', { stack, kubeconfig, context }: DeployResult): string {
  if (command === 'down') return 'All is removed.\n';
  if (command === 'preview') return `Nothing was changed. To do it: kubeflow-cdk up -s ${stack}\n`;
  return [
    ...(kubeconfig === undefined ? [] : [`Look around:   kubectl --kubeconfig ${kubeconfig} --context ${String(context)} get pods -A`]),
    'Why that order: npx kubeflow-cdk why Deployment/kserve/kserve-controller-manager',
    `Remove it all:  kubeflow-cdk down -s ${stack}`,
    '',
  ].join('\n');
}
