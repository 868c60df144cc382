import type { CloudResource, Fields } from '../../engine/object';
import { inputPolicy } from '../cloud/input-policy';
import { input, isOn } from '../cloud/inputs';
import { shown } from '../shown';
import { google } from './controls';
import { iamTypes } from './grants';
import { noPublicGrant } from './public-access';

const KEY = 'gcp:kms/cryptoKey:CryptoKey';
const DAY = 86_400;
const LIMIT = 90 * DAY;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: DAY };

function key(properties: Fields): CloudResource {
  return { type: KEY, name: 'gke', properties: { keyRing: 'projects/my-project/locations/eu/keyRings/main', ...properties } };
}

function member(name: string): CloudResource {
  return {
    type: 'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember',
    name: 'users',
    properties: { cryptoKeyId: 'gke', role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter', member: name },
  };
}

/** CIS Google Cloud 1.9. */
export const publicKey = noPublicGrant({
  id: 'gcp-public-kms-key',
  title: 'Keys in Cloud KMS are not public',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: google('1.9', { v5: '1.10' }),
  rationale: 'A key that everyone may use protects nothing: whoever gets at the data decrypts it.',
  remediation: 'Remove allUsers and allAuthenticatedUsers; give the role to the service accounts that use the key.',
  examples: { fails: member('allAuthenticatedUsers'), passes: member('serviceAccount:service-1@container-engine-robot.iam.gserviceaccount.com') },
  resourceTypes: [...iamTypes('kms', 'CryptoKeyIAM'), ...iamTypes('kms', 'KeyRingIAM')],
  what: 'a key in Cloud KMS',
});

/** Seconds of a duration as Google writes it, e.g. `7776000s`. */
function seconds(duration: unknown): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(String(duration)) ?? [];
  return amount === undefined || unit === undefined ? undefined : Number(amount) * (UNITS[unit] ?? 1);
}

/** Whether Cloud KMS can rotate a key by itself: symmetric keys that it made itself. */
function canRotate(resource: CloudResource): boolean {
  const purpose = input(resource, 'purpose');
  if (purpose !== undefined && purpose !== 'ENCRYPT_DECRYPT') return false;
  const protection = input(resource, 'versionTemplate', 'protectionLevel');
  return !isOn(input(resource, 'importOnly')) && !String(protection).startsWith('EXTERNAL');
}

/** CIS Google Cloud 1.10. */
export const keyRotation = inputPolicy({
  id: 'gcp-kms-key-rotation',
  title: 'Keys in Cloud KMS are rotated within 90 days',
  severity: 'medium',
  controls: google('1.10', { v5: '1.11' }),
  rationale:
    'A key that was found out decrypts all that was encrypted with it. Rotation limits how much that is, and shows that ' +
    'rotation works before it is needed.',
  remediation: 'Set rotationPeriod to 7776000s or less.',
  examples: { fails: key({ rotationPeriod: '31536000s' }), passes: key({ rotationPeriod: '7776000s' }) },
  resourceTypes: [KEY],
  noun: 'key',
  path: ['rotationPeriod'],
  applies: canRotate,
  meets: (value) => {
    const period = seconds(value);
    return period !== undefined && period >= DAY && period <= LIMIT;
  },
  problem: (value) => (value === undefined ? 'is never rotated' : `is rotated every ${shown(value)}, not within 90 days`),
  fix: `${LIMIT}s`,
});
