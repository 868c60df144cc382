import { assumedDatabases, existingDatabase, liveDatabases } from '../../../../components/gcp/data';
import { record } from '../../record';
import { chart, network, objectsOf, PLACE, provider, refusal, refused, textOf, TRAINER } from '../data/parts';

const find = (instance: string, more: { readonly named?: boolean } = {}) => existingDatabase(liveDatabases(provider(), PLACE.project), 'database', { instance, engine: 'mysql', network: network(), ...more });

describe('existingDatabase', () => {
  it('makes databases and users on a server that is there, and its name known to the VPC', async () => {
    const scope = chart();
    const recording = await record(async () => {
      const found = await find('shared');
      const connection = found.connect(scope, 'katib', { database: 'katib', serviceAccount: TRAINER });
      return { found, connection, secrets: objectsOf(scope) };
    });
    const { found, connection, secrets } = recording.result;
    expect(found).toMatchObject({ engine: 'mysql', version: '8.4', port: 3306 });
    expect(await textOf(found.host)).toMatch(/\.sql-psa\.goog$/);
    expect(recording.one('gcp:dns/recordSet:RecordSet').inputs.rrdatas).toEqual(['10.9.0.7']);
    expect(recording.one('gcp:sql/user:User').inputs.instance).toBe('shared');
    expect(recording.one('gcp:sql/database:Database').options.protect).toBe(true);
    expect(await textOf(connection.egress.to[0]?.ipBlock?.cidr ?? '')).toBe('10.9.0.7/32');
    expect(JSON.stringify(await secrets)).toContain('BEGIN CERTIFICATE');
    expect(recording.ofType('gcp:sql/databaseInstance:DatabaseInstance')).toEqual([]);
  });

  it('makes no zone where the VPC knows the name', async () => {
    const recording = await record(() => find('shared', { named: true }));
    expect(recording.ofType('gcp:dns/managedZone:ManagedZone')).toEqual([]);
    expect(recording.result.host).toMatch(/\.europe-west4\.sql-psa\.goog$/);
  });

  it('takes it for granted without an account', async () => {
    const { result } = await record(() => existingDatabase(assumedDatabases(PLACE.project, 'postgresql'), 'database', { instance: 'anything', engine: 'postgresql', network: network() }));
    expect(result).toMatchObject({ engine: 'postgresql', version: '17', port: 5432 });
  });

  it.each([
    ['nowhere', /database: instance is 'nowhere'; expected a server that project 'my-project' has/],
    ['postgres', /expected a server of mysql; this one is POSTGRES_16/],
    ['replica', /expected a primary server/],
    ['public', /private address by private services access/],
    ['plain-text', /sslMode ENCRYPTED_ONLY, not ALLOW_UNENCRYPTED_AND_ENCRYPTED: it takes connections without TLS/],
    ['client-certificates', /consumers have passwords, and no certificates/],
    ['own-authority', /serverCaMode GOOGLE_MANAGED_CAS_CA or CUSTOMER_MANAGED_CAS_CA, not GOOGLE_MANAGED_INTERNAL_CA/],
    ['nameless', /states a name of for private services access/],
  ])('refuses %s', (instance, message) => expect(refusal(() => find(instance))).resolves.toEqual(refused(message)));
});
