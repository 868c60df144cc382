import type { ResourcePolicy } from '../../engine/policy';
import { example } from '../cloud/example';
import { inputPolicy } from '../cloud/input-policy';
import { input, isOff, isOn } from '../cloud/inputs';
import { RDS_ENCRYPTION, RDS_MINOR_UPGRADES, RDS_MULTI_AZ, RDS_PUBLIC_ACCESS } from './controls';

export const INSTANCE = 'aws:rds/instance:Instance';
export const CLUSTER = 'aws:rds/cluster:Cluster';
const CLUSTER_INSTANCE = 'aws:rds/clusterInstance:ClusterInstance';
const GLOBAL_CLUSTER = 'aws:rds/globalCluster:GlobalCluster';

/** Inputs by which a database is made of another one, whose encryption it takes over if it states none. */
const MADE_FROM = ['replicateSourceDb', 'replicationSourceIdentifier', 'snapshotIdentifier', 'restoreToPointInTime', 'sourceDbClusterIdentifier'];

const storageEncryption: ResourcePolicy = {
  id: 'aws-rds-encryption',
  title: 'RDS databases are encrypted',
  severity: 'high',
  enforcement: 'mandatory',
  controls: RDS_ENCRYPTION,
  rationale: 'Encryption keeps data, backups, replicas and snapshots unreadable to whoever gets at the storage without the key. It cannot be switched on later without a copy of the database.',
  remediation: 'Set storageEncrypted to true, and kmsKeyId to a key of your own where access to the key must be controlled.',
  examples: {
    fails: example(INSTANCE, { engine: 'postgres', instanceClass: 'db.t4g.medium' }),
    passes: [example(INSTANCE, { engine: 'postgres', storageEncrypted: true }), example(CLUSTER, { engine: 'aurora-mysql', engineMode: 'serverless' })],
  },
  resourceTypes: [INSTANCE, CLUSTER, GLOBAL_CLUSTER],
  check(database, report) {
    const path = ['storageEncrypted'];
    const value = input(database, ...path);
    // Aurora Serverless v1 knows no other way.
    if (isOn(value) || input(database, 'engineMode') === 'serverless') return;
    const source = value === undefined ? MADE_FROM.find((field) => input(database, field) !== undefined) : undefined;
    if (source !== undefined) report.undecided({ path, reason: `is that of the database named by ${source}` });
    else report.finding({ path, found: value, message: `database '${database.name}' is not encrypted`, fix: true });
  },
};

const publicAccess = inputPolicy({
  id: 'aws-rds-public-access',
  title: 'RDS databases are not reachable from the internet',
  severity: 'critical',
  controls: RDS_PUBLIC_ACCESS,
  rationale: 'A database with a public address can be tried by anyone: only its passwords and its own flaws stand between it and the world. A cluster in the same network reaches it privately.',
  remediation: 'Set publiclyAccessible to false, or leave it out.',
  examples: { fails: example(INSTANCE, { engine: 'postgres', publiclyAccessible: true }), passes: example(INSTANCE, { engine: 'postgres' }) },
  resourceTypes: [INSTANCE, CLUSTER_INSTANCE],
  path: ['publiclyAccessible'],
  meets: (value) => value === undefined || isOff(value),
  noun: 'database',
  problem: 'has a public address',
  fix: false,
});

const minorUpgrades = inputPolicy({
  id: 'aws-rds-minor-upgrades',
  title: 'RDS databases take minor versions by themselves',
  severity: 'medium',
  controls: RDS_MINOR_UPGRADES,
  rationale: 'Minor versions bring security fixes without breaking clients. Unless they are refused, RDS installs them in the maintenance window.',
  remediation: 'Set autoMinorVersionUpgrade to true, or leave it out.',
  examples: { fails: example(INSTANCE, { engine: 'postgres', autoMinorVersionUpgrade: false }), passes: example(INSTANCE, { engine: 'postgres' }) },
  resourceTypes: [INSTANCE, CLUSTER_INSTANCE, CLUSTER],
  path: ['autoMinorVersionUpgrade'],
  meets: (value) => value === undefined || isOn(value),
  noun: 'database',
  problem: 'takes no minor versions by itself',
  fix: true,
});

const multiAz = inputPolicy({
  id: 'aws-rds-multi-az',
  title: 'RDS databases have a standby in another zone',
  severity: 'low',
  enforcement: 'advisory',
  controls: RDS_MULTI_AZ,
  rationale: 'A database in one zone is gone while that zone is. With a standby in another one, RDS fails over by itself.',
  remediation: 'Set multiAz to true.',
  examples: { fails: example(INSTANCE, { engine: 'postgres' }), passes: example(INSTANCE, { engine: 'postgres', multiAz: true }) },
  resourceTypes: [INSTANCE],
  path: ['multiAz'],
  meets: isOn,
  noun: 'database',
  problem: 'lives in one zone',
  fix: true,
});

/** What the benchmark says of RDS. */
export const DATABASES: readonly ResourcePolicy[] = [storageEncryption, publicAccess, minorUpgrades, multiAz];
