import type { KubernetesObject } from '../../../../policies';
import { check } from '../gcp/run';

describe('storage classes', () => {
  const storageClass = (provisioner: unknown, parameters?: unknown): KubernetesObject => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner, parameters });
  const PD = 'pd.csi.storage.gke.io';
  const open = (found: string) => [`parameters.disk-encryption-kms-key | ${found} | storage class 'fast' makes disks that are not encrypted with a key in Cloud KMS`];

  it.each<[KubernetesObject, string[]]>([
    [storageClass(PD, { type: 'pd-ssd' }), open('null')],
    [storageClass(PD), open('null')],
    [storageClass(PD, { 'disk-encryption-kms-key': '' }), open('""')],
    [storageClass(PD, { 'disk-encryption-kms-key': ['k'] }), open('["k"]')],
    [storageClass('kubernetes.io/gce-pd', { type: 'pd-ssd' }), open('null')],
    [storageClass(PD, { 'disk-encryption-kms-key': 'projects/p/locations/l/keyRings/r/cryptoKeys/k' }), []],
    [storageClass('ebs.csi.aws.com', {}), []],
    [storageClass(null), []],
    [{ ...storageClass(PD), apiVersion: 'example.com/v1' }, []],
  ])('%j: %j', (object, expected) => {
    expect(check('gke-persistent-disk-encryption', object)).toEqual(expected);
  });
});
