import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cacheRoot } from '../../components/cache';
import { GO_MODULES, TOOLS } from './versions';

/** Where programs of exactly these pins, for this machine, are kept. Other pins never share it. */
export function toolchainDir(root: string = cacheRoot()): string {
  const pins = JSON.stringify([GO_MODULES, Object.values(TOOLS).map(({ package: pkg, stamp }) => [pkg, stamp])]);
  const key = createHash('sha256').update(pins).digest('hex').slice(0, 8);
  return join(root, 'toolchain', `kubernetes-${GO_MODULES.kubernetes.version}-${process.platform}-${process.arch}-${key}`);
}
