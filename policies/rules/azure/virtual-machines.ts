import type { FieldPath } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { elements, input, isOneOf, isStated } from '../cloud/inputs';
import { shown } from '../shown';
import { azureResource } from './azure-resource';

const TYPES = ['azure-native:compute:VirtualMachine', 'azure-native:compute:VirtualMachineScaleSet'];

/** Where the settings of a machine are: those of a scale set are a profile of its machines. */
function profileOf(machine: CloudResource): FieldPath {
  return machine.type.endsWith(':VirtualMachineScaleSet') ? ['virtualMachineProfile'] : [];
}

interface Disk {
  readonly path: FieldPath;
  readonly name: string;
}

/** The disk a machine starts from, if it is described, and its other disks. */
function disksOf(machine: CloudResource): readonly Disk[] {
  const storage = [...profileOf(machine), 'storageProfile'];
  const system = input(machine, ...storage, 'osDisk') === undefined ? [] : [{ path: [...storage, 'osDisk'], name: 'OS disk' }];
  const data = elements(machine, ...storage, 'dataDisks').map(({ path }, index) => ({ path, name: `data disk ${shown(input(machine, ...path, 'name') ?? index)}` }));
  return [...system, ...data];
}

const vm = (storageProfile: object) => azureResource('compute:VirtualMachine', { storageProfile });

const managedDisks: ResourcePolicy = {
  id: 'azure-vm-managed-disks',
  title: 'Virtual machines use managed disks',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '8.2', '2.1.0': '7.2', '2.0.0': '7.2' }),
  rationale: 'Disks that are files in a storage account are readable with the keys of the account, and may not be encrypted. Managed disks always are.',
  remediation: 'Replace vhd by managedDisk.',
  resourceTypes: TYPES,
  examples: {
    fails: vm({ osDisk: { createOption: 'FromImage', vhd: { uri: 'https://example.blob.core.windows.net/vhds/os.vhd' } } }),
    passes: vm({ osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'Premium_LRS' } } }),
  },
  check(machine, report) {
    for (const disk of disksOf(machine)) {
      // Scale sets list containers of such files instead.
      const [path, found] = [['vhd'], ['vhdContainers']].map((field) => [...disk.path, ...field]).map((at) => [at, input(machine, ...at)] as const).find(([, value]) => value !== undefined) ?? [];
      if (path) report.finding({ path, found, message: `${disk.name} of virtual machine '${machine.name}' is not managed` });
    }
  },
};

const diskKeys: ResourcePolicy = {
  id: 'azure-vm-disk-customer-key',
  title: 'Disks of virtual machines are encrypted with customer-managed keys',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '8.3', '2.1.0': '7.3', '2.0.0': '7.3' }),
  rationale: 'With a key in a vault of your own, you decide who may decrypt the disks of a machine or copies of them, and can withdraw the key.',
  remediation: 'Name a disk encryption set in managedDisk.diskEncryptionSet.',
  resourceTypes: TYPES,
  examples: {
    fails: vm({ osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'Premium_LRS' } } }),
    passes: vm({ osDisk: { createOption: 'FromImage', managedDisk: { diskEncryptionSet: { id: '/providers/Microsoft.Compute/diskEncryptionSets/example' } } } }),
  },
  check(machine, report) {
    for (const { path: at, name } of disksOf(machine)) {
      const of = (...field: FieldPath): unknown => input(machine, ...at, ...field);
      if (of('vhd') !== undefined || of('encryptionSettings', 'enabled') === true) continue;
      if (isStated(of('managedDisk', 'diskEncryptionSet', 'id')) || isStated(of('managedDisk', 'securityProfile', 'diskEncryptionSet', 'id'))) continue;
      const path = [...at, 'managedDisk', 'diskEncryptionSet'];
      // A disk that is there already has an encryption of its own.
      if (isOneOf(of('createOption'), 'Attach') || of('managedDisk', 'id') !== undefined) report.undecided({ path, reason: 'the disk that is attached says how it is encrypted' });
      else report.finding({ path, found: of('managedDisk', 'diskEncryptionSet'), message: `${name} of virtual machine '${machine.name}' is encrypted with a key of the platform` });
    }
  },
};

const trusted = { securityType: 'TrustedLaunch', uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } };

const trustedLaunch: ResourcePolicy = {
  id: 'azure-vm-trusted-launch',
  title: 'Virtual machines start trusted software only',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '8.11', '2.1.0': '7.9' }),
  rationale: 'Secure boot refuses boot loaders and kernels that nobody has signed, and the virtual TPM lets others check what was started. An intruder then cannot hide below the operating system.',
  remediation: 'Set securityProfile.securityType to TrustedLaunch, with uefiSettings.secureBootEnabled and vTpmEnabled.',
  resourceTypes: TYPES,
  examples: { fails: azureResource('compute:VirtualMachine', {}), passes: azureResource('compute:VirtualMachine', { securityProfile: trusted }) },
  check(machine, report) {
    const profile = [...profileOf(machine), 'securityProfile'];
    const type = input(machine, ...profile, 'securityType');
    if (!isOneOf(type, 'TrustedLaunch', 'ConfidentialVM')) {
      report.finding({ path: [...profile, 'securityType'], found: type, message: `virtual machine '${machine.name}' starts without trusted launch`, fix: trusted, fixAt: profile });
      return;
    }
    for (const setting of ['secureBootEnabled', 'vTpmEnabled']) {
      const path = [...profile, 'uefiSettings', setting];
      const value = input(machine, ...path);
      if (value !== true) report.finding({ path, found: value, message: `virtual machine '${machine.name}' starts without ${setting === 'vTpmEnabled' ? 'a virtual TPM' : 'secure boot'}`, fix: true });
    }
  },
};

export const VIRTUAL_MACHINES: readonly Policy[] = [managedDisks, diskKeys, trustedLaunch];
