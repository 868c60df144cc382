import { azure, check, controls, messages, unknown } from './run';

const SET = { id: '/providers/Microsoft.Compute/diskEncryptionSets/main' };

describe('disks', () => {
  const disk = (properties: object) => azure('compute:Disk', { diskName: 'data', ...properties });
  const verdict = (properties: object) => check('azure-disk-customer-key', disk(properties));

  it('are encrypted with a key of their owner', () => {
    for (const properties of [
      { encryption: { diskEncryptionSetId: SET.id } },
      { encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: SET.id } },
      { encryption: { type: 'encryptionAtRestWithPlatformAndCustomerKeys' } },
      { encryptionSettingsCollection: { enabled: true } },
      { encryptionSettings: { enabled: true } },
      { securityProfile: { secureVMDiskEncryptionSetId: SET.id } },
    ]) {
      expect(verdict(properties)).toEqual([]);
    }
    for (const properties of [{}, { encryption: null }, { encryption: {} }, { encryption: { diskEncryptionSetId: '' } }, { encryptionSettingsCollection: { enabled: false } }, { encryptionSettingsCollection: { enabled: 'true' } }]) {
      expect(verdict(properties)).toEqual(['main encryption.type = null']);
    }
    expect(verdict({ encryption: { type: 'EncryptionAtRestWithPlatformKey', diskEncryptionSetId: SET.id } })).toEqual(['main encryption.type = "EncryptionAtRestWithPlatformKey"']);
    expect(messages('azure-disk-customer-key', disk({}))).toEqual(["disk 'main' is encrypted with a key of the platform"]);
    expect(verdict({ encryption: unknown('type') })).toEqual(['main? encryption.type']);
  });

  it('fall under one control when attached, and under either when nothing says so', () => {
    const id = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/disks/data';
    const machine = azure('compute:VirtualMachine', { storageProfile: { dataDisks: [{ lun: 0, createOption: 'Attach', managedDisk: { id } }] } }, { name: 'vm' });
    expect(controls('azure-disk-customer-key', 'azure-3.0.0', disk({}))).toEqual(['8.3', '8.4']);
    expect(controls('azure-disk-customer-key', 'azure-3.0.0', disk({}), machine)).toEqual(['8.3']);
  });
});

describe.each([
  ['compute:VirtualMachine', ''],
  ['compute:VirtualMachineScaleSet', 'virtualMachineProfile.'],
])('%s', (type, prefix) => {
  const machine = (properties: object) => azure(type, prefix === '' ? { ...properties } : { virtualMachineProfile: properties });

  it('has managed disks', () => {
    const verdict = (storageProfile: object) => check('azure-vm-managed-disks', machine({ storageProfile }));
    expect(verdict({ osDisk: { managedDisk: {} }, dataDisks: [{ managedDisk: {} }] })).toEqual([]);
    expect(verdict({ osDisk: { createOption: 'FromImage' } })).toEqual([]);
    expect(verdict({ osDisk: { vhd: { uri: 'x' } } })).toEqual([`main ${prefix}storageProfile.osDisk.vhd = {"uri":"x"}`]);
    expect(verdict({ osDisk: { vhdContainers: ['x'] } })).toHaveLength(1);
    expect(verdict({ dataDisks: [null, { managedDisk: {} }, { name: 'logs', vhd: {} }] })).toEqual([`main ${prefix}storageProfile.dataDisks[2].vhd = {}`]);
    expect(messages('azure-vm-managed-disks', machine({ storageProfile: { dataDisks: [{ name: 'logs', vhd: {} }] } }))).toEqual(["data disk logs of virtual machine 'main' is not managed"]);
    expect(verdict({})).toEqual([]);
  });

  it('has disks that are encrypted with a key of their owner', () => {
    const verdict = (storageProfile: object) => check('azure-vm-disk-customer-key', machine({ storageProfile }));
    for (const osDisk of [
      { managedDisk: { diskEncryptionSet: SET } },
      { managedDisk: { securityProfile: { diskEncryptionSet: SET } } },
      { encryptionSettings: { enabled: true } },
      { vhd: { uri: 'x' } },
    ]) {
      expect(verdict({ osDisk })).toEqual([]);
    }
    expect(verdict({ osDisk: { managedDisk: { storageAccountType: 'Premium_LRS' } } })).toEqual([`main ${prefix}storageProfile.osDisk.managedDisk.diskEncryptionSet = null`]);
    expect(verdict({ osDisk: { managedDisk: { diskEncryptionSet: SET } }, dataDisks: [{ lun: 0 }] })).toEqual([`main ${prefix}storageProfile.dataDisks[0].managedDisk.diskEncryptionSet = null`]);
    expect(verdict({ dataDisks: [{ createOption: 'Attach', managedDisk: { id: '/disks/data' } }] })).toEqual([`main? ${prefix}storageProfile.dataDisks[0].managedDisk.diskEncryptionSet`]);
    expect(messages('azure-vm-disk-customer-key', machine({ storageProfile: { osDisk: {} } }))).toEqual(["OS disk of virtual machine 'main' is encrypted with a key of the platform"]);
  });

  it('starts trusted software', () => {
    const verdict = (securityProfile: unknown) => check('azure-vm-trusted-launch', machine({ securityProfile }));
    const uefiSettings = { secureBootEnabled: true, vTpmEnabled: true };
    expect(verdict({ securityType: 'TrustedLaunch', uefiSettings })).toEqual([]);
    expect(verdict({ securityType: 'ConfidentialVM', uefiSettings })).toEqual([]);
    expect(verdict(null)).toEqual([`main ${prefix}securityProfile.securityType = null`]);
    expect(verdict({ securityType: 'Standard', uefiSettings })).toHaveLength(1);
    expect(verdict({ securityType: 'TrustedLaunch', uefiSettings: { secureBootEnabled: false, vTpmEnabled: true } })).toEqual([`main ${prefix}securityProfile.uefiSettings.secureBootEnabled = false`]);
    expect(messages('azure-vm-trusted-launch', machine({ securityProfile: { securityType: 'TrustedLaunch' } }))).toEqual([
      "virtual machine 'main' starts without secure boot",
      "virtual machine 'main' starts without a virtual TPM",
    ]);
  });
});

describe('containers', () => {
  const container = (publicAccess: unknown, containerName = 'data') => azure('storage:BlobContainer', { containerName, publicAccess });

  it('are private', () => {
    for (const level of ['None', 'none', null, undefined]) expect(check('azure-container-public-access', container(level))).toEqual([]);
    for (const level of ['Blob', 'container', true]) expect(check('azure-container-public-access', container(level))).toEqual([`main publicAccess = ${JSON.stringify(level)}`]);
    expect(messages('azure-container-public-access', container('Blob'))).toEqual(["container 'main' can be read by everyone"]);
  });

  it('have a control of their own for the activity log', () => {
    expect(controls('azure-container-public-access', 'azure-2.0.0', container('Blob'))).toEqual(['3.7']);
    expect(controls('azure-container-public-access', 'azure-2.0.0', container('Blob', 'insights-activity-logs'))).toEqual(['3.7', '5.1.3']);
  });
});
