import { InvalidInputError } from '../../../constructs/core';
import { checkName } from '../../names';

/**
 * Names of buckets. Dots are left out: the certificate of S3 covers one label only.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const BUCKET_NAME = {
  noun: 'bucket',
  minLength: 3,
  maxLength: 63,
  pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]*[a-z0-9]$(?<!-s3alias|--ol-s3|--x-s3|--table-s3)/,
  form: "lower-case letters, digits and '-', with no prefix or suffix that S3 keeps for itself",
} as const;

/** Names of objects may be this long, in bytes of UTF-8. */
export const OBJECT_KEY_BYTES = 1024;

/** What S3 calls safe in names of objects, without `*`, which is a wildcard in policies. */
const PREFIX = /^[A-Za-z0-9!_.'()-][A-Za-z0-9!_.'()/-]*$/;

/** @throws InvalidInputError if it is no name of a bucket */
export function checkBucketName(property: string, name: string, where: string): void {
  checkName(property, name, BUCKET_NAME, where);
}

/** @throws InvalidInputError if no object's name can begin like this, or if a policy would take it for a pattern */
export function checkPrefix(prefix: string, where: string): void {
  if (PREFIX.test(prefix) && prefix.length <= OBJECT_KEY_BYTES) return;
  throw new InvalidInputError({ property: 'prefix', value: prefix, expected: `a beginning of objects' names such as 'models/': letters, digits and !_.'()/-, no '/' in front, at most ${OBJECT_KEY_BYTES} characters`, where });
}
