import { EncryptionKeys, type EncryptionKeysArgs } from '../../../../components/gcp';
import { record, violations } from '../../record';
import { PLACE, provider } from '../stand';

const KEY = 'gcp:kms/cryptoKey:CryptoKey';
const GRANT = 'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember';

function make(args: Partial<EncryptionKeysArgs> = {}) {
  return record(() => new EncryptionKeys('keys', { ...PLACE, users: ['cluster', 'disks', 'objects', 'database', 'files', 'registry', 'secrets'], ...args }, { provider: provider() }));
}

describe('EncryptionKeys', () => {
  it('lets one service use each key, and no other', async () => {
    const made = await make();
    const users = made.ofType(GRANT).map(({ inputs }) => [String(inputs.cryptoKeyId).replace(/.*cryptoKeys\/keys-([a-z]+)-.*/, '$1'), inputs.member]);
    const agent = (domain: string) => `serviceAccount:service-123456789012@${domain}.iam.gserviceaccount.com`;
    expect(Object.fromEntries(users)).toEqual({
      cluster: agent('container-engine-robot'),
      disks: agent('compute-system'),
      objects: agent('gs-project-accounts'),
      database: agent('gcp-sa-cloud-sql'),
      files: agent('cloud-filer'),
      registry: agent('gcp-sa-artifactregistry'),
      secrets: agent('gcp-sa-secretmanager'),
    });
    expect(new Set(made.ofType(GRANT).map(({ inputs }) => inputs.role))).toEqual(new Set(['roles/cloudkms.cryptoKeyEncrypterDecrypter']));
    expect(violations(made)).toEqual([]);
  });

  it('asks services to make their accounts where they have none before they are used', async () => {
    const made = await make();
    expect(made.ofType('gcp:projects/serviceIdentity:ServiceIdentity').map(({ inputs }) => inputs.service).sort()).toEqual(
      ['artifactregistry', 'container', 'file', 'secretmanager', 'sqladmin'].map((name) => `${name}.googleapis.com`),
    );
  });

  it.each([
    ['keep', '10368000s', true],
    ['delete', '86400s', false],
  ] as const)('with retention %s restores destroyed versions for %s', async (retention, duration, protect) => {
    const made = await make({ retention, users: ['disks'] });
    expect(made.one(KEY).inputs).toMatchObject({ rotationPeriod: '7776000s', destroyScheduledDuration: duration });
    expect(made.one(KEY).options.protect).toBe(protect);
    expect(made.one('gcp:kms/keyRing:KeyRing').inputs).toMatchObject({ location: 'europe-west4' });
  });

  it('names no ring or key: they outlive their stack', async () => {
    const made = await make({ users: ['disks'] });
    expect(made.one('gcp:kms/keyRing:KeyRing').inputs).not.toHaveProperty('name');
    expect(made.one(KEY).inputs).not.toHaveProperty('name');
  });

  it('refuses to give a key that it was not asked to make, and to make none', async () => {
    const made = await make({ users: ['disks'] });
    expect(() => made.result.key('files')).toThrow(/keys: users is \["disks"\]; expected 'files' to be among them/);
    expect(() => new EncryptionKeys('keys', { ...PLACE, users: [] })).toThrow(/users is \[\]; expected at least one of cluster, disks/);
  });

  it('is there in a preview', async () => {
    const made = await record(() => new EncryptionKeys('keys', { ...PLACE, users: ['objects', 'files'] }, { provider: provider() }), { preview: true });
    expect(made.ofType(KEY)).toHaveLength(2);
  });
});
