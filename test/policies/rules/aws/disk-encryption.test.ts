import { check, messages, resource, unknown } from './subjects';

const VOLUMES = 'aws-ebs-encryption';
const BY_DEFAULT = 'aws:ebs/encryptionByDefault:EncryptionByDefault';
const VOLUME = 'aws:ebs/volume:Volume';
const INSTANCE = 'aws:ec2/instance:Instance';
const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const CONFIGURATION = 'aws:ec2/launchConfiguration:LaunchConfiguration';
const byDefault = (properties: object) => resource(BY_DEFAULT, { ...properties }, { name: 'default' });

it.each([
  [VOLUME, {}, ['main: encrypted = null']],
  [VOLUME, { encrypted: null }, ['main: encrypted = null']],
  [VOLUME, { encrypted: false }, ['main: encrypted = false']],
  [VOLUME, { encrypted: 'on' }, ['main: encrypted = "on"']],
  [VOLUME, { encrypted: true }, []],
  [VOLUME, { snapshotId: 'snap-1' }, ['main? encrypted']],
  [VOLUME, { snapshotId: 'snap-1', encrypted: false }, ['main: encrypted = false']],

  [INSTANCE, {}, ['main: rootBlockDevice.encrypted = null']],
  [INSTANCE, { rootBlockDevice: { encrypted: true } }, []],
  [INSTANCE, { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ deviceName: 'a', encrypted: true }, { deviceName: 'b' }] }, ['main: ebsBlockDevices[1].encrypted = null']],
  [INSTANCE, { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [null] }, ['main: ebsBlockDevices[0].encrypted = null']],
  [INSTANCE, { launchTemplate: { id: 'lt-1' } }, ['main? rootBlockDevice']],
  [INSTANCE, { launchTemplate: { id: 'lt-1' }, rootBlockDevice: { encrypted: false } }, ['main: rootBlockDevice.encrypted = false']],

  [CONFIGURATION, {}, ['main: rootBlockDevice.encrypted = null']],
  [CONFIGURATION, { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ noDevice: true }] }, []],

  [TEMPLATE, {}, ['main? blockDeviceMappings']],
  [TEMPLATE, { blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true' } }, { deviceName: '/dev/sdb', virtualName: 'ephemeral0' }] }, []],
  [TEMPLATE, { blockDeviceMappings: [{ ebs: { volumeSize: 100 } }] }, ['main: blockDeviceMappings[0].ebs.encrypted = null']],
  [TEMPLATE, { blockDeviceMappings: [{ ebs: { encrypted: 'false' } }] }, ['main: blockDeviceMappings[0].ebs.encrypted = "false"']],
  [TEMPLATE, { blockDeviceMappings: [{ ebs: { snapshotId: 'snap-1' } }] }, ['main? blockDeviceMappings[0].ebs.encrypted']],
])('%s with %j: %j', (type, properties, expected) => {
  expect(check(VOLUMES, resource(type, properties))).toEqual(expected);
});

describe('encryption by default', () => {
  const volume = resource(VOLUME, { encrypted: false });

  it('covers every volume of its region', () => {
    expect(check(VOLUMES, volume, byDefault({}))).toEqual([]);
    expect(check(VOLUMES, volume, byDefault({ enabled: true }))).toEqual([]);
    expect(check(VOLUMES, volume, byDefault({ region: 'eu-west-1' }))).toEqual(['main: encrypted = false']);
    expect(check(VOLUMES, resource(VOLUME, { region: 'eu-west-1' }), byDefault({ region: 'eu-west-1' }))).toEqual([]);
  });

  it('is a finding itself where it is switched off', () => {
    expect(check(VOLUMES, volume, byDefault({ enabled: false }))).toEqual(['main: encrypted = false', 'default: enabled = false']);
  });

  it('leaves volumes open while it is not known', () => {
    expect(check(VOLUMES, volume, resource(BY_DEFAULT, unknown({}, 'enabled'), { name: 'default' }))).toEqual(['main? ', 'default? enabled']);
  });
});

it.each([
  [{}, ['main: encrypted = null']],
  [{ encrypted: null }, ['main: encrypted = null']],
  [{ encrypted: 1 }, ['main: encrypted = 1']],
  [{ kmsKeyId: 'arn:aws:kms:eu-central-1:123456789012:key/a' }, ['main: encrypted = null']],
  [{ encrypted: true }, []],
])('file system with %j: %j', (properties, expected) => {
  expect(check('aws-efs-encryption', resource('aws:efs/fileSystem:FileSystem', properties))).toEqual(expected);
});

it('says what is not encrypted', () => {
  expect(messages(VOLUMES, resource(VOLUME, {}))).toEqual(["volume 'main' is not encrypted"]);
  expect(messages(VOLUMES, resource(INSTANCE, { ebsBlockDevices: [{}] }))).toEqual(["the root volume of 'main' is not encrypted", "a volume of 'main' is not encrypted"]);
  expect(messages('aws-efs-encryption', resource('aws:efs/fileSystem:FileSystem', {}))).toEqual(["file system 'main' is not encrypted"]);
});
