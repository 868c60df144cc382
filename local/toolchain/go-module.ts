import { GO_MODULES, MINIMUM_GO, type GoModuleId } from './versions';

/**
 * The go.mod that builds a pinned module's programs without a checkout: it requires nothing but that module.
 * @param id which module
 * @param upstreamGoMod the module's own go.mod; needed where it replaces staging modules
 * @throws if staging modules are to be replaced and the module's go.mod names none
 */
export function goModuleFile(id: GoModuleId, upstreamGoMod?: string): string {
  const { path, version, stagingVersion } = GO_MODULES[id];
  const lines = [`module kubeflow-cdk.local/${id}`, '', `go ${MINIMUM_GO}`, '', `require ${path} ${version}`];
  if (stagingVersion !== undefined) {
    const staging = stagingModules(upstreamGoMod ?? '');
    if (staging.length === 0) throw new Error(`go.mod of ${path}@${version} replaces no staging modules: its layout is not the expected one`);
    lines.push('', 'replace (', ...staging.map((module) => `\t${module} => ${module} ${stagingVersion}`), ')');
  }
  return `${lines.join('\n')}\n`;
}

/** Modules that a go.mod replaces by a directory below `./staging`. */
export function stagingModules(goMod: string): string[] {
  const replaced = goMod.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+\.\/staging\/\S+/gm);
  return [...new Set([...replaced].map((match) => match[1] ?? ''))].sort();
}

/** `-ldflags` of a program: no symbol tables, and the version it reports. */
export function linkerFlags(stamp: Readonly<Record<string, string>>): string {
  return ['-s', '-w', ...Object.entries(stamp).map(([variable, value]) => `-X ${variable}=${value}`)].join(' ');
}
