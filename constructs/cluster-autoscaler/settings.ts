import type { Duration } from 'cdk8s';
import { checkWholeNumber, InvalidInputError } from '../core';

/** When nodes go. */
export interface ScaleDown {
  /**
   * Share of a node's CPU or memory, whichever is more, that pods ask for: below it the node is unneeded. From 0 to 1.
   * @default 0.5
   */
  readonly utilizationThreshold?: number;
  /** The same of a node with GPUs, by its GPUs alone. @default 0.5 */
  readonly gpuUtilizationThreshold?: number;
  /** How long a node is unneeded before it goes. @default 10 minutes */
  readonly unneededTime?: Duration;
  /** The same of a node that is not ready. @default 20 minutes */
  readonly unreadyTime?: Duration;
  /** How long nothing goes after a node came. @default 10 minutes */
  readonly delayAfterAdd?: Duration;
  /** How long nothing goes after a node could not be removed. @default 3 minutes */
  readonly delayAfterFailure?: Duration;
  /** How long pods have for ending when their node goes. Training jobs that write a last checkpoint may need more. @default 10 minutes */
  readonly maxGracefulTermination?: Duration;
  /**
   * Whether a node with pods that keep files on it (`emptyDir`) stays. Most pods of the platform have such a directory, so that hardly
   * any node would ever go.
   * @default false
   */
  readonly keepNodesWithLocalStorage?: boolean;
  /** Whether a node with pods of `kube-system` stays (for an hour, from 1.34 on). @default true */
  readonly keepNodesWithSystemPods?: boolean;
}

/** `false` if no node is ever to go. */
export type ScaleDownSetting = ScaleDown | false;

/**
 * Flags for when nodes go.
 *
 * @throws InvalidInputError for thresholds outside 0 to 1
 */
export function scaleDownFlags(setting: ScaleDownSetting, where: string): readonly string[] {
  if (setting === false) return ['--scale-down-enabled=false'];
  const { utilizationThreshold, gpuUtilizationThreshold } = setting;
  return [
    ...threshold('scale-down-utilization-threshold', 'scaleDown.utilizationThreshold', utilizationThreshold, where),
    ...threshold('scale-down-gpu-utilization-threshold', 'scaleDown.gpuUtilizationThreshold', gpuUtilizationThreshold, where),
    ...duration('scale-down-unneeded-time', setting.unneededTime),
    ...duration('scale-down-unready-time', setting.unreadyTime),
    ...duration('scale-down-delay-after-add', setting.delayAfterAdd),
    ...duration('scale-down-delay-after-failure', setting.delayAfterFailure),
    ...(setting.maxGracefulTermination ? [`--max-graceful-termination-sec=${setting.maxGracefulTermination.toSeconds()}`] : []),
    `--skip-nodes-with-local-storage=${setting.keepNodesWithLocalStorage ?? false}`,
    `--skip-nodes-with-system-pods=${setting.keepNodesWithSystemPods ?? true}`,
  ];
}

/** When nodes come. */
export interface ScaleUp {
  /** How often pods and nodes are looked at. @default 10 seconds */
  readonly scanInterval?: Duration;
  /** How long a node may take from being asked for to being registered; GPU nodes may need more. @default 15 minutes */
  readonly maxNodeProvisionTime?: Duration;
  /** Whether node groups that are alike, such as one a zone, are kept equally large. @default true */
  readonly balanceSimilarNodeGroups?: boolean;
  /** Nodes the cluster has at most, of all groups together. @default what the groups' own sizes say */
  readonly maxNodesTotal?: number;
}

/**
 * Flags for when nodes come.
 *
 * @throws InvalidInputError for a number of nodes below 1
 */
export function scaleUpFlags(setting: ScaleUp, where: string): readonly string[] {
  const { maxNodesTotal } = setting;
  return [
    ...duration('scan-interval', setting.scanInterval),
    ...duration('max-node-provision-time', setting.maxNodeProvisionTime),
    `--balance-similar-node-groups=${setting.balanceSimilarNodeGroups ?? true}`,
    ...(maxNodesTotal === undefined ? [] : [`--max-nodes-total=${checkWholeNumber('scaleUp.maxNodesTotal', maxNodesTotal, where, { least: 1 })}`]),
  ];
}

function duration(flag: string, value: Duration | undefined): readonly string[] {
  return value === undefined ? [] : [`--${flag}=${value.toSeconds()}s`];
}

function threshold(flag: string, property: string, value: number | undefined, where: string): readonly string[] {
  if (value === undefined) return [];
  if (!(value >= 0 && value <= 1)) throw new InvalidInputError({ property, value, expected: 'a number from 0 to 1', where });
  return [`--${flag}=${value}`];
}
