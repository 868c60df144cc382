import { InvalidInputError } from '../../../constructs/core';

/** Ids of file systems. */
export const FILE_SYSTEM_ID = /^fs-[0-9a-f]{8,40}$/;
const DIRECTORY_MODE = /^[0-7]{3,4}$/;

/** @throws InvalidInputError if it is no mode of a directory */
export function checkDirectoryPermissions(mode: string | undefined, where: string): void {
  if (mode === undefined || DIRECTORY_MODE.test(mode)) return;
  throw new InvalidInputError({ property: 'directoryPermissions', value: mode, expected: "an octal mode such as '700'", where });
}

/** @throws InvalidInputError if it is no id of a file system */
export function checkFileSystemId(id: string, where: string): void {
  if (FILE_SYSTEM_ID.test(id)) return;
  throw new InvalidInputError({ property: 'fileSystemId', value: id, expected: "an id such as 'fs-0123456789abcdef0'", where });
}
