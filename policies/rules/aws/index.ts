import type { Policy } from '../../engine/policy';
import { bucketAcls } from './bucket-acls';
import { bucketPublicAccessBlock } from './bucket-public-access-block';
import { BUCKET_SETTINGS } from './bucket-settings';
import { CLOUDTRAIL } from './cloudtrail';
import { databaseTls } from './database-tls';
import { DATABASES } from './databases';
import { DISK_ENCRYPTION } from './disk-encryption';
import { IAM } from './iam';
import { instanceMetadata } from './instance-metadata';
import { kmsKeyRotation } from './kms';
import { networkAcls } from './network-acls';
import { NETWORKS } from './networks';
import { resourcePolicies } from './resource-policies';
import { SECURITY_GROUPS } from './security-groups';

/** What the AWS foundations benchmark says of the things a cluster stands on. */
export const AWS: readonly Policy[] = [
  ...IAM,
  resourcePolicies,
  bucketPublicAccessBlock,
  bucketAcls,
  ...BUCKET_SETTINGS,
  ...DISK_ENCRYPTION,
  ...DATABASES,
  databaseTls,
  kmsKeyRotation,
  ...CLOUDTRAIL,
  ...NETWORKS,
  networkAcls,
  ...SECURITY_GROUPS,
  instanceMetadata,
];
