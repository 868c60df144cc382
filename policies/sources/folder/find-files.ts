import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { Unevaluated } from '../../engine/finding';
import type { Ignored } from '../source';
import { cannotRead, STANDARD_INPUT } from './file-text';
import { patchesOf, toolFile } from './tool-files';

/** A file to be read. */
export interface FoundFile {
  readonly file: string;
  /** Whether someone asked for this very file. */
  readonly named: boolean;
}

/** What there is to read, and what not. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly unevaluated: readonly Unevaluated[];
  readonly ignored: readonly Ignored[];
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** Folders that hold other people's files, not the user's manifests. */
const NOT_ENTERED = new Set(['node_modules', '.git']);

/** The files at some paths: files as they are, and all manifests in folders. Each file is there once. */
export function findFiles(paths: readonly string[]): FoundFiles {
  const search = new Search();
  for (const given of paths) search.at(given);
  return search.result();
}

class Search {
  private readonly files: FoundFile[] = [];
  private readonly unevaluated: Unevaluated[] = [];
  private readonly ignored: Ignored[] = [];
  private readonly seen = new Set<string>();

  at(given: string): void {
    const stat = given === STANDARD_INPUT ? undefined : this.stat(given);
    if (given !== STANDARD_INPUT && !stat) return;
    if (!stat?.isDirectory()) {
      this.add(given, true);
      return;
    }
    const before = this.files.length + this.unevaluated.length;
    const ignored = this.ignored.length;
    if (!this.enter(given)) return;
    const nothing = this.files.length + this.unevaluated.length === before && !this.ignored.slice(ignored).some(({ file }) => MANIFEST.test(file));
    if (nothing) this.unevaluated.push({ file: given, reason: 'no .yaml, .yml or .json file in this folder' });
  }

  result(): FoundFiles {
    const { unevaluated } = this;
    const patches = patchesOf(this.ignored.map(({ file }) => file));
    const isPatch = ({ file, named }: FoundFile): boolean => !named && patches.has(path.resolve(file));
    const ignored = [...this.ignored, ...this.files.filter(isPatch).map(({ file }) => ({ file, reason: 'a patch for kustomize: check what `kustomize build` prints' }))];
    return { files: this.files.filter((found) => !isPatch(found)), unevaluated, ignored };
  }

  /** Whether it had not been looked into before. */
  private enter(folder: string): boolean {
    if (!this.isNew(folder)) return false;
    let names: string[];
    try {
      names = readdirSync(folder).sort();
    } catch (error) {
      this.unevaluated.push({ file: folder, reason: cannotRead(error) });
      return true;
    }
    for (const name of names) {
      const inside = path.join(folder, name);
      if (NOT_ENTERED.has(name)) this.ignored.push({ file: inside, reason: 'not looked into: it holds files of others' });
      else this.inside(inside);
    }
    return true;
  }

  private inside(file: string): void {
    const stat = this.stat(file, !MANIFEST.test(file));
    if (!stat) return;
    if (stat.isDirectory()) {
      this.enter(file);
      return;
    }
    const reason = !MANIFEST.test(file) ? 'no manifest by its name' : !stat.isFile() ? 'not a regular file' : toolFile(file);
    if (reason === undefined) this.add(file, false);
    else this.ignored.push({ file, reason });
  }

  private add(file: string, named: boolean): void {
    if (this.isNew(file)) this.files.push({ file, named });
    else this.ignored.push({ file, reason: 'read already' });
  }

  private stat(file: string, ignorable = false): Stats | undefined {
    try {
      return statSync(file);
    } catch (error) {
      (ignorable ? this.ignored : this.unevaluated).push({ file, reason: cannotRead(error) });
      return undefined;
    }
  }

  private isNew(file: string): boolean {
    const real = realPath(file);
    if (this.seen.has(real)) return false;
    this.seen.add(real);
    return true;
  }
}

function realPath(file: string): string {
  try {
    return file === STANDARD_INPUT ? file : realpathSync(file);
  } catch {
    // It has gone meanwhile: whoever opens it will say so.
    return path.resolve(file);
  }
}
