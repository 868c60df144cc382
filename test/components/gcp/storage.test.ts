import * as pulumi from '@pulumi/pulumi';
import { DISK_TYPES, persistentDisks } from '../../../components/gcp';
import { splitTokens } from '../../../constructs/core';

describe('persistentDisks', () => {
  it('encrypts volumes with the key given', () => {
    const key = pulumi.output('projects/p/locations/l/keyRings/r/cryptoKeys/disks');
    const { volumes } = persistentDisks({ key, type: 'pd-ssd' });
    expect(volumes.provisioner).toBe('pd.csi.storage.gke.io');
    expect(volumes.parameters['type']).toBe('pd-ssd');
    expect(splitTokens(volumes.parameters['disk-encryption-kms-key'] ?? '')).toEqual([expect.objectContaining({ value: key })]);
  });

  it('knows its types', () => {
    const type = 'pd-turbo' as (typeof DISK_TYPES)[number];
    expect(() => persistentDisks({ key: pulumi.output(''), type })).toThrow(/type is 'pd-turbo'; expected one of pd-balanced/);
  });
});
