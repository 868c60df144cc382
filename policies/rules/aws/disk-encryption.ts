import { type FieldPath, read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { Report, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { example } from '../cloud/example';
import { inputPolicy } from '../cloud/input-policy';
import { input, isOff, isOn, listed } from '../cloud/inputs';
import { EBS_ENCRYPTION, EFS_ENCRYPTION } from './controls';
import { regionOf } from './inputs';
import { INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE, SPOT_REQUEST } from './instances';

const VOLUME = 'aws:ebs/volume:Volume';
const BY_DEFAULT = 'aws:ebs/encryptionByDefault:EncryptionByDefault';
const FILE_SYSTEM = 'aws:efs/fileSystem:FileSystem';

/** Whether the account encrypts every new volume of a region, whatever is asked for it; `undefined` if that is not known yet. */
function encryptsByDefault(inventory: Inventory): ReadonlyMap<string, boolean | undefined> {
  return new Map(inventory.ofType(BY_DEFAULT).map((each) => [regionOf(each), readOr<boolean | undefined>(undefined, () => !isOff(input(each, 'enabled')))]));
}

const volumes: ResourcePolicy = {
  id: 'aws-ebs-encryption',
  title: 'EBS volumes are encrypted',
  severity: 'high',
  enforcement: 'mandatory',
  controls: EBS_ENCRYPTION,
  rationale: 'Encryption keeps a volume, its snapshots and the disks it lay on unreadable without the key. An account can encrypt every new volume of a region, whoever creates it.',
  remediation: 'Declare aws.ebs.EncryptionByDefault for the region, or set encrypted to true on each volume and block device.',
  reach: 'stack',
  examples: {
    fails: example(VOLUME, { availabilityZone: 'eu-central-1a', size: 100 }),
    passes: [example(VOLUME, { availabilityZone: 'eu-central-1a', size: 100 }), example(BY_DEFAULT, { enabled: true }, 'all-volumes')],
  },
  resourceTypes: [VOLUME, INSTANCE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION, SPOT_REQUEST, BY_DEFAULT],
  check(resource, report, context) {
    if (resource.type === BY_DEFAULT) {
      const value = input(resource, 'enabled');
      if (isOff(value)) report.finding({ path: ['enabled'], found: value, message: 'the account does not encrypt new volumes', fix: true });
      return;
    }
    const regions = context.derive(encryptsByDefault);
    const region = regionOf(resource);
    if (regions.get(region) === true) return;
    if (regions.has(region) && regions.get(region) === undefined) {
      report.undecided({ path: [], reason: 'depends on whether the account encrypts new volumes' });
    } else if (resource.type === VOLUME) {
      checkDevice(resource, [], report);
    } else if (resource.type === LAUNCH_TEMPLATE) {
      checkTemplate(resource, report);
    } else {
      checkInstance(resource, report);
    }
  },
};

function checkTemplate(template: CloudResource, report: Report): void {
  const mappings = listed(input(template, 'blockDeviceMappings'));
  mappings.forEach((mapping, index) => {
    if (read(mapping, 'ebs') !== undefined) checkDevice(template, ['blockDeviceMappings', index, 'ebs'], report);
  });
  if (mappings.length === 0) report.undecided({ path: ['blockDeviceMappings'], reason: 'comes from the image' });
}

function checkInstance(instance: CloudResource, report: Report): void {
  // Without a block device of its own, the root volume is as the image, or the launch template, has it.
  if (input(instance, 'rootBlockDevice') === undefined && input(instance, 'launchTemplate') !== undefined) {
    report.undecided({ path: ['rootBlockDevice'], reason: 'comes from the launch template' });
  } else {
    checkDevice(instance, ['rootBlockDevice'], report);
  }
  listed(input(instance, 'ebsBlockDevices')).forEach((device, index) => {
    if (read(device, 'noDevice') !== true) checkDevice(instance, ['ebsBlockDevices', index], report);
  });
}

function checkDevice(resource: CloudResource, at: FieldPath, report: Report): void {
  const path = [...at, 'encrypted'];
  const value = input(resource, ...path);
  if (isOn(value)) return;
  if (value === undefined && input(resource, ...at, 'snapshotId') !== undefined) {
    report.undecided({ path, reason: 'is that of the snapshot' });
    return;
  }
  const name = at[0] === 'rootBlockDevice' ? `the root volume of '${resource.name}'` : at.length > 0 ? `a volume of '${resource.name}'` : `volume '${resource.name}'`;
  // A template's booleans are text.
  report.finding({ path, found: value, message: `${name} is not encrypted`, fix: resource.type === LAUNCH_TEMPLATE ? 'true' : true });
}

const fileSystems = inputPolicy({
  id: 'aws-efs-encryption',
  title: 'EFS file systems are encrypted',
  severity: 'high',
  controls: EFS_ENCRYPTION,
  rationale: 'Shared file systems hold what many pods write, often data sets and models. Encryption cannot be switched on later: the data would have to be copied to a new file system.',
  remediation: 'Set encrypted to true.',
  examples: { fails: example(FILE_SYSTEM, { performanceMode: 'generalPurpose' }), passes: example(FILE_SYSTEM, { encrypted: true }) },
  resourceTypes: [FILE_SYSTEM],
  path: ['encrypted'],
  meets: isOn,
  noun: 'file system',
  problem: 'is not encrypted',
  fix: true,
});

/** What the benchmark says of disks and file systems. */
export const DISK_ENCRYPTION: readonly ResourcePolicy[] = [volumes, fileSystems];
