import { read } from '../../../engine/field-path';
import { isFields } from '../../../engine/object';
import { podPolicy } from '../../../engine/pod-policy';
import { setting } from '../../../engine/setting';
import { examplePod } from '../example';
import { volumeName } from '../volumes';
import { pss } from './standard';

/** Types of volume that the restricted standard allows in a pod. */
const ALLOWED = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

/** Pod Security Standards, volume types. A hostPath volume is the concern of a policy of its own. */
export const volumeTypes = podPolicy({
  id: 'volume-types',
  title: 'Pods mount storage through claims',
  severity: 'low',
  enforcement: 'mandatory',
  controls: pss(false, true),
  rationale:
    'A pod that names an NFS server, a disk or a driver itself goes past what the administrators of the cluster made ' +
    'available as PersistentVolumes, and acts with the rights of the node towards the storage.',
  remediation: 'Use a persistentVolumeClaim, or one of configMap, csi, downwardAPI, emptyDir, ephemeral, image, projected and secret.',
  examples: {
    fails: examplePod({}, { volumes: [{ name: 'data', nfs: { server: 'nfs.example.com', path: '/export' } }] }),
    passes: examplePod({}, { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }),
  },
  checkPod(template, report) {
    const { path, value: volumes } = setting(template, 'volumes');
    if (!Array.isArray(volumes)) return;
    for (const index of volumes.keys()) {
      const volume = setting(template, 'volumes', index).value;
      if (hasAllowedType(volume) || !isFields(volume)) continue;
      // A volume of no type is an emptyDir.
      const type = Object.keys(volume).find((key) => key !== 'name' && read(volume, key) !== undefined);
      if (type === undefined || read(volume, 'hostPath') !== undefined) continue;
      const message = `volume '${volumeName(template, index)}' is of type ${type}`;
      report.finding({ at: template, path: [...path, index, type], found: read(volume, type), message });
    }
  },
});

/** Whether a volume is of a type that the restricted standard allows, whatever else it may be. */
export function hasAllowedType(volume: unknown): boolean {
  return ALLOWED.some((type) => read(volume, type) !== undefined);
}
