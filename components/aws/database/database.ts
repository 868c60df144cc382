import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import type { Construct } from 'constructs';
import type { Sql, SqlConnection, SqlRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import { securityGroupFor } from '../data/private-port';
import type { DatabaseArgs } from './args';
import { caSecret } from './ca-secret';
import { checkCaCertificates } from './ca-certificates';
import { checkDatabaseArgs } from './checks';
import { connectTo, type DatabaseServer } from './connection';
import type { DatabaseCredentials } from './credentials';
import { ENGINES, MASTER_USERNAME } from './engines';
import { auroraCluster, type MadeServer, rdsInstance, type ServerParts } from './servers';

/** Passwords are as long; MySQL takes up to 41 characters. */
const PASSWORD_LENGTH = 32;

/**
 * A SQL server of RDS in private subnets: reachable from the cluster only, over TLS only, encrypted with a key of one's own, with a standby in another
 * zone, backed up every day. Aurora MySQL 3 speaks MySQL 8.0; RDS has MySQL 8.4 and PostgreSQL 17.
 *
 * Consumers connect as the server's first user, who may create the databases they ask for; RDS itself creates none.
 *
 * @throws InvalidInputError for what RDS would refuse: names, sizes, too few zones, certificates that are none
 */
export class Database extends pulumi.ComponentResource implements Sql {
  readonly engine: 'mysql' | 'postgresql';
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** Secret that RDS keeps the credentials in, with `credentials: 'rotated'`. */
  readonly secretArn?: pulumi.Output<string>;
  private readonly server: DatabaseServer;

  constructor(name: string, args: DatabaseArgs, options?: pulumi.ComponentResourceOptions) {
    checkDatabaseArgs(name, args);
    const caCertificates = checkCaCertificates(args.caCertificates, name);
    super('kubeflow-cdk:aws:Database', name, {}, options);
    const { sql, version, port } = ENGINES[args.engine];
    const password = args.credentials === 'generated' ? new random.RandomPassword(name, { length: PASSWORD_LENGTH, special: false }, { parent: this }).result : undefined;
    const made = this.make(name, args, this.parts(name, args, password));
    if (password === undefined) this.secretArn = made.secretArn;
    this.engine = sql;
    this.version = version;
    this.port = port;
    this.host = asString(made.host, `the address of database '${name}'`);
    const credentials = password === undefined ? this.rotated(name, args, made.secretArn, caCertificates) : { kind: 'password' as const, username: MASTER_USERNAME, password, caCertificates };
    this.server = { name, host: this.host, port, cidr: asString(args.network.cidr, 'the range of addresses of the network'), credentials };
    this.registerOutputs({ host: made.host });
  }

  connect(scope: Construct, id: string, request: SqlRequest): SqlConnection {
    return connectTo(this.server, scope, id, request);
  }

  private make(name: string, args: DatabaseArgs, parts: ServerParts): MadeServer {
    return args.engine === 'aurora-mysql' ? auroraCluster(name, args, parts) : rdsInstance(name, args, parts);
  }

  private parts(name: string, { engine, network, clusterSecurityGroupId, retention = 'keep' }: DatabaseArgs, password: pulumi.Output<string> | undefined): ServerParts {
    const subnets = new aws.rds.SubnetGroup(name, { subnetIds: [...network.privateSubnetIds], description: `Private subnets of '${name}'` }, { parent: this });
    const group = securityGroupFor(name, { vpcId: network.vpcId, clusterSecurityGroupId, port: ENGINES[engine].port, description: 'Database of the platform' }, this);
    // A snapshot of an earlier server of this name may still be there.
    const snapshot = retention === 'keep' ? new random.RandomId(`${name}-snapshot`, { byteLength: 4 }, { parent: this }) : undefined;
    return {
      parent: this,
      subnetGroupName: subnets.name,
      securityGroupId: group.id,
      ...(password !== undefined && { password }),
      ...(snapshot && { finalSnapshot: pulumi.interpolate`${name}-last-${snapshot.hex}` }),
    };
  }

  private rotated(name: string, { keyArn, region, roles, retention = 'keep' }: DatabaseArgs, secretArn: pulumi.Output<string>, pem: string): DatabaseCredentials {
    return { kind: 'secrets-manager', secretArn, caSecretArn: caSecret(name, { pem, keyArn, retention }, { parent: this }), keyArn, region, roles };
  }
}
