// The peer of `check`: kube-score, built with Go from its pinned module, once.
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { load } from './measure.mjs';

const { cacheRoot, MINIMUM_GO } = load('./local/toolchain');
const { findGo } = load('./local/toolchain/go');

const MODULE = 'github.com/zegl/kube-score';
const VERSION = 'v1.20.0';

/** Path of the program. */
export async function kubeScore() {
  const directory = path.join(cacheRoot(), 'bench', `kube-score-${VERSION}`);
  const program = path.join(directory, 'kube-score');
  if (existsSync(program)) return program;
  console.error(`building kube-score ${VERSION} ...`);
  const source = path.join(directory, 'module');
  await mkdir(source, { recursive: true });
  const go = await findGo(source, ['kube-score']);
  await writeFile(path.join(source, 'go.mod'), `module kubeflow-cdk.local/kube-score\n\ngo ${MINIMUM_GO}\n\nrequire ${MODULE} ${VERSION}\n`);
  await go.run(['build', '-o', `${program}.partial`, `${MODULE}/cmd/kube-score`], source, 'kube-score');
  await rename(`${program}.partial`, program);
  return program;
}
