import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedObject } from '../../constructs/core';
import { findTokens } from '../../constructs/core';
import { CommandError, EXIT } from '../exit-codes';
import { manifestYaml } from '../output/yaml';
import { openSession, type StackOptions } from '../session';

/** Result of {@link synth}. */
export interface SynthResult {
  readonly directory: string;
  readonly files: readonly string[];
  readonly objects: number;
}

/** Writes one YAML file a component, in apply order, and `release.json`. Nothing is written unless all of it can be. */
export async function synth(options: StackOptions & { readonly out: string }): Promise<SynthResult> {
  const { graph } = await openSession(options);
  const byComponent = new Map<string, string[]>();
  for (const { object } of graph.order()) {
    refuseTokens(object);
    const documents = byComponent.get(object.component) ?? [];
    documents.push(manifestYaml(object.manifest));
    byComponent.set(object.component, documents);
  }
  const files = new Map([...byComponent].map(([component, documents]) => [`${component}.yaml`, documents.map((document) => `---\n${document}`).join('')]));
  files.set('release.json', `${JSON.stringify(graph, null, 2)}\n`);
  write(options.out, files);
  return { directory: options.out, files: [...files.keys()].sort(), objects: graph.order().length };
}

/** Replaces the files of an earlier synthesis; a folder with anything else in it is not ours to write into. */
function write(directory: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(directory, { recursive: true });
  const earlier = readdirSync(directory);
  const ours = earlier.includes('release.json') ? earlierFiles(directory) : [];
  const foreign = earlier.filter((file) => !files.has(file) && !ours.includes(file) && file !== 'release.json');
  if (earlier.length > 0 && !earlier.includes('release.json') && foreign.length > 0) {
    throw new CommandError(`--out ${directory} holds ${foreign.slice(0, 3).join(', ')}; expected a new or empty folder, or one of an earlier synthesis`, EXIT.input);
  }
  for (const [file, content] of files) {
    writeFileSync(path.join(directory, `.${file}.new`), content);
  }
  for (const file of files.keys()) renameSync(path.join(directory, `.${file}.new`), path.join(directory, file));
  for (const file of ours) if (!files.has(file)) rmSync(path.join(directory, file), { force: true });
}

function earlierFiles(directory: string): string[] {
  const release = JSON.parse(readFileSync(path.join(directory, 'release.json'), 'utf8')) as { objects: { component: string }[] };
  return [...new Set(release.objects.map(({ component }) => `${component}.yaml`))];
}

function refuseTokens({ manifest, path: where }: SynthesizedObject): void {
  if (manifest.kind === 'CustomResourceDefinition') return;
  const [token] = findTokens(manifest);
  if (token) throw new CommandError(`${where}: ${token.path} is ${token.description}, known only at deploy time; YAML cannot hold it`, EXIT.input);
}
