import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of files that is removed after the tests of a file. */
export function scratchFolder(): { readonly root: string; write(name: string, content: string | Uint8Array): string } {
  const root = mkdtempSync(path.join(tmpdir(), 'policies-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return {
    root,
    write(name, content) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
  };
}
