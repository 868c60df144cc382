import { example } from '../cloud/example';
import { inputPolicy } from '../cloud/input-policy';
import { input, isOn } from '../cloud/inputs';
import { KEY_ROTATION } from './controls';

const KEY = 'aws:kms/key:Key';

/** Only KMS's own symmetric encryption keys can be rotated by it. */
export const kmsKeyRotation = inputPolicy({
  id: 'aws-kms-key-rotation',
  title: 'KMS keys are rotated every year',
  severity: 'medium',
  controls: KEY_ROTATION,
  rationale:
    'The longer a key is in use, the more data is lost with it. KMS can replace the key material by itself: what is encrypted from then on ' +
    'uses the new material, what was encrypted before stays readable.',
  remediation: 'Set enableKeyRotation to true. Asymmetric and HMAC keys, and those of a custom key store, cannot be rotated and are exempt.',
  examples: {
    fails: example(KEY, { description: 'Secrets of the cluster' }),
    passes: [example(KEY, { enableKeyRotation: true }), example(KEY, { customerMasterKeySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' }, 'signing')],
  },
  resourceTypes: [KEY],
  path: ['enableKeyRotation'],
  meets: isOn,
  applies: (key) =>
    (input(key, 'customerMasterKeySpec') ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' &&
    (input(key, 'keyUsage') ?? 'ENCRYPT_DECRYPT') === 'ENCRYPT_DECRYPT' &&
    input(key, 'customKeyStoreId') === undefined,
  noun: 'key',
  problem: 'is never rotated',
  fix: true,
});
