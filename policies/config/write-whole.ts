import { closeSync, lstatSync, openSync, realpathSync, renameSync, rmSync, statSync, type Stats, writeSync } from 'node:fs';

/**
 * Writes a file whole or not at all. Through a link the file it leads to is written; what is no file, such as a pipe or a
 * device, is written to as it is.
 *
 * @throws Error of the file system, and nothing is written
 */
export function writeWhole(file: string, pieces: Iterable<string>): void {
  const target = present(file, lstatSync) ? realpathSync(file) : file;
  const there = present(target, statSync);
  if (there && !there.isFile()) {
    writeAll(target, pieces);
    return;
  }
  // A file that may not be written is not to be replaced either.
  if (there) closeSync(openSync(target, 'r+'));
  const draft = `${target}.${process.pid}.tmp`;
  try {
    writeAll(draft, pieces);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function writeAll(file: string, pieces: Iterable<string>): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const piece of pieces) writeSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

function present(file: string, stat: (file: string) => Stats): Stats | undefined {
  try {
    return stat(file);
  } catch {
    return undefined;
  }
}
