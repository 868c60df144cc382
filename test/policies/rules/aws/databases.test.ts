import { check, messages, resource, unknown } from './subjects';

const INSTANCE = 'aws:rds/instance:Instance';
const CLUSTER = 'aws:rds/cluster:Cluster';
const CLUSTER_INSTANCE = 'aws:rds/clusterInstance:ClusterInstance';
const GLOBAL = 'aws:rds/globalCluster:GlobalCluster';

it.each([
  ['aws-rds-encryption', INSTANCE, {}, ['main: storageEncrypted = null']],
  ['aws-rds-encryption', INSTANCE, { storageEncrypted: null }, ['main: storageEncrypted = null']],
  ['aws-rds-encryption', INSTANCE, { storageEncrypted: false, replicateSourceDb: 'a' }, ['main: storageEncrypted = false']],
  ['aws-rds-encryption', INSTANCE, { storageEncrypted: 'on' }, ['main: storageEncrypted = "on"']],
  ['aws-rds-encryption', INSTANCE, { storageEncrypted: true }, []],
  ['aws-rds-encryption', INSTANCE, { replicateSourceDb: 'a' }, ['main? storageEncrypted']],
  ['aws-rds-encryption', INSTANCE, { snapshotIdentifier: 'a' }, ['main? storageEncrypted']],
  ['aws-rds-encryption', CLUSTER, {}, ['main: storageEncrypted = null']],
  ['aws-rds-encryption', CLUSTER, { engineMode: 'serverless' }, []],
  ['aws-rds-encryption', CLUSTER, { engineMode: 'provisioned' }, ['main: storageEncrypted = null']],
  ['aws-rds-encryption', GLOBAL, { sourceDbClusterIdentifier: 'a' }, ['main? storageEncrypted']],
  ['aws-rds-encryption', GLOBAL, { storageEncrypted: false }, ['main: storageEncrypted = false']],

  ['aws-rds-public-access', INSTANCE, { publiclyAccessible: true }, ['main: publiclyAccessible = true']],
  ['aws-rds-public-access', INSTANCE, { publiclyAccessible: 'yes' }, ['main: publiclyAccessible = "yes"']],
  ['aws-rds-public-access', CLUSTER_INSTANCE, { publiclyAccessible: true }, ['main: publiclyAccessible = true']],
  ['aws-rds-public-access', INSTANCE, { publiclyAccessible: null }, []],
  ['aws-rds-public-access', INSTANCE, { publiclyAccessible: false }, []],
  ['aws-rds-public-access', INSTANCE, {}, []],

  ['aws-rds-minor-upgrades', INSTANCE, { autoMinorVersionUpgrade: false }, ['main: autoMinorVersionUpgrade = false']],
  ['aws-rds-minor-upgrades', CLUSTER_INSTANCE, { autoMinorVersionUpgrade: 'no' }, ['main: autoMinorVersionUpgrade = "no"']],
  ['aws-rds-minor-upgrades', INSTANCE, { autoMinorVersionUpgrade: true }, []],
  ['aws-rds-minor-upgrades', INSTANCE, {}, []],

  ['aws-rds-multi-az', INSTANCE, {}, ['main: multiAz = null']],
  ['aws-rds-multi-az', INSTANCE, { multiAz: false }, ['main: multiAz = false']],
  ['aws-rds-multi-az', INSTANCE, { multiAz: true }, []],
])('%s of %s with %j: %j', (id, type, properties, expected) => {
  expect(check(id, resource(type, properties))).toEqual(expected);
});

it('names the database', () => {
  const bare = resource(INSTANCE, { publiclyAccessible: true, autoMinorVersionUpgrade: false });
  expect(messages('aws-rds-encryption', bare)).toEqual(["database 'main' is not encrypted"]);
  expect(messages('aws-rds-public-access', bare)).toEqual(["database 'main' has a public address"]);
  expect(messages('aws-rds-minor-upgrades', bare)).toEqual(["database 'main' takes no minor versions by itself"]);
  expect(messages('aws-rds-multi-az', bare)).toEqual(["database 'main' lives in one zone"]);
});

it('waits for what is not known yet', () => {
  expect(check('aws-rds-encryption', resource(INSTANCE, unknown({}, 'storageEncrypted')))).toEqual(['main? storageEncrypted']);
});
