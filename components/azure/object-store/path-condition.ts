import { InvalidInputError, type ObjectAccess } from '../../../constructs/core';

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** What may change a blob: every action of Storage Blob Data Contributor on blobs but reading. */
const WRITES = ['write', 'add/action', 'delete', 'move/action'].map((action) => `${BLOBS}/${action}`);

/** Checks the beginning of blobs' names. */
export function checkPrefix(prefix: string, where: string): void {
  if (prefix === '' || prefix.startsWith('/') || prefix.length > 256 || !/^[\w./ @+=:-]+$/.test(prefix)) {
    throw new InvalidInputError({
      property: 'prefix',
      value: prefix,
      expected: "up to 256 letters, digits and ./_-@+=: and not a '/' first, e.g. 'models/'",
      where,
    });
  }
}

/**
 * The condition under which a role on a container is about blobs whose names begin with a prefix: reading, listing (which has to name the prefix)
 * and, where it is granted, writing.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes
 */
export function pathCondition(prefix: string, access: ObjectAccess): string {
  const path = `@Resource[${BLOBS}:path] StringStartsWith '${prefix}'`;
  const clauses = [
    clause(`!(ActionMatches{'${BLOBS}/read'} AND NOT SubOperationMatches{'Blob.List'})`, path),
    clause(`!(ActionMatches{'${BLOBS}/read'} AND SubOperationMatches{'Blob.List'})`, `@Request[${BLOBS}:prefix] StringStartsWith '${prefix}'`),
    ...(access === 'read-write' ? [clause(WRITES.map((action) => `!(ActionMatches{'${action}'})`).join(' AND '), path)] : []),
  ];
  return clauses.join(' AND ');
}

/** A condition that has nothing to say about other actions. */
function clause(isAboutSomethingElse: string, holds: string): string {
  return `((${isAboutSomethingElse}) OR (${holds}))`;
}
