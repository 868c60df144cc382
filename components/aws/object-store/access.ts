import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import type { ObjectAccess, ObjectStoreGrant, ObjectStoreRequest } from '../../../constructs/core';
import type { PolicyStatement, ServiceAccountRoles } from '../contracts';
import { grantId } from '../data/grant-id';
import { dnsSuffixOf } from '../data/regions';
import { checkPrefix } from './names';

/** A bucket that access is given to. */
export interface GrantedBucket {
  /** Name of the component, which grants are called after. */
  readonly name: string;
  /** Name of the bucket, as it goes into constructs. */
  readonly bucket: string;
  readonly arn: pulumi.Input<string>;
  readonly region: string;
  /** Key its objects are encrypted with. @default one of S3's own, which needs no leave */
  readonly keyArn?: pulumi.Input<string>;
  readonly roles: ServiceAccountRoles;
}

const OBJECT_ACTIONS: Readonly<Record<ObjectAccess, readonly string[]>> = {
  read: ['s3:GetObject'],
  'read-write': ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
};
const KEY_ACTIONS: Readonly<Record<ObjectAccess, readonly string[]>> = {
  read: ['kms:Decrypt'],
  'read-write': ['kms:Decrypt', 'kms:GenerateDataKey'],
};

/** Gives one ServiceAccount access to the objects it asks for. */
export function grantBucket(store: GrantedBucket, scope: Construct, id: string, { serviceAccount, access, prefix = '' }: ObjectStoreRequest): ObjectStoreGrant {
  const { name, bucket, region, roles } = store;
  if (prefix !== '') checkPrefix(prefix, scope.node.path);
  return {
    uri: `s3://${bucket}/${prefix}`,
    identity: roles.grant(serviceAccount, grantId(name, id, scope.node.path), statements(store, access, prefix)),
    // Python's SDK reads the second name, all others the first.
    environment: { AWS_REGION: region, AWS_DEFAULT_REGION: region },
  };
}

function statements({ arn, region, keyArn }: GrantedBucket, access: ObjectAccess, prefix: string): readonly PolicyStatement[] {
  return [
    { actions: ['s3:ListBucket'], resources: [arn], ...(prefix !== '' && { conditions: { StringLike: { 's3:prefix': [`${prefix}*`] } } }) },
    { actions: OBJECT_ACTIONS[access], resources: [pulumi.interpolate`${arn}/${prefix}*`] },
    ...(keyArn === undefined ? [] : [{ actions: KEY_ACTIONS[access], resources: [keyArn], conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${dnsSuffixOf(region)}` } } }]),
  ];
}
