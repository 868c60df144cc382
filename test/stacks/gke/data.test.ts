import type * as pulumi from '@pulumi/pulumi';
import { splitTokens } from '../../../constructs/core';
import { violations } from '../../components/record';
import { deploy, EXISTING, MINIMAL } from './stand';

const EVERYTHING = { ...MINIMAL, teams: ['vision'], dns: { zone: 'create' }, registry: { repository: 'images' }, nodes: { gpu: {} } };

const AGENTS = {
  cluster: 'container-engine-robot',
  disks: 'compute-system',
  objects: 'gs-project-accounts',
  database: 'gcp-sa-cloud-sql',
  files: 'cloud-filer',
  registry: 'gcp-sa-artifactregistry',
};

describe('encryption', () => {
  it('is with a key for each kind of data, which the one service that holds it may use', async () => {
    const made = await deploy(EVERYTHING);
    const users = made.ofType('gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember').map(({ name, inputs }) => [name.replace('keys-', ''), inputs.member]);
    expect(Object.fromEntries(users)).toEqual(Object.fromEntries(Object.entries(AGENTS).map(([user, agent]) => [user, `serviceAccount:service-123456789012@${agent}.iam.gserviceaccount.com`])));
    const keyOf = (id: unknown) => /cryptoKeys\/keys-([a-z]+)-/.exec(String(id))?.[1];
    expect(keyOf(made.one('gcp:container/cluster:Cluster').inputs.databaseEncryption.keyName)).toBe('cluster');
    expect(made.ofType('gcp:container/nodePool:NodePool').map(({ inputs }) => keyOf(inputs.nodeConfig.bootDiskKmsKey))).toEqual(['disks', 'disks', 'disks']);
    expect(keyOf(made.one('gcp:storage/bucket:Bucket').inputs.encryption.defaultKmsKeyName)).toBe('objects');
    expect(keyOf(made.one('gcp:sql/databaseInstance:DatabaseInstance').inputs.encryptionKeyName)).toBe('database');
    expect(keyOf(made.one('gcp:artifactregistry/repository:Repository').inputs.kmsKeyName)).toBe('registry');
    const classes = made.objects.filter(({ kind }) => kind === 'StorageClass').map(({ provisioner, parameters }) => {
      const { 'disk-encryption-kms-key': disk, 'instance-encryption-kms-key': files } = Object(parameters);
      const [token] = splitTokens(disk ?? files ?? '');
      if (typeof token !== 'object') throw new Error('no key');
      return made.valueOf(token.value as pulumi.Output<string>).then((key) => [provisioner, keyOf(key)]);
    });
    expect(await Promise.all(classes)).toEqual([
      ['pd.csi.storage.gke.io', 'disks'],
      ['filestore.csi.storage.gke.io', 'files'],
    ]);
  });

  it('makes no key that nothing is encrypted with', async () => {
    const made = await deploy(EXISTING);
    expect(made.ofType('gcp:kms/cryptoKey:CryptoKey')).toEqual([]);
    const basic = await deploy({ ...MINIMAL, sharedFiles: { tier: 'basic-hdd' } });
    expect(basic.ofType('gcp:kms/cryptoKey:CryptoKey').map(({ name }) => name)).toEqual(['keys-cluster', 'keys-disks', 'keys-objects', 'keys-database']);
  });
});

describe('the database', () => {
  it('is reached from the VPC only, over TLS only, by users of their own', async () => {
    const made = await deploy(EVERYTHING);
    expect(made.one('gcp:sql/databaseInstance:DatabaseInstance').inputs.settings.ipConfiguration).toMatchObject({ ipv4Enabled: false, sslMode: 'ENCRYPTED_ONLY' });
    expect(made.ofType('gcp:sql/database:Database').map(({ inputs }) => inputs.name)).toEqual(['vision']);
    const user = made.one('gcp:sql/user:User');
    expect(user.secret).toContain('password');
    const secret = made.objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.namespace === 'vision');
    const values = Object.values(Object(secret?.stringData)).map(String);
    expect(values).toHaveLength(3);
    // None of it stands in the object: it is put there when the password is known.
    expect(values.some((value) => value.includes(String(user.inputs.password)))).toBe(false);
  });
});

describe('what is kept', () => {
  it('in production: the cluster, keys and all data', async () => {
    const made = await deploy(EVERYTHING);
    const kept = made.resources.filter(({ options }) => options.protect).map(({ type }) => type);
    expect([...new Set(kept)].toSorted()).toEqual([
      'gcp:artifactregistry/repository:Repository',
      'gcp:container/cluster:Cluster',
      'gcp:dns/managedZone:ManagedZone',
      'gcp:kms/cryptoKey:CryptoKey',
      'gcp:kms/keyRing:KeyRing',
      'gcp:sql/database:Database',
      'gcp:sql/databaseInstance:DatabaseInstance',
      'gcp:storage/bucket:Bucket',
    ]);
    expect(made.one('gcp:container/cluster:Cluster').inputs.deletionProtection).toBe(true);
    expect(made.one('gcp:sql/databaseInstance:DatabaseInstance').inputs).toMatchObject({ deletionProtection: true, settings: { deletionProtectionEnabled: true, finalBackupConfig: { enabled: true } } });
    expect(made.provisioned.leftovers).toBe('refuse');
  });

  it('in development: nothing', async () => {
    const made = await deploy({ ...EVERYTHING, development: 'true' });
    expect(made.resources.filter(({ options }) => options.protect).map(({ name }) => name)).toEqual([]);
    expect(made.one('gcp:container/cluster:Cluster').inputs.deletionProtection).toBe(false);
    expect(made.one('gcp:sql/databaseInstance:DatabaseInstance').inputs).toMatchObject({ deletionProtection: false, settings: { deletionProtectionEnabled: false, retainBackupsOnDelete: false } });
    expect(made.one('gcp:storage/bucket:Bucket').inputs.forceDestroy).toBe(true);
    expect(made.one('gcp:dns/managedZone:ManagedZone', 'dns').inputs.forceDestroy).toBe(true);
    expect(made.provisioned.leftovers).toBe('delete');
    expect(violations(made, ...made.objects)).toEqual([]);
  });
});
