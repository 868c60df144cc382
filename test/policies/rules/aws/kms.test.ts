import { check, findings, messages, resource, unknown } from './subjects';

const ID = 'aws-kms-key-rotation';
const key = (properties: object) => resource('aws:kms/key:Key', { ...properties });

it.each([
  [{ enableKeyRotation: true }, []],
  [{ enableKeyRotation: 'true' }, []],
  [{}, ['main: enableKeyRotation = null']],
  [{ enableKeyRotation: null }, ['main: enableKeyRotation = null']],
  [{ enableKeyRotation: false }, ['main: enableKeyRotation = false']],
  [{ enableKeyRotation: 'yes' }, ['main: enableKeyRotation = "yes"']],
  [{ customerMasterKeySpec: 'SYMMETRIC_DEFAULT' }, ['main: enableKeyRotation = null']],
  [{ customerMasterKeySpec: 'ECC_NIST_P256' }, []],
  [{ customerMasterKeySpec: 'HMAC_256' }, []],
  [{ keyUsage: 'GENERATE_VERIFY_MAC' }, []],
  [{ keyUsage: 'ENCRYPT_DECRYPT' }, ['main: enableKeyRotation = null']],
  [{ customKeyStoreId: 'cks-1' }, []],
])('key with %j: %j', (properties, expected) => {
  expect(check(ID, key(properties))).toEqual(expected);
});

it('says which key, and how to mend it', () => {
  expect(messages(ID, key({}))).toEqual(["key 'main' is never rotated"]);
  expect(findings(ID, key({}))[0]?.patch).toEqual({ enableKeyRotation: true });
});

it('does not guess what is not known yet', () => {
  expect(check(ID, resource('aws:kms/key:Key', unknown({}, 'enableKeyRotation')))).toEqual(['main? enableKeyRotation']);
});
