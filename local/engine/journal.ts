import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { objectIdentity, type Manifest } from '../../constructs/core';

/** An object a run set out to apply. */
export type JournalEntry = Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>;

/**
 * What unfinished runs set out to apply, in order. The engine records what it did only when a run ends (a record after
 * every step costs more than the steps), so a killed run leaves nothing but this: the next run adopts what is there,
 * and removes what is there and no longer wanted.
 */
export class Journal {
  constructor(private readonly file: string) {}

  /** Objects of runs that did not finish; empty if the last one did. */
  unfinished(): readonly JournalEntry[] {
    if (!existsSync(this.file)) return [];
    return (JSON.parse(readFileSync(this.file, 'utf8')) as { objects: JournalEntry[] }).objects;
  }

  /** Says what will be applied, before anything is; what earlier runs left unfinished stays in it. */
  begin(manifests: readonly Manifest[]): void {
    const known = new Map(this.unfinished().map((entry) => [objectIdentity(entry), entry]));
    for (const { apiVersion, kind, metadata } of manifests) {
      const { name, namespace } = metadata;
      const entry = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
      known.set(objectIdentity(entry), entry);
    }
    mkdirSync(path.dirname(this.file), { recursive: true });
    const temporary = `${this.file}.new`;
    const handle = openSync(temporary, 'w', 0o600);
    writeSync(handle, JSON.stringify({ objects: [...known.values()] }));
    fsyncSync(handle);
    closeSync(handle);
    renameSync(temporary, this.file);
  }

  /** Says that all is done and recorded. */
  finish(): void {
    rmSync(this.file, { force: true });
  }
}
