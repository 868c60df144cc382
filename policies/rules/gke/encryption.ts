import { read } from '../../engine/field-path';
import { apiGroup, type Fields, type KubernetesObject } from '../../engine/object';
import type { ObjectPolicy, ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { isNamed, isOneOf, setting } from '../cloud/inputs';
import { shown } from '../shown';
import { cluster, CLUSTER, clusterInput, decide, isAutopilot, NODE_POOL, nodePool, nodesOf } from './cluster';

const ENCRYPTED = ['ENCRYPTED', 'ALL_OBJECTS_ENCRYPTION_ENABLED'];
const KEY = 'projects/my-project/locations/europe-west1/keyRings/gke/cryptoKeys/main';

/** CIS GKE 5.3.1: Secrets are encrypted with a key of one's own. */
export const secretsEncryption = clusterInput({
  id: 'gke-secrets-encryption',
  title: 'GKE clusters encrypt Secrets with a key in Cloud KMS',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.3.1' }),
  rationale:
    'Google encrypts the disks of etcd, but whoever reads etcd itself, or a copy of it, sees every Secret. Encrypted with a ' +
    'key in Cloud KMS they are useless without that key, each use of it is logged, and it can be taken away.',
  remediation: 'Set databaseEncryption to { state: ENCRYPTED, keyName: <key in Cloud KMS> }.',
  examples: { fails: cluster({}), passes: cluster({ databaseEncryption: { state: 'ENCRYPTED', keyName: KEY } }) },
  path: ['databaseEncryption', 'state'],
  meets: (value) => isOneOf(value, ...ENCRYPTED),
  problem: 'does not encrypt Secrets with a key in Cloud KMS',
});

/** CIS GKE 5.9.2: boot disks are encrypted with a key of one's own. */
export const bootDiskEncryption: ResourcePolicy = {
  id: 'gke-boot-disk-encryption',
  title: 'GKE nodes encrypt their boot disks with a key in Cloud KMS',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.9.2' }),
  rationale:
    'Images, logs, emptyDir volumes and Secrets that pods mount pass through the boot disk of a node. Google encrypts it ' +
    'with keys of its own; a key in Cloud KMS can be rotated, audited and taken away by you.',
  remediation: 'Set nodeConfig.bootDiskKmsKey (of auto-provisioned nodes clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey).',
  examples: { fails: nodePool({ nodeConfig: { machineType: 'e2-standard-4' } }), passes: nodePool({ nodeConfig: { bootDiskKmsKey: KEY } }) },
  resourceTypes: [CLUSTER, NODE_POOL],
  check(resource, report) {
    const autopilot = resource.type === CLUSTER && isAutopilot(resource);
    // Autopilot makes the disks, with the key that the cluster names.
    const nodes = autopilot ? [{ name: `nodes of cluster '${resource.name}'`, config: ['clusterAutoscaling', 'autoProvisioningDefaults'] }] : nodesOf(resource);
    for (const { name, config } of nodes) {
      decide(report, config, () => {
        const { path, value } = setting(resource, ...config, 'bootDiskKmsKey');
        if (!isNamed(value)) report.finding({ path, found: value, message: `${name}: boot disks are not encrypted with a key in Cloud KMS` });
      });
    }
  },
};

const PARAMETER = 'disk-encryption-kms-key';
/** Of Persistent Disks: the CSI driver, and the name of the built-in driver that it took over from. */
const PROVISIONERS = new Set<unknown>(['pd.csi.storage.gke.io', 'kubernetes.io/gce-pd']);

function storageClass(parameters: Fields): KubernetesObject {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'pd.csi.storage.gke.io', parameters };
}

/** CIS GKE 5.9.1: volumes on Persistent Disks are encrypted with a key of one's own. */
export const persistentDiskEncryption: ObjectPolicy = {
  id: 'gke-persistent-disk-encryption',
  title: 'Storage classes for Google persistent disks encrypt with a key in Cloud KMS',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.9.1' }),
  rationale:
    'Google encrypts persistent disks with keys of its own. With a key in Cloud KMS you decide who may use the data, see ' +
    'when it is used, and make it unreadable by destroying the key.',
  remediation: `Set parameters.${PARAMETER} to a key in Cloud KMS; the provisioner must be pd.csi.storage.gke.io.`,
  examples: { fails: storageClass({ type: 'pd-ssd' }), passes: storageClass({ type: 'pd-ssd', [PARAMETER]: KEY }) },
  appliesTo: (object) => object.kind === 'StorageClass' && apiGroup(object) === 'storage.k8s.io',
  check(object, report) {
    if (!PROVISIONERS.has(read(object, 'provisioner'))) return;
    const path = ['parameters', PARAMETER];
    const key = read(object, ...path);
    if (isNamed(key)) return;
    const name = shown(object.metadata?.name ?? '');
    report.finding({ path, found: key, message: `storage class '${name}' makes disks that are not encrypted with a key in Cloud KMS` });
  },
};
