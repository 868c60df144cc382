import type { CloudResource } from '../../engine/object';
import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { input, isOneOf, isStated } from '../cloud/inputs';
import { each } from '../cloud/references';
import { azureResource } from './azure-resource';
import { azureInputPolicy } from './input-policy';
import { azureReferences } from './references';

const ATTACHED = foundations('azure', { '3.0.0': '8.3', '2.1.0': '7.3', '2.0.0': '7.3' });
const UNATTACHED = foundations('azure', { '3.0.0': '8.4', '2.1.0': '7.4', '2.0.0': '7.4' });

const machinesOfDisks = azureReferences({
  from: ['compute:VirtualMachine'],
  inputs: [
    ['storageProfile', 'osDisk', 'managedDisk', 'id'],
    ['storageProfile', 'dataDisks', each, 'managedDisk', 'id'],
  ],
  by: 'id',
  to: ['compute:Disk'],
});

/** Whether a disk is encrypted with a key of its owner, by the storage or by the machine. */
function hasCustomerKey(disk: CloudResource): boolean {
  const type = input(disk, 'encryption', 'type');
  if (isOneOf(type, 'EncryptionAtRestWithCustomerKey', 'EncryptionAtRestWithPlatformAndCustomerKeys')) return true;
  if (type === undefined && isStated(input(disk, 'encryption', 'diskEncryptionSetId'))) return true;
  // The second is where older versions of the API have it.
  const byMachine = ['encryptionSettingsCollection', 'encryptionSettings'].some((field) => input(disk, field, 'enabled') === true);
  return byMachine || isStated(input(disk, 'securityProfile', 'secureVMDiskEncryptionSetId'));
}

const diskKey: ResourcePolicy = {
  id: 'azure-disk-customer-key',
  title: 'Disks are encrypted with customer-managed keys',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [...ATTACHED, ...UNATTACHED],
  rationale: 'With a key in a vault of your own, you decide who may decrypt a disk or a copy of it, attached or left behind, and can withdraw the key.',
  remediation: 'Set encryption.type to EncryptionAtRestWithCustomerKey, with the key in encryption.diskEncryptionSetId.',
  reach: 'stack',
  resourceTypes: ['azure-native:compute:Disk'],
  examples: {
    fails: azureResource('compute:Disk', { diskSizeGB: 64 }),
    passes: azureResource('compute:Disk', { encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: '/providers/Microsoft.Compute/diskEncryptionSets/example' } }),
  },
  check(disk, report, context) {
    if (hasCustomerKey(disk)) return;
    // A disk that no machine here has may be attached elsewhere: either control may be the one it violates.
    const controls = context.derive(machinesOfDisks).to(disk).certain.length > 0 ? ATTACHED : undefined;
    const found = input(disk, 'encryption', 'type');
    report.finding({ path: ['encryption', 'type'], found, message: `disk '${disk.name}' is encrypted with a key of the platform`, ...(controls && { controls }) });
  },
};

const disk = { types: ['compute:Disk'], noun: 'disk' } as const;

const networkAccess = azureInputPolicy({
  ...disk,
  id: 'azure-disk-network-access',
  title: 'Disks cannot be exported to public networks',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '8.5' }),
  rationale: 'A link to the contents of a disk can be made by whoever may read it, and works from everywhere unless access is restricted.',
  remediation: 'Set networkAccessPolicy to DenyAll or AllowPrivate, and publicNetworkAccess to Disabled.',
  path: ['networkAccessPolicy'],
  meets: (value, resource) => isOneOf(value, 'DenyAll', 'AllowPrivate') || isOneOf(input(resource, 'publicNetworkAccess'), 'Disabled'),
  problem: 'can be exported to every network',
  fix: 'DenyAll',
  examples: { fails: { networkAccessPolicy: 'AllowAll' }, passes: { networkAccessPolicy: 'DenyAll', publicNetworkAccess: 'Disabled' } },
});

const dataAccess = azureInputPolicy({
  ...disk,
  id: 'azure-disk-data-access-authentication',
  title: 'Disks are exported by signed-in identities only',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '8.6' }),
  rationale: 'A link to the contents of a disk is enough to download it, unless the one who uses the link has to sign in as well.',
  remediation: 'Set dataAccessAuthMode to AzureActiveDirectory.',
  path: ['dataAccessAuthMode'],
  meets: (value) => isOneOf(value, 'AzureActiveDirectory'),
  problem: 'is exported to whoever has a link',
  fix: 'AzureActiveDirectory',
  examples: { fails: {}, passes: { dataAccessAuthMode: 'AzureActiveDirectory' } },
});

export const DISKS: readonly Policy[] = [diskKey, networkAccess, dataAccess];
