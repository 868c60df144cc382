import type { FoundCluster } from '../../../components/onprem';
import type { SynthesizedObject } from '../../../constructs/core';
import type { OnpremConfig } from '../../config';
import { type Fault, some } from './fault';

/** Whether what the platform brings is there already, and belongs to somebody else: two of one system in a cluster do not work. */
export function occupiedFaults({ foreign }: FoundCluster, objects: readonly SynthesizedObject[], config: OnpremConfig): readonly Fault[] {
  const taken = new Map<string, string[]>();
  for (const { component, manifest } of objects) {
    const name = `${manifest.kind}/${manifest.metadata.name}`;
    if (manifest.metadata.namespace === undefined && foreign.has(name)) taken.set(component, [...(taken.get(component) ?? []), name]);
  }
  return [...taken].map(([component, names]) => ({ ...remedy(component, config), names })).map(({ key, value, expected, names }) => ({ key, value, expected: `${expected}: the cluster has ${some(names, 3)} already, which this project did not make` }));
}

function remedy(component: string, { context, loadBalancer, metricsServer, sharedFiles, teams }: OnpremConfig): Fault {
  switch (component) {
    case 'metallb':
      return { key: 'loadBalancer', value: loadBalancer, expected: 'existing, with annotations of the Service if there are any' };
    case 'metrics-server':
      return { key: 'metricsServer.install', value: metricsServer.install, expected: 'false' };
    case 'csi-driver-nfs':
      return { key: 'sharedFiles.nfs.driver', value: sharedFiles && 'nfs' in sharedFiles ? sharedFiles.nfs.driver : undefined, expected: 'existing' };
    default:
      return teams.some((team) => component === `team-${team}`)
        ? { key: 'teams', value: component.slice('team-'.length), expected: 'a name that no namespace has' }
        : { key: 'context', value: context, expected: `a cluster without ${component} of its own` };
  }
}
