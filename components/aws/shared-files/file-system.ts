import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError, type SharedFiles, type VolumeStorage } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import { checkComponentName } from '../../names';
import { denyWithoutTls, policyText } from '../data/policy-text';
import { securityGroupFor } from '../data/private-port';
import { checkDirectoryPermissions } from './checks';
import { accessPointVolumes, type FileVolumes } from './volumes';

/** What a {@link FileSystem} is made of. */
export interface FileSystemArgs extends FileVolumes {
  /** It can be reached in each of its private subnets. */
  readonly network: Pick<ClusterNetwork, 'vpcId' | 'privateSubnetIds' | 'zones'>;
  /** Security group of the cluster and its nodes: nobody else gets in. */
  readonly clusterSecurityGroupId: pulumi.Input<string>;
  /** ARN of the KMS key that files are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * How fast it is: `elastic` follows the load and is paid by the byte, `bursting` grows with what is stored.
   * @default 'elastic'
   */
  readonly throughput?: 'elastic' | 'bursting';
  /** With `delete`, the file system goes with all it holds, and no backups are made. @default 'keep' */
  readonly retention?: Retention;
}

/** Port of NFS. */
const NFS = 2049;

/** Security groups are named after the component. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const NAME = { noun: 'security group', maxLength: 255, pattern: /^[a-z](-?[a-z0-9])*$/, form: "lower-case letters, digits and '-'" } as const;

/**
 * An EFS file system for volumes that many nodes share: encrypted at rest and on the way, reachable from the cluster only, and only through
 * access points, of which each volume has its own. Backed up every day by AWS Backup unless its retention is `delete`.
 *
 * The EFS CSI driver must run in the cluster.
 *
 * @throws InvalidInputError if the network has no private subnet, or the mode of directories is none
 */
export class FileSystem extends pulumi.ComponentResource implements SharedFiles {
  readonly volumes: VolumeStorage;
  readonly fileSystemId: pulumi.Output<string>;

  constructor(name: string, args: FileSystemArgs, options?: pulumi.ComponentResourceOptions) {
    const { network, keyArn, clusterSecurityGroupId, throughput = 'elastic', retention = 'keep' } = args;
    checkArgs(name, args);
    super('kubeflow-cdk:aws:FileSystem', name, {}, options);
    const fileSystem = new aws.efs.FileSystem(
      name,
      {
        encrypted: true,
        kmsKeyId: keyArn,
        throughputMode: throughput,
        lifecyclePolicies: [{ transitionToIa: 'AFTER_30_DAYS' }, { transitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }],
      },
      protectedBy(retention, this),
    );
    const policy = new aws.efs.FileSystemPolicy(name, { fileSystemId: fileSystem.id, policy: accessPolicy(fileSystem.arn) }, { parent: this });
    new aws.efs.BackupPolicy(name, { fileSystemId: fileSystem.id, backupPolicy: { status: retention === 'keep' ? 'ENABLED' : 'DISABLED' } }, { parent: this });
    const group = securityGroupFor(name, { vpcId: network.vpcId, clusterSecurityGroupId, port: NFS, description: 'Shared files of the platform' }, this);
    const targets = network.privateSubnetIds.map(
      (subnetId, index) => new aws.efs.MountTarget(`${name}-${network.zones[index] ?? index}`, { fileSystemId: fileSystem.id, subnetId, securityGroups: [group.id] }, { parent: this }),
    );
    // Volumes can be made of it once it can be mounted.
    this.fileSystemId = pulumi.all([fileSystem.id, pulumi.all([policy.id, ...targets.map((target) => target.id)])]).apply(([id]) => id);
    this.volumes = accessPointVolumes(asString(this.fileSystemId, `the id of file system '${name}'`), args);
    this.registerOutputs({ fileSystemId: this.fileSystemId });
  }
}

/** With a policy, EFS allows what it says and nothing else: here, mounting an access point over TLS, without root's rights on the files. */
function accessPolicy(arn: pulumi.Output<string>): pulumi.Output<string> {
  const accessPoints = arn.apply((text) => `${text.split(':file-system/')[0]}:access-point/*`);
  return policyText([
    {
      Sid: 'MountAccessPoints',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
      Resource: [arn],
      Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' }, ArnLike: { 'elasticfilesystem:AccessPointArn': accessPoints } },
    },
    denyWithoutTls('*', [arn]),
  ]);
}

function checkArgs(name: string, { network, directoryPermissions }: FileSystemArgs): void {
  checkComponentName(name, NAME);
  checkDirectoryPermissions(directoryPermissions, name);
  if (network.privateSubnetIds.length === 0) throw new InvalidInputError({ property: 'network', value: network.privateSubnetIds.length, expected: 'a network with at least one private subnet', where: name });
}
