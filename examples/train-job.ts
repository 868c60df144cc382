import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { existingRuntime, type TrainingRuntimeRef } from '../constructs/trainer';
import { TrainJob } from '../constructs/workloads/train-job';

/** Props of {@link trainJobExample}. */
export interface TrainJobExampleProps {
  /** Namespace of the team, which must exist. */
  readonly namespace: string;
  /** @default the PyTorch runtime that comes with the platform */
  readonly runtime?: TrainingRuntimeRef;
}

/** All four nodes add up their ranks, and each checks the sum: a training step's communication without a dataset or a GPU. */
const PROGRAM = `
import torch
import torch.distributed as dist

dist.init_process_group("gloo")
rank, nodes = dist.get_rank(), dist.get_world_size()
total = torch.tensor([rank])
dist.all_reduce(total)
assert total.item() == nodes * (nodes - 1) // 2, total
print(f"node {rank} of {nodes}: the ranks add up to {total.item()}")
dist.destroy_process_group()
`;

/** PyTorch on four nodes. */
export function trainJobExample(scope: Construct, props: TrainJobExampleProps): Chart {
  const chart = new Chart(scope, 'train-job-example', { namespace: props.namespace });
  new TrainJob(chart, 'all-reduce', {
    runtime: props.runtime ?? existingRuntime('torch-distributed'),
    nodes: 4,
    resources: { cpu: { request: '250m', limit: '1' }, memory: { request: '512Mi', limit: '1Gi' } },
    command: ['torchrun', '--no-python', 'python', '-c', PROGRAM.trim()],
  });
  return chart;
}
