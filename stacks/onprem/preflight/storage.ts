import type { FoundCluster } from '../../../components/onprem';
import type { SynthesizedObject } from '../../../constructs/core';
import { NFS_DRIVER } from '../../../constructs/csi-driver-nfs';
import { suggestion, type OnpremConfig } from '../../config';
import { type Fault, some } from './fault';

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/** Whether the StorageClasses and drivers are there that volumes come from. */
export function storageFaults(found: FoundCluster, objects: readonly SynthesizedObject[], { block, sharedFiles }: OnpremConfig): readonly Fault[] {
  const named = [
    { key: 'block.storageClass', name: block?.storageClass },
    { key: 'sharedFiles.storageClass', name: sharedFiles && 'storageClass' in sharedFiles ? sharedFiles.storageClass : undefined },
  ];
  return [...named.flatMap(({ key, name }) => classFaults(found, key, name)), ...defaultFaults(found, objects, block), ...driverFaults(found, sharedFiles)];
}

function classFaults({ storageClasses }: FoundCluster, key: string, name: string | undefined): readonly Fault[] {
  if (name === undefined || name in storageClasses) return [];
  const names = Object.keys(storageClasses);
  const expected = names.length === 0 ? 'a StorageClass of the cluster, which has none' : `a StorageClass of the cluster: ${some(names, 20)}${suggestion(name, names)}`;
  return [{ key, value: name, expected }];
}

/** A claim that names no class waits for ever where there is no default. */
function defaultFaults({ storageClasses }: FoundCluster, objects: readonly SynthesizedObject[], block: OnpremConfig['block']): readonly Fault[] {
  const claims = objects.filter(({ manifest }) => claimsDefault(manifest)).map(({ manifest: { kind, metadata } }) => [kind, metadata.namespace, metadata.name].join('/'));
  const declared = objects.some(({ manifest }) => manifest.kind === 'StorageClass' && manifest.metadata.annotations?.[IS_DEFAULT] === 'true');
  if (claims.length === 0 || declared || Object.values(storageClasses).some(({ isDefault }) => isDefault)) return [];
  const names = Object.keys(storageClasses);
  const candidates = names.length > 0 ? `one of ${some(names, 20)}` : 'one, of which the cluster has none yet';
  return [{ key: 'block', value: block, expected: `a default StorageClass in the cluster, for ${some(claims)}: annotate ${candidates} with ${IS_DEFAULT}: "true"` }];
}

function claimsDefault({ kind, ...manifest }: SynthesizedObject['manifest']): boolean {
  const spec = mapping(manifest['spec']);
  if (kind === 'PersistentVolumeClaim') return spec['storageClassName'] === undefined;
  const templates = spec['volumeClaimTemplates'];
  return kind === 'StatefulSet' && Array.isArray(templates) && templates.some((template) => mapping(mapping(template)['spec'])['storageClassName'] === undefined);
}

function driverFaults({ csiDrivers, nodes }: FoundCluster, sharedFiles: OnpremConfig['sharedFiles']): readonly Fault[] {
  if (!sharedFiles || !('nfs' in sharedFiles)) return [];
  const { driver, replicas } = sharedFiles.nfs;
  if (driver === 'existing') {
    return csiDrivers.includes(NFS_DRIVER) ? [] : [{ key: 'sharedFiles.nfs.driver', value: driver, expected: `install: the cluster has no driver ${NFS_DRIVER}${csiDrivers.length > 0 ? `, but ${some(csiDrivers)}` : ''}` }];
  }
  const ready = nodes.filter((node) => node.ready).length;
  // Each of its pods is on a node of its own.
  return ready > 0 && replicas > ready ? [{ key: 'sharedFiles.nfs.replicas', value: replicas, expected: `at most ${ready}, as many as there are ready nodes` }] : [];
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
