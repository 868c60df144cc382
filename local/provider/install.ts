import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROVIDER_VERSION } from './provider';

const EXECUTABLE = 'pulumi-resource-kubernetes';
/** A line in every file we lay down: what lacks it is not ours to overwrite. */
const MARKER = '# kubeflow-cdk';

/** Folder of the plugin's executable: on PATH, or as `plugins.providers[].path` of a project, it makes Pulumi use this provider. */
export function pluginDirectory(): string {
  return path.join(__dirname, 'bin');
}

/** Version of the official Kubernetes provider that is installed in a Pulumi home, newest first to be found; nothing if there is none. */
export function installedOfficialProvider(pulumiHome: string): string | undefined {
  const plugins = path.join(pulumiHome, 'plugins');
  const entries = existsSync(plugins) ? readdirSync(plugins) : [];
  const versions = entries.flatMap((name) => {
    const version = /^resource-kubernetes-v(\d+\.\d+\.\d+)$/.exec(name)?.[1];
    const file = path.join(plugins, name, EXECUTABLE);
    return version && existsSync(file) && !entries.includes(`${name}.partial`) && !isOurs(file) ? [version] : [];
  });
  return versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0];
}

/**
 * Installs this provider into a Pulumi home as the Kubernetes plugin, where the ordinary CLI looks for it. An official
 * plugin of that version is left alone. Whether this provider is what is installed now.
 */
export function installPlugin(pulumiHome: string, executable: string = path.join(pluginDirectory(), EXECUTABLE)): boolean {
  const directory = path.join(pulumiHome, 'plugins', `resource-kubernetes-v${PROVIDER_VERSION}`);
  const file = path.join(directory, EXECUTABLE);
  if (existsSync(file) && !isOurs(file)) return false;
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${MARKER}\nexec '${executable.replaceAll("'", String.raw`'\''`)}' "$@"\n`);
  chmodSync(file, 0o755);
  return true;
}

function isOurs(file: string): boolean {
  return readFileSync(file).subarray(0, 200).includes(MARKER);
}
