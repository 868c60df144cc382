import type { App } from 'cdk8s';
import type { FoundCluster } from '../../../components/onprem';
import { InvalidInputError, requireKubernetes } from '../../../constructs/core';
import type { OnpremConfig } from '../../config';
import type { Fault } from './fault';

/** Whether every component works on the cluster's version of Kubernetes. */
export function versionFaults({ version }: FoundCluster, app: App, { context }: OnpremConfig): readonly Fault[] {
  try {
    requireKubernetes(app, version, 'context');
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return [{ key: 'context', value: context, expected: `a cluster with Kubernetes ${error.input.expected}; this one has ${version}` }];
  }
}
