// Compiles the sources to dist/ and copies the generated data (CRDs) that is read from beside them.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
for (const folder of ['constructs', 'policies', 'local', 'components']) {
  const source = path.join(root, folder);
  if (!existsSync(source)) continue;
  cpSync(source, path.join(dist, folder), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts') && !file.endsWith('.md'),
  });
}
const main = path.join(dist, 'cli', 'main.js');
if (existsSync(main)) chmodSync(main, 0o755);
