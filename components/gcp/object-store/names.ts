import { InvalidInputError } from '../../../constructs/core';
import { checkName } from '../../names';

/**
 * Names of buckets. Dots are left out: Google wants to see that a domain of that name is yours.
 *
 * @see https://cloud.google.com/storage/docs/buckets#naming
 */
export const BUCKET_NAME = {
  noun: 'bucket',
  minLength: 3,
  maxLength: 63,
  pattern: /^(?!goog)(?!.*(google|g00gle))[a-z0-9][a-z0-9_-]*[a-z0-9]$/,
  form: "lower-case letters, digits, '-' and '_', without 'google' in it or 'goog' in front",
} as const;

/** Managed folders: bytes of a name, and how deep they may lie in one another. @see https://cloud.google.com/storage/docs/managed-folders */
export const MANAGED_FOLDER = { bytes: 1024, depth: 15 } as const;

/** Segments of a folder's name; `.` and `..` are none, and what tools take for a pattern is left out. */
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9!_.'()=@+ -]+$/;

/** @throws InvalidInputError if it is no name of a bucket */
export function checkBucketName(property: string, name: string, where: string): void {
  checkName(property, name, BUCKET_NAME, where);
}

/**
 * Checks a prefix that access is given to.
 *
 * @throws InvalidInputError if no managed folder can stand for it: permission to list goes by folders, not by beginnings of names
 */
export function checkFolder(prefix: string, where: string): void {
  const segments = prefix.split('/');
  const end = segments.pop();
  if (end === '' && segments.length > 0 && segments.length <= MANAGED_FOLDER.depth && segments.every((each) => SEGMENT.test(each)) && Buffer.byteLength(prefix) <= MANAGED_FOLDER.bytes) return;
  throw new InvalidInputError({
    property: 'prefix',
    value: prefix,
    expected: `a folder such as 'models/': with '/' at its end and none in front, at most ${MANAGED_FOLDER.depth} deep and ${MANAGED_FOLDER.bytes} bytes`,
    where,
  });
}
