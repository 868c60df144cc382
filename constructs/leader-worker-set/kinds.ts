import path from 'node:path';
import type { Construct } from 'constructs';
import { CustomResourceDefinitions, type Provided } from '../core';

/** The kind LeaderWorkerSet, with a controller that serves it. */
export interface LeaderWorkerSetKinds extends Provided {
  /** Version of LeaderWorkerSet, e.g. `0.7.0`. */
  readonly leaderWorkerSetVersion: string;
}

/**
 * The CRD of LeaderWorkerSet alone, for those that ask for the kind also where they make none of it.
 *
 * @see https://github.com/kubernetes-sigs/lws/tree/v0.7.0/config/crd
 */
export function leaderWorkerSetCrds(scope: Construct, id: string): void {
  new CustomResourceDefinitions(scope, id, { file: path.join(__dirname, 'crds.json') });
}

/** LeaderWorkerSet as it is in the cluster already. */
export function existingLeaderWorkerSet(version: string): LeaderWorkerSetKinds {
  return { leaderWorkerSetVersion: version };
}
