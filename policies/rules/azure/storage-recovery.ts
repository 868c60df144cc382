import type { FieldPath } from '../../engine/field-path';
import type { Fields } from '../../engine/object';
import type { Policy, PolicyDescription, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { mustHave } from '../cloud/companion';
import { input, isOneOf } from '../cloud/inputs';
import { azureResource, notFalse } from './azure-resource';
import { azureInputPolicy } from './input-policy';
import { azureReferences } from './references';

const blobServices = azureReferences({ from: ['storage:BlobServiceProperties'], inputs: [['accountName']], by: 'name', to: ['storage:StorageAccount'] });

interface BlobServicePolicy extends Omit<PolicyDescription, 'reach' | 'examples'> {
  /** Input of the blob service that must be on; it is off unless it is stated. */
  readonly field: FieldPath;
  /** What is wrong without it. */
  readonly problem: string;
  /** Inputs of a blob service with the field on. */
  readonly on: Fields;
}

/** A policy over the blob service of an account: its settings are a resource of their own, that may be missing. */
function blobServicePolicy({ field, problem, on, ...description }: BlobServicePolicy): ResourcePolicy {
  const of = { accountName: 'example', resourceGroupName: 'example' };
  return {
    ...description,
    reach: 'stack',
    resourceTypes: ['azure-native:storage:BlobServiceProperties', 'azure-native:storage:StorageAccount'],
    examples: {
      fails: azureResource('storage:BlobServiceProperties', of),
      passes: [azureResource('storage:StorageAccount', of), azureResource('storage:BlobServiceProperties', { ...of, ...on })],
    },
    check(resource, report, context) {
      if (resource.type.endsWith(':BlobServiceProperties')) {
        const value = input(resource, ...field);
        if (value !== true) report.finding({ path: field, found: value, message: `blob service '${resource.name}' ${problem}`, fix: true });
        return;
      }
      // Accounts for files alone have no blob service.
      if (isOneOf(input(resource, 'kind'), 'FileStorage')) return;
      const message = `storage account '${resource.name}' has no settings of its blob service, so that it ${problem}`;
      mustHave(resource, { among: blobServices, message }, report, context);
    },
  };
}

const blobSoftDelete = blobServicePolicy({
  id: 'azure-blob-soft-delete',
  title: 'Deleted blobs can be brought back',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.2.1', '5.0.0': '9.2.1', '4.0.0': ['10.2.1', '10.3.6'], '3.0.0': '4.10', '2.1.0': '3.11', '2.0.0': '3.11' }),
  rationale: 'Blobs deleted or overwritten by mistake, or in an attack, are gone at once unless the service keeps them for some days. Accounts that are not made in the portal do not keep them.',
  remediation: 'Declare BlobServiceProperties for the account, with deleteRetentionPolicy enabled.',
  field: ['deleteRetentionPolicy', 'enabled'],
  problem: 'does not keep deleted blobs',
  on: { deleteRetentionPolicy: { enabled: true, days: 7 } },
});

const containerSoftDelete = blobServicePolicy({
  id: 'azure-container-soft-delete',
  title: 'Deleted containers can be brought back',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.2.2', '5.0.0': '9.2.2', '4.0.0': '10.3.6', '3.0.0': '4.10', '2.1.0': '3.11', '2.0.0': '3.11' }),
  rationale: 'With a container go all blobs in it, also those that soft delete of blobs would keep. The service keeps deleted containers only if it is told to.',
  remediation: 'Declare BlobServiceProperties for the account, with containerDeleteRetentionPolicy enabled.',
  field: ['containerDeleteRetentionPolicy', 'enabled'],
  problem: 'does not keep deleted containers',
  on: { containerDeleteRetentionPolicy: { enabled: true, days: 7 } },
});

const blobVersioning = blobServicePolicy({
  id: 'azure-blob-versioning',
  title: 'Blobs are versioned',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.2.3', '5.0.0': '9.2.3', '4.0.0': '10.2.2' }),
  rationale: 'A version of every blob from before each change makes it possible to undo what an error, or ransomware, has written.',
  remediation: 'Declare BlobServiceProperties for the account, with isVersioningEnabled.',
  field: ['isVersioningEnabled'],
  problem: 'does not keep versions of blobs',
  on: { isVersioningEnabled: true },
});

const types = ['storage:FileServiceProperties'] as const;
const noun = 'file service';

const shareSoftDelete = azureInputPolicy({
  id: 'azure-file-share-soft-delete',
  title: 'Deleted file shares can be brought back',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.1.1', '5.0.0': '9.1.1', '4.0.0': '10.1.1' }),
  rationale: 'A share that is deleted by mistake is gone with all its files unless the service keeps it for some days, which it does by default.',
  remediation: 'Remove shareDeleteRetentionPolicy, or enable it.',
  types,
  noun,
  path: ['shareDeleteRetentionPolicy', 'enabled'],
  meets: notFalse,
  problem: 'does not keep deleted file shares',
  fix: true,
  examples: { fails: { shareDeleteRetentionPolicy: { enabled: false } }, passes: { shareDeleteRetentionPolicy: { enabled: true, days: 14 } } },
});

const smbVersion = azureInputPolicy({
  id: 'azure-file-share-smb-version',
  title: 'File shares speak SMB 3.1.1 only',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.1.2', '5.0.0': '9.1.2', '4.0.0': '10.1.2' }),
  rationale: 'Older versions of SMB lack the protection against tampering with the start of a connection. All versions are allowed unless some are named.',
  remediation: 'Set protocolSettings.smb.versions to SMB3.1.1.',
  types,
  noun,
  path: ['protocolSettings', 'smb', 'versions'],
  meets: (value) => namesOnly(value, 'SMB3.1.1'),
  problem: 'allows versions of SMB older than 3.1.1',
  fix: 'SMB3.1.1',
  examples: { fails: { protocolSettings: { smb: { versions: 'SMB2.1;SMB3.1.1' } } }, passes: { protocolSettings: { smb: { versions: 'SMB3.1.1;' } } } },
});

const smbEncryption = azureInputPolicy({
  id: 'azure-file-share-smb-encryption',
  title: 'File shares encrypt SMB with AES-256-GCM only',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.1.3', '5.0.0': '9.1.3', '4.0.0': '10.1.3' }),
  rationale: 'Weaker ciphers stay negotiable unless they are left out of the list. All are allowed unless some are named.',
  remediation: 'Set protocolSettings.smb.channelEncryption to AES-256-GCM.',
  types,
  noun,
  path: ['protocolSettings', 'smb', 'channelEncryption'],
  meets: (value) => namesOnly(value, 'AES-256-GCM'),
  problem: 'allows ciphers weaker than AES-256-GCM',
  fix: 'AES-256-GCM',
  examples: {
    fails: { protocolSettings: { smb: { channelEncryption: 'AES-128-CCM;AES-256-GCM' } } },
    passes: { protocolSettings: { smb: { channelEncryption: 'AES-256-GCM' } } },
  },
});

/** Whether a list that is written with semicolons holds one name and no other. */
function namesOnly(value: unknown, name: string): boolean {
  if (typeof value !== 'string') return false;
  const names = value.split(';').map((part) => part.trim()).filter((part) => part !== '');
  return names.length > 0 && names.every((part) => isOneOf(part, name));
}

export const STORAGE_RECOVERY: readonly Policy[] = [blobSoftDelete, containerSoftDelete, blobVersioning, shareSoftDelete, smbVersion, smbEncryption];
