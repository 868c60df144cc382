import { createHash, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import * as pulumi from '@pulumi/pulumi';
import { Testing } from 'cdk8s';
import { assumedServerLookups, AZURE_DATABASE_ROOTS, Database, existingDatabase, liveServerLookups, type DatabaseArgs, type FoundServer } from '../../../../components/azure/database';
import { hasToken } from '../../../../constructs/core';
import { record, type Recorded, violations } from '../../record';
import { chart, key, network, promise, Provider, refusalOf, resolved } from '../data/parts';

const MYSQL = 'azure-native:dbformysql:Server';
const POSTGRESQL = 'azure-native:dbforpostgresql:Server';
const LOCK = 'azure-native:authorization:ManagementLockByScope';
const request = { database: 'katib', serviceAccount: { namespace: 'kubeflow', name: 'katib-db-manager' } };
const postgresql = { engine: 'postgresql', subnetId: '/subnets/postgresql' } as const;

function database(args: Partial<DatabaseArgs> = {}, name = 'database') {
  return new Database(name, { network: network(), ...args });
}

function dependencies(resource: Pick<Recorded, 'options'> | undefined): readonly pulumi.Resource[] {
  const { dependsOn } = resource?.options ?? {};
  return Array.isArray(dependsOn) ? (dependsOn as pulumi.Resource[]) : [];
}

test('the server is inside the network, and nowhere else', async () => {
  const recording = await record(() => database());
  const { inputs } = recording.one(MYSQL);
  expect(inputs).toMatchObject({ version: '8.4', network: { delegatedSubnetResourceId: expect.stringMatching(/subnets\/mysql$/), publicNetworkAccess: 'Disabled' }, highAvailability: { mode: 'ZoneRedundant' }, storage: { autoGrow: 'Enabled' } });
  const zone = recording.one('azure-native:privatedns:PrivateZone');
  expect(zone.inputs.privateZoneName).toBe('database.private.mysql.database.azure.com');
  expect(inputs.network.privateDnsZoneResourceId).toMatch(/privateDnsZones\/database\.private\.mysql\.database\.azure\.com$/);
  // Without the link, Azure refuses to make the server.
  expect(await Promise.all(dependencies(recording.one(MYSQL)).map(({ urn }) => promise(urn)))).toEqual([expect.stringContaining('VirtualNetworkLink')]);
  expect(violations(recording)).toEqual([]);
});

test('connections without TLS are refused, and parameters are set one after the other', async () => {
  const recording = await record(() => database());
  const parameters = recording.ofType('azure-native:dbformysql:Configuration');
  expect(Object.fromEntries(parameters.map(({ inputs }) => [inputs.configurationName, inputs.value]))).toMatchObject({ require_secure_transport: 'ON', tls_version: 'TLSv1.2,TLSv1.3', audit_log_enabled: 'ON' });
  const befores = await Promise.all(parameters.map(async ({ options }) => promise(dependencies({ options })[0]?.urn ?? '')));
  expect(befores.map((urn) => urn.split('::').at(-1))).toEqual(['database', ...parameters.slice(0, -1).map(({ name }) => name)]);
});

test('PostgreSQL is as well guarded', async () => {
  const recording = await record(() => database({ ...postgresql, key }));
  expect(recording.one(POSTGRESQL).inputs).toMatchObject({
    version: '17',
    network: { delegatedSubnetResourceId: '/subnets/postgresql', publicNetworkAccess: 'Disabled' },
    authConfig: { passwordAuth: 'Enabled', activeDirectoryAuth: 'Disabled' },
    identity: { type: 'UserAssigned', userAssignedIdentities: { [String(key.identityId)]: {} } },
    dataEncryption: { type: 'AzureKeyVault', primaryKeyURI: key.keyUriWithVersion },
  });
  expect(recording.one('azure-native:privatedns:PrivateZone').inputs.privateZoneName).toBe('database.private.postgres.database.azure.com');
  expect(violations(recording)).toEqual([]);
});

test('keys encrypt data here, and backups in the paired region', async () => {
  const geoBackupKey = { ...key, keyUriWithVersion: 'https://paired.vault.azure.net/keys/backup/1', identityId: '/identities/paired' };
  const recording = await record(() => database({ key, geoRedundantBackup: true, geoBackupKey }));
  expect(recording.one(MYSQL).inputs).toMatchObject({
    backup: { geoRedundantBackup: 'Enabled' },
    identity: { userAssignedIdentities: [key.identityId, '/identities/paired'] },
    dataEncryption: { primaryKeyURI: key.keyUriWithVersion, primaryUserAssignedIdentityId: key.identityId, geoBackupKeyURI: 'https://paired.vault.azure.net/keys/backup/1', geoBackupUserAssignedIdentityId: '/identities/paired' },
  });
});

describe('retention', () => {
  test('keep: a lock in Azure and Pulumi itself refuse to delete the server', async () => {
    const recording = await record(() => database());
    expect(recording.one(MYSQL).options.protect).toBe(true);
    expect(recording.one(LOCK).inputs).toMatchObject({ level: 'CanNotDelete', scope: await promise(recording.result.serverId) });
  });

  test('delete: nothing stands in the way', async () => {
    const recording = await record(() => database({ retention: 'delete' }));
    expect(recording.one(MYSQL).options.protect).toBe(false);
    expect(recording.ofType(LOCK)).toEqual([]);
    expect(violations(recording)).toEqual([]);
  });
});

describe('connecting', () => {
  test('pods are told where the server is, whom to trust and who they are, in a Secret whose values are known at deploy time', async () => {
    const { result, ofType, one } = await record(async () => {
      const scope = chart();
      const connection = database({ subnetCidr: '10.0.64.0/24' }).connect(scope, 'katib', request);
      const [secret] = Testing.synth(scope);
      const values = Object.fromEntries(await Promise.all(Object.entries<string>(secret.stringData).map(async ([name, value]) => [name, await resolved(value)] as const)));
      return { connection, secret, values, host: await resolved(connection.host), inConnection: await resolved(connection.database) };
    });
    expect(result.secret.metadata).toMatchObject({ name: 'katib', namespace: 'kubeflow' });
    expect(result.values).toMatchObject({ username: 'kubeflow', host: result.host, port: '3306', database: 'katib' });
    expect(result.values['password']).toMatch(/^[0-9a-f]{32}$/);
    expect(hasToken(result.secret.stringData.password)).toBe(true);
    expect(result.host).toMatch(/^database[0-9a-f]{8}\.mysql\.database\.azure\.com$/);
    expect(result.inConnection).toBe('katib');
    expect(result.connection).toMatchObject({ port: 3306, secretName: 'katib', credentials: { secret: { secretName: 'katib' } }, egress: { to: [{ ipBlock: { cidr: '10.0.64.0/24' } }], ports: [3306] } });
    expect(one('azure-native:dbformysql:Database').inputs).toMatchObject({ databaseName: 'katib', charset: 'utf8mb4' });
    expect(ofType(MYSQL)[0]?.secret).toEqual(['administratorLoginPassword']);
  });

  test('the certificates are roots that Azure names, and CAs', async () => {
    const { result } = await record(() => {
      const scope = chart();
      database().connect(scope, 'katib', request);
      return String(Testing.synth(scope)[0].stringData['ca.crt']);
    });
    const certificates = (result.match(/-----BEGIN[\s\S]+?END CERTIFICATE-----/g) ?? []).map((pem) => new X509Certificate(pem));
    expect(certificates.every(({ ca }) => ca)).toBe(true);
    expect(certificates.map(({ subject }) => /CN=(.*)$/m.exec(subject)?.[1]).slice(0, 2)).toEqual(['DigiCert Global Root G2', 'Microsoft RSA Root Certificate Authority 2017']);
    const known = AZURE_DATABASE_ROOTS.map(({ fingerprint }) => fingerprint.replaceAll(':', '').toLowerCase());
    for (const { raw } of certificates) expect(known).toContain(createHash('sha256').update(raw).digest('hex'));
  });

  test('two consumers of one database have one database, and databases are made one after the other', async () => {
    const recording = await record(() => {
      const sql = database();
      sql.connect(chart(), 'a', request);
      sql.connect(chart(), 'b', { ...request, serviceAccount: { namespace: 'other', name: 'x' } });
      sql.connect(chart(), 'c', { ...request, database: 'pipelines' });
    });
    const made = recording.ofType('azure-native:dbformysql:Database');
    expect(made.map(({ inputs }) => inputs.databaseName)).toEqual(['katib', 'pipelines']);
    expect(await promise(dependencies(made[1])[0]?.urn ?? '')).toMatch(/::database-katib$/);
  });

  test('a name with underscores, which no Secret may have, names a Secret with hyphens', async () => {
    const recording = await record(() => database().connect(chart(), 'x', { ...request, database: 'speech_lab' }).secretName);
    expect(recording.one('azure-native:dbformysql:Database').inputs['databaseName']).toBe('speech_lab');
    expect(recording.result).toBe('speech-lab');
  });

  test.each(['mysql', 'sys', 'Katib', 'a_', '1a', 'x'.repeat(64)])('the database %j is refused', async (name) => {
    expect((await refusalOf(() => database().connect(chart(), 'x', { ...request, database: name }))).message).toMatch(/database: database is/);
  });

  test('a preview does not know host and password', async () => {
    const { result } = await record(async () => {
      const connection = database().connect(chart(), 'katib', request);
      return `${await resolved(connection.host)} ${connection.port}`;
    }, { preview: true });
    expect(result).toBe('? 3306');
  });
});

test('another generation is another password', async () => {
  const keepers = async (passwordGeneration: number) => (await record(() => database({ passwordGeneration }))).one('random:index/randomPassword:RandomPassword').inputs.keepers;
  expect(await keepers(1)).not.toEqual(await keepers(2));
});

test.each([
  [{ version: '5.7' }, /version is '5.7'; expected a version of mysql: 8.4, 8.0.21/],
  [{ version: '17' }, /version of mysql/],
  [{ engine: 'postgresql' }, /subnetId is undefined; expected a subnet delegated to Microsoft.DBforPostgreSQL/],
  [{ ...postgresql, storageGb: 100 }, /storageGb is 100; expected a power of two/],
  [{ ...postgresql, backupRetentionDays: 6 }, /backupRetentionDays is 6; expected a whole number from 7 to 35/],
  [{ backupRetentionDays: 36 }, /from 1 to 35/],
  [{ storageGb: 19 }, /storageGb is 19/],
  [{ sku: 'db.t3.micro' }, /sku is 'db.t3.micro'; expected a size of the families B, D or E/],
  [{ sku: 'Standard_B1ms' }, /highAvailability is 'zone-redundant'; expected 'none' with the burstable size/],
  [{ geoRedundantBackup: true, key }, /geoBackupKey is undefined; expected a key in the paired region/],
  [{ geoBackupKey: key }, /geoBackupKey is 'a key'; expected none unless/],
  [{ administratorLogin: 'Admin' }, /administratorLogin is 'Admin'/],
  [{ ...postgresql, administratorLogin: 'pg_me' }, /administratorLogin/],
  [{ serverName: 'ab' }, /serverName is 'ab'; expected 3 to 63/],
  [{ serverName: 'Upper' }, /serverName/],
  [{ subnetCidr: '10.0.0.7/24' }, /subnetCidr is '10.0.0.7\/24'; expected an IPv4 range/],
  [{ subnetCidr: 'nowhere' }, /subnetCidr/],
  [{ passwordGeneration: 0 }, /passwordGeneration is 0/],
  [{ caCertificates: 'none' }, /caCertificates is 'none'; expected CA certificates in PEM/],
  [{ caCertificates: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }, /caCertificates/],
] satisfies [Partial<DatabaseArgs>, RegExp][])('%j is refused before anything is registered', async (args, message) => {
  const refusal = await refusalOf(() => database(args));
  expect(refusal.message).toMatch(message);
  expect(refusal.registered).toEqual([]);
});

test('certificates that are given take the place of the roots', async () => {
  const [first = ''] = rootCertificates;
  const { result } = await record(() => {
    const scope = chart();
    database({ caCertificates: `# ours\n${first}` }).connect(scope, 'katib', request);
    return String(Testing.synth(scope)[0].stringData['ca.crt']).trim();
  });
  expect(result).toBe(first.trim());
});

describe('a server that exists', () => {
  const given = { engine: 'mysql', resourceGroup: 'data', serverName: 'team', administratorLogin: 'dba' } as const;
  const fine: FoundServer = { host: 'team.mysql.database.azure.com', version: '8.4', state: 'Ready', publicNetworkAccess: false, secureTransport: true };
  const attempt = (found: FoundServer | undefined) => refusalOf(() => existingDatabase({ server: async () => found }, { ...given, administratorPassword: pulumi.secret('secret') }));

  test('is connected to, and gets a database that stays', async () => {
    const recording = await record(async () => {
      const sql = await existingDatabase(liveServerLookups(new Provider()), { ...given, administratorPassword: pulumi.secret('secret') });
      const scope = chart();
      const connection = sql.connect(scope, 'katib', request);
      const [secret] = Testing.synth(scope);
      return { version: sql.version, host: await resolved(connection.host), password: await resolved(secret.stringData.password) };
    });
    expect(recording.result).toEqual({ version: '8.0.21', host: 'team.mysql.database.azure.com', password: 'secret' });
    expect(recording.one('azure-native:dbformysql:Database').inputs).toMatchObject({ resourceGroupName: 'data', serverName: 'team', databaseName: 'katib' });
    expect(recording.one('azure-native:dbformysql:Database').options.protect).toBe(true);
    expect(recording.ofType(MYSQL)).toEqual([]);
  });

  test.each([
    [undefined, /serverName is 'team'; expected a flexible server for mysql in the resource group 'data'/],
    [{ ...fine, state: 'Stopped' }, /this one is Stopped/],
    [{ ...fine, publicNetworkAccess: true }, /without public network access/],
    [{ ...fine, secureTransport: false }, /require_secure_transport is on/],
    [{ ...fine, version: '5.7' }, /this one has 5.7/],
  ])('%j is refused', async (found, message) => {
    expect((await attempt(found)).message).toMatch(message);
  });

  test('errors of Azure that do not say it is missing are passed on', async () => {
    const { message } = await refusalOf(() => existingDatabase(liveServerLookups(new Provider()), { ...given, serverName: 'forbidden', administratorPassword: pulumi.secret('x') }));
    expect(message).toMatch(/AuthorizationFailed/);
  });

  test('is taken to be fine offline', async () => {
    const { result } = await record(async () => (await existingDatabase(assumedServerLookups(), { ...given, administratorPassword: pulumi.secret('x') })).version);
    expect(result).toBe('8.4');
  });
});
