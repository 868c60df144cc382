import type { CloudResource } from '../../../../policies';
import { check, controls, inPreview, open, resource, run, UNKNOWN } from './run';

describe('storage', () => {
  const bucket = (properties: object) => resource('gcp:storage/bucket:Bucket', { location: 'EU', ...properties });
  const acl = (type: string, properties: object) => resource(`gcp:storage/${type}`, { bucket: 'models', ...properties });

  it.each<[string, CloudResource, string[]]>([
    ['gcp-uniform-bucket-access', bucket({}), ["uniformBucketLevelAccess | null | bucket 'it' has access control lists on single objects"]],
    ['gcp-uniform-bucket-access', bucket({ uniformBucketLevelAccess: false }), ["uniformBucketLevelAccess | false | bucket 'it' has access control lists on single objects"]],
    ['gcp-uniform-bucket-access', bucket({ uniformBucketLevelAccess: 1 }), ["uniformBucketLevelAccess | 1 | bucket 'it' has access control lists on single objects"]],
    ['gcp-uniform-bucket-access', bucket({ uniformBucketLevelAccess: true }), []],
    ['gcp-public-access-prevention', bucket({}), ["publicAccessPrevention | null | bucket 'it' can be made public"]],
    ['gcp-public-access-prevention', bucket({ publicAccessPrevention: 'enforced' }), []],

    ['gcp-public-bucket-acl', acl('bucketACL:BucketACL', { roleEntities: ['OWNER:user-a@example.com', 'READER:allUsers'] }), ["roleEntities[1] | \"READER:allUsers\" | 'it' lets anyone on the internet into a storage bucket"]],
    ['gcp-public-bucket-acl', acl('bucketACL:BucketACL', { predefinedAcl: 'publicRead' }), ["predefinedAcl | \"publicRead\" | 'it' makes a storage bucket public"]],
    ['gcp-public-bucket-acl', acl('bucketACL:BucketACL', { defaultAcl: 'authenticatedRead' }), ["defaultAcl | \"authenticatedRead\" | 'it' makes a storage bucket public"]],
    ['gcp-public-bucket-acl', acl('bucketAccessControl:BucketAccessControl', { entity: 'allAuthenticatedUsers', role: 'READER' }), ["entity | \"allAuthenticatedUsers\" | 'it' lets anyone with a Google account into a storage bucket"]],
    ['gcp-public-bucket-acl', acl('defaultObjectAccessControl:DefaultObjectAccessControl', { entity: 'allUsers' }), ["entity | \"allUsers\" | 'it' lets anyone on the internet into a storage bucket"]],
    ['gcp-public-bucket-acl', acl('objectACL:ObjectACL', { roleEntities: ['READER:allUsers'] }), ["roleEntities[0] | \"READER:allUsers\" | 'it' lets anyone on the internet into a storage bucket"]],
    ['gcp-public-bucket-acl', acl('bucketACL:BucketACL', { predefinedAcl: 'projectPrivate', roleEntities: [null, 5] }), []],
    ['gcp-public-bucket-acl', acl('bucketAccessControl:BucketAccessControl', { entity: 'domain-example.com' }), []],
  ])('%s of %j: %j', (id, subject, expected) => {
    expect(check(id, subject)).toEqual(expected);
  });
});

describe('keys', () => {
  const key = (properties: object) => resource('gcp:kms/cryptoKey:CryptoKey', properties);
  const NEVER = ["rotationPeriod | null | key 'it' is never rotated"];
  const seldom = (period: unknown) => [`rotationPeriod | ${JSON.stringify(period)} | key 'it' is rotated every ${String(period)}, not within 90 days`];

  it.each<[CloudResource, string[]]>([
    [key({}), NEVER],
    [key({ rotationPeriod: null, purpose: 'ENCRYPT_DECRYPT' }), NEVER],
    [key({ rotationPeriod: '7776001s' }), seldom('7776001s')],
    [key({ rotationPeriod: '3600s' }), seldom('3600s')],
    [key({ rotationPeriod: 7_776_000 }), seldom(7_776_000)],
    [key({ rotationPeriod: 'soon' }), seldom('soon')],
    [key({ rotationPeriod: '7776000s' }), []],
    [key({ rotationPeriod: '7775999.5s' }), []],
    [key({ rotationPeriod: '90d' }), []],
    [key({ purpose: 'ASYMMETRIC_SIGN' }), []],
    [key({ purpose: 'MAC' }), []],
    [key({ importOnly: true }), []],
    [key({ versionTemplate: { protectionLevel: 'EXTERNAL_VPC' } }), []],
    [key({ versionTemplate: { protectionLevel: 'HSM' } }), NEVER],
  ])('are rotated: %j: %j', (subject, expected) => {
    expect(check('gcp-kms-key-rotation', subject)).toEqual(expected);
  });
});

describe('databases', () => {
  const database = (settings: unknown, properties: object = {}) => resource('gcp:sql/databaseInstance:DatabaseInstance', { databaseVersion: 'POSTGRES_16', settings, ...properties });
  const network = (ipConfiguration: unknown) => database({ ipConfiguration });
  const PLAIN = "database 'it' takes connections without TLS";
  const OPEN = "database 'it' answers the whole internet";
  const PUBLIC = "database 'it' has a public address";
  const REPLICA = { masterInstanceName: 'main' };

  it.each<[string, CloudResource, string[]]>([
    ['gcp-sql-tls', network({}), [`settings.ipConfiguration.sslMode | null | ${PLAIN}`]],
    ['gcp-sql-tls', database(null), [`settings.ipConfiguration.sslMode | null | ${PLAIN}`]],
    ['gcp-sql-tls', network({ sslMode: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED', requireSsl: true }), [`settings.ipConfiguration.sslMode | "ALLOW_UNENCRYPTED_AND_ENCRYPTED" | ${PLAIN}`]],
    ['gcp-sql-tls', network({ requireSsl: false }), [`settings.ipConfiguration.sslMode | null | ${PLAIN}`]],
    ['gcp-sql-tls', network({ sslMode: 'ENCRYPTED_ONLY' }), []],
    ['gcp-sql-tls', network({ sslMode: 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED' }), []],
    ['gcp-sql-tls', network({ requireSsl: true }), []],

    ['gcp-sql-open-to-internet', network({ authorizedNetworks: [{ value: '10.0.0.0/8' }, { value: '0.0.0.0/0' }] }), [`settings.ipConfiguration.authorizedNetworks[1].value | "0.0.0.0/0" | ${OPEN}`]],
    ['gcp-sql-open-to-internet', network({ authorizedNetworks: { value: '::/0' } }), [`settings.ipConfiguration.authorizedNetworks.value | "::/0" | ${OPEN}`]],
    ['gcp-sql-open-to-internet', network({ authorizedNetworks: [{ value: '203.0.113.0/24' }, null] }), []],
    ['gcp-sql-open-to-internet', network({}), []],

    ['gcp-sql-public-address', network({ ipv4Enabled: true }), [`settings.ipConfiguration.ipv4Enabled | true | ${PUBLIC}`]],
    ['gcp-sql-public-address', network({ privateNetwork: 'main' }), [`settings.ipConfiguration.ipv4Enabled | null | ${PUBLIC}`]],
    ['gcp-sql-public-address', database({ ipConfiguration: { ipv4Enabled: true } }, REPLICA), [`settings.ipConfiguration.ipv4Enabled | true | ${PUBLIC}`]],
    ['gcp-sql-public-address', network({ ipv4Enabled: false }), []],
    ['gcp-sql-public-address', database({}, REPLICA), []],

    ['gcp-sql-backups', database({}), ["settings.backupConfiguration.enabled | null | database 'it' is not backed up"]],
    ['gcp-sql-backups', database({ backupConfiguration: { enabled: false } }), ["settings.backupConfiguration.enabled | false | database 'it' is not backed up"]],
    ['gcp-sql-backups', database({ backupConfiguration: { enabled: true } }), []],
    ['gcp-sql-backups', database({}, REPLICA), []],
    ['gcp-sql-backups', database({}, { instanceType: 'READ_REPLICA_INSTANCE' }), []],
  ])('%s of %j: %j', (id, subject, expected) => {
    expect(check(id, subject)).toEqual(expected);
  });

  it('had a control of its own for a public address of PostgreSQL in 2.0.0', () => {
    const mine = (version: string) => run('gcp-sql-public-address', resource('gcp:sql/databaseInstance:DatabaseInstance', { databaseVersion: version })).findings.flatMap(({ controls: all }) => all);
    expect(mine('POSTGRES_16')).toContain('cis-gcp-2.0.0:6.2.9');
    expect(mine('MYSQL_8_0')).not.toContain('cis-gcp-2.0.0:6.2.9');
    expect(mine('MYSQL_8_0')).toContain('cis-gcp-2.0.0:6.6');
  });
});

describe('database flags', () => {
  const VERSIONS: Readonly<Record<string, string>> = { mysql: 'MYSQL_8_0', postgres: 'POSTGRES_16', sqlserver: 'SQLSERVER_2022_WEB' };
  const instance = (engine: string, databaseFlags: unknown, properties: object = {}) =>
    resource('gcp:sql/databaseInstance:DatabaseInstance', { databaseVersion: VERSIONS[engine], settings: { databaseFlags }, ...properties });

  /** By control: engine, flag, values that pass, values that do not, and whether it passes unset. */
  const FLAGS: readonly (readonly [string, string, string, readonly string[], readonly unknown[], boolean])[] = [
    ['6.1.2', 'mysql', 'skip_show_database', ['on', 'ON'], ['off', 5], false],
    ['6.1.3', 'mysql', 'local_infile', ['off'], ['on'], false],
    ['6.2.1', 'postgres', 'log_error_verbosity', ['default', 'verbose'], ['terse'], true],
    ['6.2.2', 'postgres', 'log_connections', ['on'], ['off'], false],
    ['6.2.3', 'postgres', 'log_disconnections', ['on'], ['off'], false],
    ['6.2.4', 'postgres', 'log_statement', ['ddl', 'mod', 'all'], ['none'], false],
    ['6.2.5', 'postgres', 'log_min_messages', ['warning', 'ERROR', 'log', 'fatal', 'panic'], ['notice', 'info', 'debug1', 'error6'], true],
    ['6.2.6', 'postgres', 'log_min_error_statement', ['error', 'warning', 'debug5'], ['log', 'fatal', 'panic'], true],
    ['6.2.7', 'postgres', 'log_min_duration_statement', ['-1'], ['0', '1000'], true],
    ['6.2.8', 'postgres', 'cloudsql.enable_pgaudit', ['on'], ['off'], false],
    ['6.3.1', 'sqlserver', 'external scripts enabled', ['off'], ['on'], true],
    ['6.3.2', 'sqlserver', 'cross db ownership chaining', ['off'], ['on'], true],
    ['6.3.3', 'sqlserver', 'user connections', ['0'], ['100'], true],
    ['6.3.4', 'sqlserver', 'user options', [], ['0', '4', null], true],
    ['6.3.5', 'sqlserver', 'remote access', ['off'], ['on'], false],
    ['6.3.6', 'sqlserver', '3625', ['on'], ['off'], false],
    ['6.3.7', 'sqlserver', 'contained database authentication', ['off'], ['on'], true],
  ];

  it.each(FLAGS)('%s: %s, %s', (control, engine, flag, good, bad, byDefault) => {
    const id = `gcp-${engine}-${flag.replace(/[ _.]/g, '-')}`;
    const set = (value: unknown) => instance(engine, [null, { name: 'other', value: 'x' }, { name: flag, value }]);
    for (const version of ['5.0.0', '4.0.0', '3.0.0', '2.0.0']) expect(controls(id, `cis-gcp-${version}:`)).toEqual([control]);
    for (const value of good) expect([value, check(id, set(value))]).toEqual([value, []]);
    for (const value of bad) {
      const shown = value ?? '';
      expect(check(id, set(value))).toEqual([`settings.databaseFlags[2].value | ${JSON.stringify(shown)} | database 'it' sets the flag '${flag}' to '${String(shown)}'`]);
    }
    const unset = byDefault ? [] : [`settings.databaseFlags | null | database 'it' does not set the flag '${flag}'`];
    expect(check(id, instance(engine, []))).toEqual(unset);
    expect(check(id, instance(engine, null))).toEqual(unset);
    const elsewhere = Object.keys(VERSIONS).filter((other) => other !== engine);
    for (const other of elsewhere) expect(check(id, instance(other, [{ name: flag, value: bad[0] }]))).toEqual([]);
  });

  it('are those of the primary where a replica does not state them', () => {
    const replica = instance('postgres', [], { masterInstanceName: 'main' });
    expect(check('gcp-postgres-log-connections', replica)).toEqual([]);
    expect(open('gcp-postgres-log-connections', replica)).toEqual(['settings.databaseFlags: not stated here; a replica starts with the flags of its primary']);
    expect(check('gcp-postgres-log-connections', instance('postgres', [{ name: 'log_connections', value: 'off' }], { masterInstanceName: 'main' }))).toHaveLength(1);
  });

  it('are undecided while they are not known yet', () => {
    const subject = inPreview('gcp:sql/databaseInstance:DatabaseInstance', { databaseVersion: 'POSTGRES_16', settings: { databaseFlags: UNKNOWN } });
    expect(open('gcp-postgres-log-connections', subject)).toEqual(['settings.databaseFlags: the value is not known yet']);
  });
});

describe('BigQuery', () => {
  const dataset = (properties: object, about: Partial<CloudResource> = {}) => resource('gcp:bigquery/dataset:Dataset', { datasetId: 'metrics', ...properties }, about);
  const table = (properties: object, about: Partial<CloudResource> = {}) => resource('gcp:bigquery/table:Table', { datasetId: 'metrics', tableId: 'runs', ...properties }, about);
  const KEYED = { defaultEncryptionConfiguration: { kmsKeyName: 'k' } };
  const PLAIN = "encryptionConfiguration.kmsKeyName | null | table 'it' is not encrypted with a key in Cloud KMS";

  it.each<[string, readonly CloudResource[], string[]]>([
    ['gcp-public-dataset-access', [dataset({ accesses: [{ role: 'OWNER', userByEmail: 'a@example.com' }, { role: 'READER', specialGroup: 'allAuthenticatedUsers' }] })], ["accesses[1].specialGroup | \"allAuthenticatedUsers\" | dataset 'it' lets anyone with a Google account in"]],
    ['gcp-public-dataset-access', [dataset({ accesses: [{ role: 'READER', iamMember: 'allUsers' }] })], ["accesses[0].iamMember | \"allUsers\" | dataset 'it' lets anyone on the internet in"]],
    ['gcp-public-dataset-access', [dataset({ accesses: [{ role: 'READER' }] })], ["accesses[0] | {\"role\":\"READER\"} | dataset 'it' gives a role without saying to whom"]],
    ['gcp-public-dataset-access', [resource('gcp:bigquery/datasetAccess:DatasetAccess', { role: 'READER', specialGroup: 'allAuthenticatedUsers' })], ["specialGroup | \"allAuthenticatedUsers\" | dataset 'it' lets anyone with a Google account in"]],
    ['gcp-public-dataset-access', [dataset({ accesses: [{ role: 'READER', specialGroup: 'projectReaders' }, { role: 'READER', domain: 'example.com' }, { view: {} }, null] })], []],
    ['gcp-public-dataset-access', [dataset({})], []],

    ['gcp-dataset-encryption', [dataset({})], ["defaultEncryptionConfiguration.kmsKeyName | null | dataset 'it' has no default key in Cloud KMS"]],
    ['gcp-dataset-encryption', [dataset(KEYED)], []],

    ['gcp-table-encryption', [table({})], [PLAIN]],
    ['gcp-table-encryption', [table({}), dataset({})], [PLAIN]],
    ['gcp-table-encryption', [table({ encryptionConfiguration: { kmsKeyName: 'k' } })], []],
    ['gcp-table-encryption', [table({}), dataset(KEYED)], []],
    ['gcp-table-encryption', [table({ datasetId: 'other' }), dataset(KEYED)], [PLAIN]],
    ['gcp-table-encryption', [table({ datasetId: null }, { dependencies: { datasetId: ['urn:pulumi:test::project::gcp:bigquery/dataset:Dataset::metrics'] } }), dataset(KEYED, { urn: 'urn:pulumi:test::project::gcp:bigquery/dataset:Dataset::metrics' })], []],
    ['gcp-table-encryption', [table({ view: { query: 'select 1' } })], []],
    ['gcp-table-encryption', [table({ externalDataConfiguration: {} })], []],
  ])('%s of %j: %j', (id, subjects, expected) => {
    expect(check(id, ...subjects)).toEqual(expected);
  });

  it('leaves a table undecided while its dataset is not known', () => {
    const OPEN = ['encryptionConfiguration.kmsKeyName: it is not known in which dataset the table is, and which key that has'];
    const unknown = inPreview('gcp:bigquery/table:Table', { datasetId: UNKNOWN });
    const unnamed = inPreview('gcp:bigquery/dataset:Dataset', { datasetId: UNKNOWN, ...KEYED });
    expect(open('gcp-table-encryption', inPreview('gcp:bigquery/table:Table', { datasetId: UNKNOWN, encryptionConfiguration: { kmsKeyName: 'k' } }))).toEqual([]);
    for (const subjects of [[unknown], [unknown, dataset({})], [table({}), unnamed]]) {
      expect(check('gcp-table-encryption', ...subjects)).toEqual([]);
      expect(open('gcp-table-encryption', ...subjects)).toEqual(OPEN);
    }
  });
});
