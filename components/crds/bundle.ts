import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot } from '../cache';
import { asDefinition, definitionLabel, digestOf, type Definition } from './definition';

/** CRDs laid down in a file, and what is in it. */
export interface Bundle {
  /** The file, named by its content. */
  readonly path: string;
  /** SHA-256 of each CRD by its name. */
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * Where bundles lie: `crds` in the cache.
 * @throws Error as {@link cacheRoot} does
 */
export function bundleDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(cacheRoot(env), 'crds');
}

/**
 * Lays CRDs down in the cache, so that what crosses the Pulumi SDK, engine and state is a path and digests, not schemas.
 * @throws Error when something is no CRD, or two have one name.
 */
export function writeBundle(definitions: readonly unknown[], directory = bundleDirectory()): Bundle {
  const sorted = definitions.map(asDefinition).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const digests: Record<string, string> = {};
  for (const definition of sorted) {
    const { name } = definition.metadata;
    if (name in digests) throw new Error(`${definitionLabel(name)} is given twice`);
    digests[name] = digestOf(definition);
  }
  const file = path.join(directory, `${digestOf(digests).slice(0, 32)}.json`);
  if (!exists(file)) {
    mkdirSync(directory, { recursive: true });
    // Written aside and renamed: another process never sees half a file.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(sorted));
    renameSync(draft, file);
  }
  return { path: file, digests };
}

/**
 * Reads a bundle.
 * @throws Error when the file is not there, or does not hold what the digests say.
 */
export function readBundle({ path: file, digests }: Bundle): Definition[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The CRDs to deploy are to be read from ${file}, which fails: ${error instanceof Error ? error.message : String(error)}. Run the program again: it writes the file anew`);
  }
  const definitions = (Array.isArray(content) ? content : []).map(asDefinition);
  const found = new Map(definitions.map((definition) => [definition.metadata.name, digestOf(definition)]));
  const wrong = Object.entries(digests).find(([name, digest]) => found.get(name) !== digest);
  if (wrong) throw new Error(`${file} holds another ${definitionLabel(wrong[0])} than the one to deploy: delete the file and run the program again`);
  return definitions.filter(({ metadata }) => metadata.name in digests);
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}
