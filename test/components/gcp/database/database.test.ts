import { Database } from '../../../../components/gcp/data';
import { record, type Recording, violations } from '../../record';
import { chart, DELETE, KEY, network, NOTEBOOK, objectsOf, PLACE, refusal, refused, textOf, TRAINER } from '../data/parts';

const INSTANCE = 'gcp:sql/databaseInstance:DatabaseInstance';
const DATABASE = 'gcp:sql/database:Database';
const USER = 'gcp:sql/user:User';
const ZONE = 'gcp:dns/managedZone:ManagedZone';
const RECORD = 'gcp:dns/recordSet:RecordSet';

type Args = ConstructorParameters<typeof Database>[1];

const database = (args: Partial<Args> = {}, name = 'database') => new Database(name, { ...PLACE, engine: 'mysql', network: network(), key: KEY, ...args });
const make = (args: Partial<Args> = {}): Promise<Recording<Database>> => record(() => database(args));

describe('Database', () => {
  it.each(['mysql', 'postgresql'] as const)('as %s meets all policies: flags, TLS, no public address, backups', async (engine) => {
    expect(violations(await make({ engine }))).toEqual([]);
  });

  it('has an address in the VPC only, over the connection of managed services, and takes TLS only', async () => {
    const { inputs, options } = (await make()).one(INSTANCE);
    expect(inputs.settings.ipConfiguration).toMatchObject({ ipv4Enabled: false, privateNetwork: 'projects/my-project/global/networks/kubeflow', sslMode: 'ENCRYPTED_ONLY' });
    expect(inputs.settings.ipConfiguration.authorizedNetworks).toBeUndefined();
    expect(inputs.encryptionKeyName).toBe(KEY);
    expect([options.dependsOn].flat()).toHaveLength(1);
  });

  it('is found by the VPC under the name that is in its certificate', async () => {
    const recording = await make();
    const { networkUrl } = recording.one(ZONE).inputs.privateVisibilityConfig.networks[0];
    expect(networkUrl).toBe('projects/my-project/global/networks/kubeflow');
    const { dnsName, visibility } = recording.one(ZONE).inputs;
    const { name, type, rrdatas } = recording.one(RECORD).inputs;
    expect([visibility, type, name]).toEqual(['private', 'A', dnsName]);
    expect(rrdatas[0]).toMatch(/^10\.9\.0\.\d+$/);
    expect(dnsName).toMatch(/\.europe-west4\.sql-psa\.goog\.$/);
    expect(await textOf(recording.result.host)).toBe(dnsName.slice(0, -1));
    // Only certificates of the shared authorities are for that name.
    expect(recording.one(INSTANCE).inputs.settings.ipConfiguration.serverCaMode).toBe('GOOGLE_MANAGED_CAS_CA');
  });

  it('has a standby, daily backups in its region and a week of logs', async () => {
    const { settings } = (await make()).one(INSTANCE).inputs;
    expect(settings.availabilityType).toBe('REGIONAL');
    expect(settings.backupConfiguration).toMatchObject({ enabled: true, binaryLogEnabled: true, location: 'europe-west4', transactionLogRetentionDays: 7, backupRetentionSettings: { retainedBackups: 14 } });
    const postgres = (await make({ engine: 'postgresql', highAvailability: false })).one(INSTANCE).inputs.settings;
    expect(postgres.availabilityType).toBe('ZONAL');
    expect(postgres.backupConfiguration).toMatchObject({ enabled: true, pointInTimeRecoveryEnabled: true });
    expect(postgres.backupConfiguration.binaryLogEnabled).toBeUndefined();
  });

  it('gives each consumer a user, and hands it the credentials in its own namespace', async () => {
    const scope = chart();
    const recording = await record(() => {
      const made = database();
      const connections = [TRAINER, NOTEBOOK].map((serviceAccount, index) => made.connect(scope, `katib-${index}`, { database: 'katib', serviceAccount }));
      return { made, connections, secrets: objectsOf(scope) };
    });
    expect(recording.ofType(DATABASE).map(({ inputs }) => [inputs.name, inputs.charset])).toEqual([['katib', 'utf8mb4']]);
    const users = recording.ofType(USER);
    expect(users).toHaveLength(2);
    expect(new Set(users.map(({ inputs }) => inputs.name)).size).toBe(2);
    for (const user of users) expect(user.secret).toContain('password');
    const secrets = await recording.result.secrets;
    expect(secrets.map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual([['team-a', 'katib'], ['team-b', 'katib']]);
    const [first] = secrets as unknown as { stringData: Record<string, string> }[];
    expect(first?.stringData).toEqual({ username: users[0]?.inputs.name, password: users[0]?.inputs.password, 'ca.crt': expect.stringMatching(/^(-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n){2}$/) });
    const [connection] = recording.result.connections;
    expect(connection).toMatchObject({ port: 3306, database: 'katib', secretName: 'katib' });
    expect(connection?.host).toBe(recording.result.made.host);
    const [peer] = connection?.egress.to ?? [];
    expect(await textOf(peer?.ipBlock?.cidr ?? '')).toBe(`${recording.one(RECORD).inputs.rrdatas[0]}/32`);
    expect(violations(recording)).toEqual([]);
  });

  it('makes no second user of who asks twice', async () => {
    const recording = await record(() => {
      const made = database();
      for (const scope of [chart(), chart()]) made.connect(scope, 'katib', { database: 'katib', serviceAccount: TRAINER });
    });
    expect(recording.ofType(USER)).toHaveLength(1);
  });

  it('names users as long as MySQL allows', async () => {
    const recording = await record(() => database().connect(chart(), 'long', { database: `a${'-b'.repeat(31)}`, serviceAccount: TRAINER }));
    const { name } = recording.one(USER).inputs;
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(name).toHaveLength(32);
  });

  it('keeps server, databases and backups, or lets them go', async () => {
    const connected = (args: Partial<Args>) => record(() => void database(args).connect(chart(), 'katib', { database: 'katib', serviceAccount: TRAINER }));
    const kept = await connected({});
    expect(kept.one(INSTANCE).inputs).toMatchObject({ deletionProtection: true, settings: { deletionProtectionEnabled: true, retainBackupsOnDelete: true, finalBackupConfig: { enabled: true, retentionDays: 30 } } });
    expect([kept.one(INSTANCE).options.protect, kept.one(DATABASE).options.protect]).toEqual([true, true]);
    const deleted = await connected(DELETE);
    expect(deleted.one(INSTANCE).inputs).toMatchObject({ deletionProtection: false, settings: { deletionProtectionEnabled: false, retainBackupsOnDelete: false, finalBackupConfig: { enabled: false } } });
    expect([deleted.one(INSTANCE).options.protect, deleted.one(DATABASE).options.protect]).toEqual([false, false]);
  });

  it('leaves what PostgreSQL would not give up to go with the server', async () => {
    const recording = await record(() => database({ engine: 'postgresql', ...DELETE }).connect(chart(), 'katib', { database: 'katib', serviceAccount: TRAINER }));
    expect([recording.one(USER).inputs.deletionPolicy, recording.one(DATABASE).inputs.deletionPolicy]).toEqual(['ABANDON', 'ABANDON']);
  });

  it('never shrinks a disk that has grown', async () => {
    const { inputs, options } = (await make({ storageGib: 50, maxStorageGib: 500 })).one(INSTANCE);
    expect(inputs.settings).toMatchObject({ diskSize: 50, diskAutoresize: true, diskAutoresizeLimit: 500 });
    expect((options as { ignoreChanges?: string[] }).ignoreChanges).toEqual(['settings.diskSize']);
  });

  it.each([
    ['db-custom-2-8192', 'ENTERPRISE'],
    ['db-g1-small', 'ENTERPRISE'],
    ['db-perf-optimized-N-8', 'ENTERPRISE_PLUS'],
  ])('takes %s of edition %s', async (tier, edition) => {
    expect((await make({ tier })).one(INSTANCE).inputs.settings).toMatchObject({ tier, edition });
  });

  it('is in a preview as far as it is known', async () => {
    const recording = await record(() => database().connect(chart(), 'katib', { database: 'katib', serviceAccount: TRAINER }), { preview: true });
    expect([recording.one(USER), recording.one(ZONE), recording.one(RECORD)]).toHaveLength(3);
    expect(recording.one(ZONE).inputs.visibility).toBe('private');
  });

  it.each<[Partial<Args>, RegExp]>([
    [{ tier: 'db-custom-3-8192' }, /database: tier is 'db-custom-3-8192'; expected 'db-custom-<vCPUs>-<MiB>'/],
    [{ tier: 'db-custom-2-8000' }, /multiple of 256 MiB/],
    [{ tier: 'db-custom-16-8192' }, /0.9 to 6.5 GiB/],
    [{ tier: 'db-perf-optimized-N-3' }, /db-perf-optimized-N/],
    [{ storageGib: 5 }, /database: storageGib is 5; expected a whole number from 10/],
    [{ maxStorageGib: 15 }, /database: maxStorageGib is 15; expected a whole number from 20/],
    [{ backups: 3 }, /database: backups is 3; expected a whole number from 7 to 365/],
    [{ region: 'europe-west4-a' }, /database: region is 'europe-west4-a'/],
    [{ engine: 'oracle' as 'mysql' }, /database: engine is 'oracle'; expected one of mysql, postgresql/],
  ])('refuses %p', (args, message) => expect(refusal(() => database(args))).resolves.toEqual(refused(message)));

  it('refuses a name that is too long for the project', () => {
    const longest = { project: `p${'-long'.repeat(5)}name` };
    return expect(refusal(() => database(longest, `d${'a'.repeat(58)}`))).resolves.toEqual(refused(/name is .* a database server in project/));
  });

  it.each(['mysql', 'Katib', 'a'.repeat(64), 'katib-', '1st'])('refuses the database %p', async (name) => {
    const { resources } = await record(() => {
      const made = database();
      expect(() => made.connect(chart(), 'a', { database: name, serviceAccount: TRAINER })).toThrow(/database is .* expected lower-case letters/);
    });
    expect(resources.filter(({ type }) => type === USER)).toEqual([]);
  });
});
