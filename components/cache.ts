import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Directory for everything kept outside the repository: CRDs to deploy, built programs, and the data of embedded
 * clusters. `$KUBEFLOW_CDK_CACHE` if set, else `$XDG_CACHE_HOME/kubeflow-cdk`, else `~/.cache/kubeflow-cdk`.
 * @throws Error if `KUBEFLOW_CDK_CACHE` is a relative path (it would mean another directory in every shell)
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  const own = env['KUBEFLOW_CDK_CACHE'];
  if (own) {
    if (!path.isAbsolute(own)) throw new Error(`KUBEFLOW_CDK_CACHE is "${own}": it must be an absolute path`);
    return own;
  }
  // The XDG specification tells programs to ignore a relative value.
  const xdg = env['XDG_CACHE_HOME'];
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.cache'), 'kubeflow-cdk');
}
