import type { FieldPath } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { elements, input, isNamed, isOneOf } from '../cloud/inputs';
import { google } from './controls';

const DISK = 'gcp:compute/disk:Disk';
const INSTANCE = 'gcp:compute/instance:Instance';
const TEMPLATES = ['gcp:compute/instanceTemplate:InstanceTemplate', 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate'];

/** Keys of a disk, by the names that the different resources give them: one's own, or one in Cloud KMS. */
const KEYS: readonly FieldPath[] = [
  ...['kmsKeySelfLink', 'rawKey', 'rsaEncryptedKey'].map((key) => ['diskEncryptionKey', key]),
  ...['kmsKeySelfLink', 'diskEncryptionKeyRaw', 'diskEncryptionKeyRawWo', 'diskEncryptionKeyRsa'].map((key) => [key]),
];

function disk(properties: Fields): CloudResource {
  return { type: DISK, name: 'data', properties: { zone: 'europe-west1-b', size: 100, ...properties } };
}

/** Where the disks stand that a resource makes, rather than attaches. */
function disksOf(resource: CloudResource): readonly FieldPath[] {
  if (resource.type === INSTANCE) return input(resource, 'bootDisk', 'source') === undefined ? [['bootDisk']] : [];
  if (!TEMPLATES.includes(resource.type)) return [[]];
  return elements(resource, 'disks').flatMap(({ path }) => (isMade(resource, path) ? [path] : []));
}

/** Local disks are always encrypted with a key that is thrown away with them. */
function isMade(resource: CloudResource, path: FieldPath): boolean {
  const field = (name: string): unknown => input(resource, ...path, name);
  return field('source') === undefined && !isOneOf(field('type'), 'SCRATCH') && !isOneOf(field('diskType'), 'LOCAL-SSD');
}

/** CIS Google Cloud 4.7. */
export const diskEncryption: ResourcePolicy = {
  id: 'gcp-disk-encryption',
  title: 'Disks are encrypted with keys of your own',
  severity: 'low',
  enforcement: 'mandatory',
  controls: google('4.7'),
  rationale:
    'Google encrypts every disk with keys of its own. With a key that you supply, or keep in Cloud KMS, the data is unreadable ' +
    'without you, and stays so when you destroy the key.',
  remediation: 'Set diskEncryptionKey.kmsKeySelfLink (of a boot disk bootDisk.kmsKeySelfLink) to a key in Cloud KMS.',
  examples: {
    fails: disk({}),
    passes: disk({ diskEncryptionKey: { kmsKeySelfLink: 'projects/my-project/locations/europe-west1/keyRings/main/cryptoKeys/disks' } }),
  },
  resourceTypes: [DISK, 'gcp:compute/regionDisk:RegionDisk', INSTANCE, ...TEMPLATES],
  check(resource, report) {
    for (const made of disksOf(resource)) {
      if (KEYS.some((key) => isNamed(input(resource, ...made, ...key)))) continue;
      const path = [...made, ...(resource.type === INSTANCE ? ['kmsKeySelfLink'] : ['diskEncryptionKey'])];
      const which = made.length === 0 ? `disk '${resource.name}'` : `a disk of '${resource.name}'`;
      report.finding({ path, found: input(resource, ...path), message: `${which} is not encrypted with a key of your own` });
    }
  },
};
