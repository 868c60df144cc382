import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { protectedBy } from '../../retention';
import type { AuroraArgs, RdsArgs } from './args';
import { SERVERLESS, STORAGE_GIB } from './checks';
import { CERTIFICATE_AUTHORITY, ENGINES, MASTER_USERNAME } from './engines';

/** What a server is made with, whichever engine it has. */
export interface ServerParts {
  readonly parent: pulumi.Resource;
  readonly subnetGroupName: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** The password, if it is not left to RDS. */
  readonly password?: pulumi.Input<string>;
  /** Name of the last snapshot. @default none is made */
  readonly finalSnapshot?: pulumi.Input<string>;
}

/** A server as its clients know it. */
export interface MadeServer {
  readonly host: pulumi.Output<string>;
  /** Secret RDS keeps the password in. Only where it does. */
  readonly secretArn: pulumi.Output<string>;
}

/** A cluster of Aurora. */
export function auroraCluster(name: string, args: AuroraArgs, parts: ServerParts): MadeServer {
  const { instances = 2, instanceClass = SERVERLESS, capacity = { min: 0.5, max: 8 }, retention = 'keep' } = args;
  const engine = ENGINES[args.engine];
  const { parent } = parts;
  const parameters = new aws.rds.ClusterParameterGroup(name, { family: engine.family, description: `Parameters of '${name}'`, parameters: [...engine.parameters] }, { parent });
  const cluster = new aws.rds.Cluster(
    name,
    {
      ...common(args, parts),
      dbClusterParameterGroupName: parameters.name,
      masterUsername: MASTER_USERNAME,
      ...(parts.password === undefined ? {} : { masterPassword: parts.password }),
      preferredBackupWindow: BACKUP_WINDOW,
      preferredMaintenanceWindow: MAINTENANCE_WINDOW,
      ...(instanceClass === SERVERLESS && { serverlessv2ScalingConfiguration: { minCapacity: capacity.min, maxCapacity: capacity.max } }),
    },
    protectedBy(retention, parent),
  );
  const members = Array.from(
    { length: instances },
    (_, index) =>
      new aws.rds.ClusterInstance(
        `${name}-${index}`,
        {
          clusterIdentifier: cluster.id,
          engine: engine.name,
          instanceClass,
          dbSubnetGroupName: parts.subnetGroupName,
          publiclyAccessible: false,
          autoMinorVersionUpgrade: true,
          caCertIdentifier: CERTIFICATE_AUTHORITY,
          copyTagsToSnapshot: true,
        },
        { parent },
      ),
  );
  // Nobody is told the address before something answers there.
  const host = pulumi.all([cluster.endpoint, pulumi.all(members.map((member) => member.id))]).apply(([endpoint]) => endpoint);
  return { host, secretArn: cluster.masterUserSecrets.apply(secretArn) };
}

/** An instance of RDS, with its standby. */
export function rdsInstance(name: string, args: RdsArgs, parts: ServerParts): MadeServer {
  const { instanceClass = 'db.m7g.large', storageGib = 50, maxStorageGib = Math.min(storageGib * 4, STORAGE_GIB.most), multiAz = true, retention = 'keep' } = args;
  const engine = ENGINES[args.engine];
  const { parent } = parts;
  const parameters = new aws.rds.ParameterGroup(name, { family: engine.family, description: `Parameters of '${name}'`, parameters: [...engine.parameters] }, { parent });
  const instance = new aws.rds.Instance(
    name,
    {
      ...common(args, parts),
      instanceClass,
      multiAz,
      parameterGroupName: parameters.name,
      username: MASTER_USERNAME,
      ...(parts.password === undefined ? {} : { password: parts.password }),
      storageType: 'gp3',
      allocatedStorage: storageGib,
      maxAllocatedStorage: maxStorageGib,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      caCertIdentifier: CERTIFICATE_AUTHORITY,
      backupWindow: BACKUP_WINDOW,
      maintenanceWindow: MAINTENANCE_WINDOW,
    },
    protectedBy(retention, parent),
  );
  return { host: instance.address, secretArn: instance.masterUserSecrets.apply(secretArn) };
}

/** In UTC, when few people work. */
const BACKUP_WINDOW = '02:00-03:00';
const MAINTENANCE_WINDOW = 'sun:03:30-sun:04:30';

/** What clusters and instances are told in the same words. */
function common(args: AuroraArgs | RdsArgs, { subnetGroupName, securityGroupId, password, finalSnapshot }: ServerParts) {
  const { keyArn, backupDays = 14, retention = 'keep' } = args;
  const { name, version, logs, port } = ENGINES[args.engine];
  return {
    engine: name,
    engineVersion: version,
    port,
    dbSubnetGroupName: subnetGroupName,
    vpcSecurityGroupIds: [securityGroupId],
    storageEncrypted: true,
    kmsKeyId: keyArn,
    iamDatabaseAuthenticationEnabled: true,
    enabledCloudwatchLogsExports: [...logs],
    ...(password === undefined && { manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn }),
    backupRetentionPeriod: backupDays,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: retention === 'delete',
    deletionProtection: retention === 'keep',
    skipFinalSnapshot: finalSnapshot === undefined,
    ...(finalSnapshot !== undefined && { finalSnapshotIdentifier: finalSnapshot }),
    applyImmediately: retention === 'delete',
  };
}

function secretArn(secrets: readonly { readonly secretArn: string }[] | undefined): string {
  return secrets?.[0]?.secretArn ?? '';
}
