import * as pulumi from '@pulumi/pulumi';
import { Database, type DatabaseArgs } from '../../../../components/aws/data';
import { record, type Recording, violations } from '../../record';
import { chart, CLUSTER_GROUP, KEY, network, objectsOf, refusal, REGION, textOf } from '../data/parts';
import { RecordedRoles } from '../data/roles';
import { AUTHORITY } from './certificates';

const CLUSTER = 'aws:rds/cluster:Cluster';
const INSTANCE = 'aws:rds/instance:Instance';
const REQUEST = { database: 'katib', serviceAccount: { namespace: 'kubeflow', name: 'katib-db-manager' } };

function args(roles = new RecordedRoles()) {
  return { region: REGION, network: network(), clusterSecurityGroupId: CLUSTER_GROUP, keyArn: KEY, roles, caCertificates: AUTHORITY } as const;
}

function make(more: Partial<DatabaseArgs> & Pick<DatabaseArgs, 'engine'>, roles?: RecordedRoles, options?: { readonly preview?: boolean }): Promise<Recording<Database>> {
  return record(() => new Database('database', { ...args(roles), ...more } as DatabaseArgs), options);
}

function parameter(recording: Recording<unknown>, type: string, name: string): string {
  return recording.one(type).inputs.parameters.find((each: { readonly name: string }) => each.name === name)?.value;
}

describe.each([
  ['aurora-mysql', CLUSTER, 'aws:rds/clusterParameterGroup:ClusterParameterGroup', 'require_secure_transport', 'ON', 3306, '8.0', 'mysql'],
  ['mysql', INSTANCE, 'aws:rds/parameterGroup:ParameterGroup', 'require_secure_transport', '1', 3306, '8.4', 'mysql'],
  ['postgresql', INSTANCE, 'aws:rds/parameterGroup:ParameterGroup', 'rds.force_ssl', '1', 5432, '17', 'postgresql'],
] as const)('Database of %s', (engine, type, group, tls, on, port, version, sql) => {
  it('is private, encrypted with the key, refuses plain text, and lets in the cluster only', async () => {
    const recording = await make({ engine });
    expect(violations(recording)).toEqual([]);
    expect(recording.one(type).inputs).toMatchObject({ storageEncrypted: true, kmsKeyId: KEY, masterUserSecretKmsKeyId: KEY, iamDatabaseAuthenticationEnabled: true, engineVersion: version, port });
    expect(parameter(recording, group, tls)).toBe(on);
    expect(recording.one('aws:rds/subnetGroup:SubnetGroup').inputs.subnetIds).toEqual(['a', 'b', 'c'].map((zone) => `subnet-private-eu-central-1${zone}`));
    const rules = recording.ofType('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule').map(({ inputs }) => inputs);
    expect(rules.map((rule) => [rule.referencedSecurityGroupId, rule.fromPort, rule.toPort, rule.cidrIpv4])).toEqual([[CLUSTER_GROUP, port, port, undefined]]);
    expect([...recording.ofType('aws:rds/clusterInstance:ClusterInstance'), ...recording.ofType(INSTANCE)].every(({ inputs }) => inputs.publiclyAccessible === false)).toBe(true);
    expect(recording.result).toMatchObject({ engine: sql, version, port });
  });

  it('is kept with a last snapshot whose name nothing else has, unless it is told that it may go', async () => {
    const kept = (await make({ engine })).one(type);
    expect(kept.options.protect).toBe(true);
    expect(kept.inputs).toMatchObject({ deletionProtection: true, skipFinalSnapshot: false, deleteAutomatedBackups: false, backupRetentionPeriod: 14 });
    expect(kept.inputs.finalSnapshotIdentifier).toMatch(/^database-last-[0-9a-f]{8}$/);
    const recording = await make({ engine, retention: 'delete' });
    const gone = recording.one(type);
    expect(gone.options.protect).toBe(false);
    expect(gone.inputs).toMatchObject({ deletionProtection: false, skipFinalSnapshot: true, deleteAutomatedBackups: true });
    expect(gone.inputs.finalSnapshotIdentifier).toBeUndefined();
    expect(recording.one('aws:secretsmanager/secret:Secret').inputs.recoveryWindowInDays).toBe(0);
  });

  it('gets a generated password as a secret', async () => {
    const recording = await make({ engine, credentials: 'generated' });
    const { inputs, secret } = recording.one(type);
    expect(inputs.manageMasterUserPassword).toBeUndefined();
    expect(inputs.masterPassword ?? inputs.password).toMatch(/^[a-z0-9]{32}$/);
    expect(secret).toEqual([type === CLUSTER ? 'masterPassword' : 'password']);
    expect(recording.ofType('aws:secretsmanager/secret:Secret')).toEqual([]);
    expect(recording.result.secretArn).toBeUndefined();
  });

  it('can be previewed before anything is known', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ engine }, roles, { preview: true });
    expect(recording.result.connect(chart(), 'db', REQUEST)).toMatchObject({ port, database: 'katib' });
    expect(recording.ofType(type)).toHaveLength(1);
  });
});

describe('rotated credentials', () => {
  it('are read by exactly the ServiceAccount that connects, and by nothing but the secrets it needs', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ engine: 'aurora-mysql' }, roles);
    recording.result.connect(chart(), 'db', REQUEST);
    const secret = await recording.valueOf(recording.result.secretArn ?? pulumi.output(''));
    expect(secret).toMatch(/^arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!/);
    const [granted, ...others] = await roles.all();
    const authorities = recording.one('aws:secretsmanager/secretVersion:SecretVersion').inputs.secretId;
    expect(others).toEqual([]);
    expect(granted).toEqual({
      serviceAccount: 'kubeflow/katib-db-manager',
      id: 'database-db',
      statements: [
        { actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], resources: [secret, authorities] },
        {
          actions: ['kms:Decrypt'],
          resources: [KEY],
          conditions: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com', 'kms:EncryptionContext:SecretARN': [secret, authorities] } },
        },
      ],
    });
  });

  it('are mounted with the authorities, and no password stands in any object', async () => {
    const recording = await make({ engine: 'aurora-mysql' });
    const scope = chart();
    const { credentials, secretName, host, egress } = recording.result.connect(scope, 'db', REQUEST);
    const secret = await recording.valueOf(recording.result.secretArn ?? pulumi.output(''));
    const [provider, ...others] = await objectsOf(scope);
    expect(others).toEqual([]);
    expect(provider).toMatchObject({
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: { name: 'katib', namespace: 'kubeflow' },
      spec: {
        provider: 'aws',
        parameters: { region: REGION, usePodIdentity: 'true' },
        secretObjects: [{ secretName: 'katib', data: ['username', 'password', 'ca.crt'].map((key) => ({ objectName: key, key })) }],
      },
    });
    const objects = (provider?.spec as { readonly parameters: { readonly objects: string } } | undefined)?.parameters.objects ?? '';
    expect(objects).toContain(`objectName: "${secret}"`);
    expect(objects.match(/objectAlias: .+/g)?.map((alias) => alias.split(' ')[1]).sort()).toEqual(['ca.crt', 'credentials.json', 'password', 'username']);
    expect(credentials).toEqual({ name: 'katib', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'katib' } } });
    expect(secretName).toBe('katib');
    expect(await textOf(host)).toMatch(/\.cluster-c[a-z0-9]{11}\.eu-central-1\.rds\.amazonaws\.com$/);
    const [peer] = egress.to;
    expect([await textOf(peer?.ipBlock?.cidr ?? ''), egress.ports]).toEqual(['10.0.0.0/16', [3306]]);
    expect(recording.one('aws:secretsmanager/secretVersion:SecretVersion').inputs.secretString).toBe(AUTHORITY);
    expect(recording.one('aws:secretsmanager/secret:Secret').inputs).toMatchObject({ kmsKeyId: KEY, recoveryWindowInDays: 30 });
  });

  it('are asked for by token where the ServiceAccount has its role by annotation', async () => {
    const recording = await make({ engine: 'mysql' }, new RecordedRoles('arn:aws:iam::123456789012:role/katib'));
    const scope = chart();
    recording.result.connect(scope, 'db', REQUEST);
    const [provider] = await objectsOf(scope);
    expect(provider).toMatchObject({ spec: { parameters: { usePodIdentity: 'false' } } });
  });
});

describe('generated credentials', () => {
  it('are in a Secret with the authorities, and need no access to AWS', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ engine: 'postgresql', credentials: 'generated' }, roles);
    const scope = chart();
    const { credentials, identity } = recording.result.connect(scope, 'db', REQUEST);
    const [secret, ...others] = await objectsOf(scope);
    expect(others).toEqual([]);
    expect(secret).toMatchObject({ kind: 'Secret', metadata: { name: 'katib', namespace: 'kubeflow' }, stringData: { username: 'kubeflow', password: recording.one(INSTANCE).inputs.password, 'ca.crt': AUTHORITY } });
    expect(credentials.secret?.items?.map(({ path }) => path)).toEqual(['username', 'password', 'ca.crt']);
    expect(identity).toEqual({ serviceAccountAnnotations: {}, podLabels: {}, egress: [] });
    expect(await roles.all()).toEqual([]);
  });
});

it('stands by in other zones unless it is told not to', async () => {
  expect((await make({ engine: 'mysql' })).one(INSTANCE).inputs.multiAz).toBe(true);
  expect((await make({ engine: 'mysql', multiAz: false })).one(INSTANCE).inputs.multiAz).toBe(false);
  const aurora = await make({ engine: 'aurora-mysql' });
  expect(aurora.ofType('aws:rds/clusterInstance:ClusterInstance').map(({ inputs }) => inputs.instanceClass)).toEqual(['db.serverless', 'db.serverless']);
  expect(aurora.one(CLUSTER).inputs.serverlessv2ScalingConfiguration).toEqual({ minCapacity: 0.5, maxCapacity: 8 });
  const fixed = await make({ engine: 'aurora-mysql', instances: 1, instanceClass: 'db.r7g.large' });
  expect(fixed.ofType('aws:rds/clusterInstance:ClusterInstance')).toHaveLength(1);
  expect(fixed.one(CLUSTER).inputs.serverlessv2ScalingConfiguration).toBeUndefined();
});

describe('bad input', () => {
  it.each<[Partial<DatabaseArgs> & Pick<DatabaseArgs, 'engine'>, string]>([
    [{ engine: 'mysql', network: network(1) }, "database: network is [\"eu-central-1a\"]; expected private subnets in at least 2 zones"],
    [{ engine: 'mysql', backupDays: 0 }, 'database: backupDays is 0; expected a whole number from 1 to 35'],
    [{ engine: 'mysql', storageGib: 10 }, 'database: storageGib is 10; expected a whole number from 20 to 65536'],
    [{ engine: 'mysql', storageGib: 100, maxStorageGib: 105 }, 'database: maxStorageGib is 105; expected a whole number from 110 to 65536'],
    [{ engine: 'mysql', instanceClass: 'm7g.large' }, "database: instanceClass is 'm7g.large'; expected a class of instances such as 'db.r7g.large'"],
    [{ engine: 'aurora-mysql', instances: 17 }, 'database: instances is 17; expected a whole number from 1 to 16'],
    [{ engine: 'aurora-mysql', capacity: { min: 4, max: 2 } }, 'database: capacity is {"min":4,"max":2}; expected 0 to 256 in steps of 0.5'],
    [{ engine: 'aurora-mysql', capacity: { min: 0.3, max: 2 } }, 'in steps of 0.5'],
    [{ engine: 'aurora-mysql', capacity: { min: NaN, max: 2 } }, 'in steps of 0.5'],
    [{ engine: 'aurora-mysql', instanceClass: 'db.r7g.large', capacity: { min: 1, max: 2 } }, "expected none: 'db.r7g.large' has a fixed one"],
    [{ engine: 'mysql', region: 'eu' }, "database: region is 'eu'"],
    [{ engine: 'mysql', caCertificates: '' }, "database: caCertificates is ''; expected certificates in PEM"],
  ])('%j is refused, and nothing registered', async (bad, message) => {
    const { message: said, registered } = await refusal(() => new Database('database', { ...args(), ...bad } as DatabaseArgs));
    expect(said).toContain(message);
    expect(registered).toEqual([]);
  });

  it.each(['1db', 'db--x', 'Db', 'd'.repeat(56)])('the name %s is refused', (name) => {
    expect(() => new Database(name, { ...args(), engine: 'mysql' })).toThrow("expected lower-case letters, digits and single '-', a letter first, at most 55 characters");
  });

  it('a database that is no DNS label is refused', async () => {
    const { result } = await make({ engine: 'mysql' });
    expect(() => result.connect(chart(), 'db', { ...REQUEST, database: 'kfp_metadata' })).toThrow("database is 'kfp_metadata'; expected a DNS label");
  });
});
