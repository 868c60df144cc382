import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { GO_MODULES, TOOLS } from './versions';

/**
 * Directory for everything kept outside the repository: built programs and the data of embedded
 * clusters. `$KUBEFLOW_CDK_CACHE` if set, else `$XDG_CACHE_HOME/kubeflow-cdk`, else `~/.cache/kubeflow-cdk`.
 * @throws if `KUBEFLOW_CDK_CACHE` is a relative path (it would mean another directory in every shell)
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  const own = env.KUBEFLOW_CDK_CACHE;
  if (own) {
    if (!isAbsolute(own)) throw new Error(`KUBEFLOW_CDK_CACHE is "${own}": it must be an absolute path`);
    return own;
  }
  // The XDG specification tells programs to ignore a relative value.
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'kubeflow-cdk');
}

/** Where programs of exactly these pins, for this machine, are kept. Other pins never share it. */
export function toolchainDir(root: string = cacheRoot()): string {
  const pins = JSON.stringify([GO_MODULES, Object.values(TOOLS).map(({ package: pkg, stamp }) => [pkg, stamp])]);
  const key = createHash('sha256').update(pins).digest('hex').slice(0, 8);
  return join(root, 'toolchain', `kubernetes-${GO_MODULES.kubernetes.version}-${process.platform}-${process.arch}-${key}`);
}
