import { createHash } from 'node:crypto';
import { open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Replaces a file in one step, readable by this user only: a reader sees the old or the new content. */
export async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, path);
}

/**
 * Writes a configuration file under a name that contains a hash of its content, so that a program
 * started with other content has another command line, which is how a need to restart is seen.
 */
export async function writeConfig(directory: string, base: string, content: string): Promise<string> {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const path = join(directory, `${base}-${hash}.yaml`);
  await replaceFile(path, content);
  return path;
}

/** Removes configuration files that no program uses any more. */
export async function removeOthers(directory: string, keep: readonly string[]): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    if (!keep.includes(path)) await rm(path, { recursive: true, force: true });
  }
}

/** The end of a log, or a Go program's panic message where it ends in one; empty if there is none. */
export async function lastLines(path: string, lines = 12, maxBytes = 16_384): Promise<string> {
  let file;
  try {
    file = await open(path);
  } catch {
    return '';
  }
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - maxBytes);
    const buffer = Buffer.alloc(size - start);
    await file.read(buffer, 0, buffer.length, start);
    const all = buffer.toString('utf8').trimEnd().split('\n');
    const panic = all.findIndex((line) => /^(panic|fatal error): /.test(line));
    return (panic < 0 ? all.slice(-lines) : all.slice(panic, panic + lines)).join('\n');
  } finally {
    await file.close();
  }
}
