import type { Construct } from 'constructs';
import type { ContainerResources, Image, Waiver } from '../../core';
import type { Framework } from '../runtime';
import type { TrainingRuntimeSpec } from '../runtime';

/**
 * Which Pod Security Standard the pods of the runtimes meet.
 *
 * - `restricted`: programs run as user 1000, start in the writable `/home/kubeflow`, which is also their home, and pass in any
 *   namespace. An image's own working directory does not count: name programs by their full path.
 * - `baseline`: programs run as the user and in the directory their image says, which for most is root. Needed for programs that
 *   install system packages, or images that only work from their own directory.
 */
export type RuntimePodSecurity = 'restricted' | 'baseline';

/** What can differ in a runtime that comes with Trainer. */
export interface RuntimeOptions {
  /** Image the program runs in. @default the one that comes with this version */
  readonly image?: Image;
  /** Nodes of a job that does not say how many. @default 1 */
  readonly nodes?: number;
  /**
   * CPU and memory of a node. On nodes without GPUs the torch runtimes start as many processes as the CPU request has cores.
   *
   * @default cpu 1 (limit 4), memory 2Gi (limit 8Gi); torchtune: cpu 4 (limit 8), memory 16Gi (limit 64Gi)
   */
  readonly resources?: ContainerResources;
  /** NVIDIA GPUs of a node. @default torchtune: 2, others: none */
  readonly gpus?: number;
  /** Size of the volume that dataset, model and checkpoints are in; torchtune only. @default '20Gi' */
  readonly storage?: string;
}

/** What a runtime is built from. */
export interface RuntimeContext {
  readonly scope: Construct;
  readonly podSecurity: RuntimePodSecurity;
  readonly options: RuntimeOptions;
}

/** A runtime that comes with Trainer. */
export interface RuntimeDefinition {
  readonly name: string;
  readonly framework: Framework;
  readonly spec: (context: RuntimeContext) => TrainingRuntimeSpec;
  readonly waivers: (podSecurity: RuntimePodSecurity) => readonly Waiver[];
}

/** Nodes run programs of the users, in images of the frameworks. */
export const WRITABLE_ROOT =
  'The program is the user\'s, and where it and its framework unpack, compile and cache is theirs to choose; images of the frameworks do not say.';

/** For pods of user programs. */
export function programWaivers(): readonly Waiver[] {
  return [{ policy: 'read-only-root-filesystem', reason: WRITABLE_ROOT, containers: ['node'] }];
}

/** For pods of user programs in images that declare no user of their own. */
export function anybodyWaivers(podSecurity: RuntimePodSecurity): readonly Waiver[] {
  if (podSecurity === 'restricted') return programWaivers();
  return [
    ...programWaivers(),
    {
      policy: 'run-as-non-root',
      reason: 'podSecurity: baseline asks for programs to run as their image says; the image declares no user, and its working directory belongs to root',
    },
  ];
}
