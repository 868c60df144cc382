// Builds the controllers from their Go modules, and the stand-ins from this folder, into a cache outside the repository.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { run } from './cluster.mjs';

const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'kubeflow-cdk', 'node-test');
const go = (args, cwd, options) => run('go', args, { cwd, env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod' }, ...options });

/**
 * A program of a Go module, built if it is not there yet.
 *
 * @param program `name`, `module`, and `package` within it
 * @param version of the module, e.g. `v0.11.0`
 * @returns path of the executable
 */
export async function buildProgram({ name, module, package: part = '' }, version) {
  const file = path.join(cache, 'bin', `${name}-${version}`);
  if (existsSync(file)) return file;
  const folder = path.join(cache, 'src', `${name}-${version}`);
  mkdirSync(folder, { recursive: true });
  const language = (await go(['env', 'GOVERSION'], folder)).trim().replace(/^go/, '').split(' ')[0];
  writeFileSync(path.join(folder, 'go.mod'), `module build/${name}\n\ngo ${language}\n\nrequire ${module} ${version}\n`);
  const { Dir: source } = JSON.parse(await go(['mod', 'download', '-json', `${module}@${version}`], folder));
  const { Replace: replace } = JSON.parse(await go(['mod', 'edit', '-json', path.join(source, 'go.mod')], folder));
  for (const { Old, New } of replace ?? []) {
    if (New.Version) await go(['mod', 'edit', `-replace=${Old.Path}${Old.Version ? `@${Old.Version}` : ''}=${New.Path}@${New.Version}`], folder);
  }
  await compile([module, part].filter(Boolean).join('/'), folder, file);
  return file;
}

/** A program of `stand-ins/`, built anew: it is small, and may have been edited. */
export async function buildStandIn(name) {
  const file = path.join(cache, 'bin', `stand-in-${name}`);
  await compile(`./${name}`, path.join(import.meta.dirname, 'stand-ins'), file);
  return file;
}

async function compile(what, folder, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  await go(['build', '-trimpath', '-ldflags', '-s -w', '-o', `${file}.new`, what], folder);
  renameSync(`${file}.new`, file);
}
