import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { readSources } from '../../../policies';
import { scratchFolder } from './files';
import { CONFIG_MAP } from './read';

const { root, write } = scratchFolder();
const below = (file: string) => path.relative(root, file);

/** `file[:line:column] reason` of each. */
function brief(entries: readonly { readonly file?: string; readonly line?: number; readonly column?: number; readonly reason: string }[]): string[] {
  return entries.map(({ file = '', line, column, reason }) => `${[file === '-' ? file : below(file), line, column].filter((part) => part !== undefined).join(':')} ${reason}`);
}

function read(...names: string[]) {
  const { objects, unevaluated, ignored, files, documents } = readSources(names.map((name) => path.join(root, name)));
  return { objects: objects.map(({ file }) => below(file)), unevaluated: brief(unevaluated), ignored: brief(ignored), files, documents };
}

describe('files and folders', () => {
  it('are files of any name, and manifests in folders; the rest is listed', () => {
    write('all/a.yaml', CONFIG_MAP);
    write('all/sub/b.yml', CONFIG_MAP);
    write('all/sub/c.JSON', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}');
    write('all/README.md', '# words');
    write('all/node_modules/x.yaml', CONFIG_MAP);
    write('all/.git/config.yaml', CONFIG_MAP);
    write('odd.txt', CONFIG_MAP);
    expect(read('all', 'odd.txt')).toEqual({
      objects: ['all/a.yaml', 'all/sub/b.yml', 'all/sub/c.JSON', 'odd.txt'],
      ignored: ['all/.git not looked into: it holds files of others', 'all/README.md no manifest by its name', 'all/node_modules not looked into: it holds files of others'],
      unevaluated: [],
      files: 4,
      documents: 4,
    });
    expect(read('all/node_modules').objects).toEqual(['all/node_modules/x.yaml']);
  });

  it('in which nothing is are reported', () => {
    mkdirSync(path.join(root, 'empty/inside'), { recursive: true });
    write('words/README.md', '');
    expect(read('empty', 'words', 'missing.yaml').unevaluated).toEqual([
      'empty no .yaml, .yml or .json file in this folder',
      'words no .yaml, .yml or .json file in this folder',
      'missing.yaml no such file or folder',
    ]);
  });

  it('that are no manifests fail nothing, unless one asks for them', () => {
    write('repo/compose.yaml', 'services:\n  web:\n    image: x\n');
    write('repo/package.json', '{"name": "x"}');
    write('repo/empty.yaml', '# later\n');
    write('repo/broken.yaml', 'a: [\n');
    write('repo/.github/ci.yml', 'on: push\njobs: {}\n');
    const none = 'not a Kubernetes object: apiVersion and kind are missing or not text';
    expect(read('repo')).toMatchObject({
      unevaluated: [expect.stringMatching(/^repo\/broken.yaml:2:1 not valid YAML/)],
      ignored: [`repo/.github/ci.yml:1:1 ${none}`, `repo/compose.yaml:1:1 ${none}`, 'repo/empty.yaml empty: there is no document in it', `repo/package.json:1:1 ${none}`],
      files: 5,
    });
    expect(read('repo/compose.yaml', 'repo/empty.yaml')).toMatchObject({
      unevaluated: [`repo/compose.yaml:1:1 ${none}`, 'repo/empty.yaml empty: there is no document in it'],
      ignored: [],
    });
  });

  it('given more than once are read once', () => {
    write('twice/a.yaml', CONFIG_MAP);
    symlinkSync('a.yaml', path.join(root, 'twice/b.yaml'));
    expect(read('twice/a.yaml', 'twice', 'twice/../twice/a.yaml', 'twice')).toEqual({
      objects: ['twice/a.yaml'],
      ignored: ['twice/a.yaml read already', 'twice/b.yaml read already', 'twice/a.yaml read already'],
      unevaluated: [],
      files: 1,
      documents: 1,
    });
  });

  it('that link to themselves are gone through once', () => {
    write('loop/a.yaml', CONFIG_MAP);
    symlinkSync('.', path.join(root, 'loop', 'again'));
    symlinkSync('self.yaml', path.join(root, 'loop', 'self.yaml'));
    symlinkSync('nowhere', path.join(root, 'loop', 'lost.md'));
    symlinkSync('nowhere', path.join(root, 'loop', 'lost.yaml'));
    expect(read('loop')).toMatchObject({
      objects: ['loop/a.yaml'],
      unevaluated: ['loop/lost.yaml no such file or folder', 'loop/self.yaml a link that leads back to itself'],
      ignored: ['loop/lost.md no such file or folder'],
    });
  });

  it('that are no files are not waited for', () => {
    write('pipes/a.yaml', CONFIG_MAP);
    execFileSync('mkfifo', [path.join(root, 'pipes/b.yaml')]);
    symlinkSync('/dev/zero', path.join(root, 'pipes/c.yaml'));
    expect(read('pipes')).toMatchObject({ objects: ['pipes/a.yaml'], ignored: ['pipes/b.yaml not a regular file', 'pipes/c.yaml not a regular file'], unevaluated: [] });
  });

  it('that may not be read are reported', () => {
    chmodSync(write('closed/a.yaml', CONFIG_MAP), 0);
    // Who is root may read everything.
    const expected = process.getuid?.() === 0 ? { objects: ['closed/a.yaml'], unevaluated: [] } : { objects: [], unevaluated: ['closed/a.yaml no permission to read it'] };
    expect(read('closed')).toMatchObject(expected);
  });
});

describe('encodings', () => {
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

  it('are UTF-8, with a mark or without, and UTF-16 with one', () => {
    const text = `${CONFIG_MAP}data: {a: ä€}\n`;
    write('text/bom.yaml', `\uFEFF${text}`);
    write('text/be.yaml', utf16(text).swap16());
    write('text/le.yaml', utf16(text));
    const { objects, unevaluated } = readSources([path.join(root, 'text')]);
    expect(unevaluated).toEqual([]);
    expect(objects.map(({ object, line, column, locate }) => [object, line, column, locate('data.a')])).toEqual(
      Array(3).fill([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'ä€' } }, 1, 1, { line: 5, column: 8 }]),
    );
  });

  it.each([
    ['latin', Uint8Array.of(0x61, 0x3a, 0x20, 0xe9)],
    ['one', Uint8Array.of(0xe9)],
    ['nul', Uint8Array.of(0x61, 0x3a, 0x20, 0x00)],
    ['binary', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0x00, 0xc3, 0xa4)],
    ['odd', Uint8Array.of(0xff, 0xfe, 0x61)],
    ['odd-be', Uint8Array.of(0xfe, 0xff, 0x61)],
  ])('are nothing else: %s', (name, bytes) => {
    write(`other/${name}.yaml`, bytes);
    expect(read(`other/${name}.yaml`).unevaluated).toEqual([`other/${name}.yaml not text: neither UTF-8 nor UTF-16`]);
  });
});

describe('what Helm and kustomize make manifests of', () => {
  it('is not taken for manifests', () => {
    write('chart/Chart.yaml', 'apiVersion: v2\nname: x\nversion: 1.0.0\n');
    write('chart/values.yaml', 'kind: Deployment\n');
    write('chart/values-prod.yaml', 'a: 1\n');
    write('chart/templates/deployment.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "{{ .Release.Name }}"\n');
    write('chart/templates/sub/_helpers.tpl', '{{ x }}');
    write('chart/templates/sub/broken.yaml', '{{- if .Values.x }}\na: 1\n{{ end }}');
    write('chart/templates/static.yaml', CONFIG_MAP);
    write('chart/crds/crd.yaml', CONFIG_MAP);
    const values = 'values of a Helm chart: check what `helm template` prints';
    const template = 'a template of a Helm chart: check what `helm template` prints';
    expect(read('chart')).toEqual({
      objects: ['chart/crds/crd.yaml', 'chart/templates/static.yaml'],
      unevaluated: [`chart/templates/deployment.yaml:4:10 ${template}`, `chart/templates/sub/broken.yaml:1:1 ${template}`],
      ignored: [
        'chart/Chart.yaml describes a Helm chart: check what `helm template` prints',
        'chart/templates/sub/_helpers.tpl no manifest by its name',
        `chart/values-prod.yaml ${values}`,
        `chart/values.yaml ${values}`,
      ],
      files: 4,
      documents: 4,
    });
    expect(read('chart/values.yaml', 'chart/templates/deployment.yaml').unevaluated).toEqual([`chart/values.yaml ${values}`, `chart/templates/deployment.yaml:4:10 ${template}`]);
  });

  it('has its names only where the chart is', () => {
    write('plain/values.yaml', CONFIG_MAP);
    write('plain/templates/a.yaml', `${CONFIG_MAP}data: {a: "{{x}}"}\n`);
    expect(read('plain')).toMatchObject({ objects: ['plain/templates/a.yaml', 'plain/values.yaml'], unevaluated: [], ignored: [] });
  });

  it('and patches are parts of objects', () => {
    write('kust/base/kustomization.yaml', 'resources: [a.yaml]\n');
    write('kust/base/a.yaml', CONFIG_MAP);
    write('kust/over/kustomization.yml', 'resources: [../base]\npatches:\n- path: one.yaml\n- patch: |\n    a: 1\n- null\npatchesStrategicMerge:\n- ../patches/two.yaml\n- |-\n  a: 1\npatchesJson6902:\n- path: three.json\n');
    write('kust/over/one.yaml', CONFIG_MAP);
    write('kust/over/three.json', '[{"op": "remove", "path": "/a"}]');
    write('kust/patches/two.yaml', CONFIG_MAP);
    const patch = 'a patch for kustomize: check what `kustomize build` prints';
    expect(read('kust')).toEqual({
      objects: ['kust/base/a.yaml'],
      unevaluated: [],
      ignored: [
        'kust/base/kustomization.yaml instructions for kustomize: check what `kustomize build` prints',
        'kust/over/kustomization.yml instructions for kustomize: check what `kustomize build` prints',
        `kust/over/one.yaml ${patch}`,
        `kust/over/three.json ${patch}`,
        `kust/patches/two.yaml ${patch}`,
      ],
      files: 1,
      documents: 1,
    });
    expect(read('kust/over/one.yaml').objects).toEqual(['kust/over/one.yaml']);
    expect(read('kust/base/kustomization.yaml').unevaluated).toEqual(['kust/base/kustomization.yaml instructions for kustomize: check what `kustomize build` prints']);
  });
});

describe('standard input', () => {
  const program = [
    "const { transformFileSync } = require('@swc/core');",
    "require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, { module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code, file);",
    `const { readSources } = require(${JSON.stringify(path.resolve(__dirname, '../../../policies/sources/read-sources.ts'))});`,
    'const { objects, ...rest } = readSources(process.argv.slice(1));',
    'console.log(JSON.stringify({ ...rest, objects: objects.map(({ object, file, line }) => ({ kind: object.kind, file, line })) }));',
  ].join('\n');
  const cwd = path.resolve(__dirname, '../../..');
  const node = ['-e', program, '--'];

  it('is read, once', () => {
    const input = openSync(write('input.yaml', CONFIG_MAP), 'r');
    try {
      const output: unknown = JSON.parse(execFileSync(process.execPath, [...node, '-', '-'], { stdio: [input, 'pipe', 'inherit'], encoding: 'utf8', cwd }));
      expect(output).toEqual({
        objects: [{ kind: 'ConfigMap', file: '-', line: 1 }], files: 1, documents: 1, unevaluated: [], ignored: [{ file: '-', reason: 'read already' }],
      });
    } finally {
      closeSync(input);
    }
  });

  it('may be a slow pipe, and so may a file that is named', () => {
    const script = `(sleep 0.3; printf '${CONFIG_MAP.replaceAll('\n', '\\n')}') | "$0" "$@" - <(sleep 0.2; printf '${CONFIG_MAP.replaceAll('\n', '\\n')}')`.replace('"$@" - <(', '"$@" - /dev/fd/3 3< <(');
    const { stdout } = spawnSync('bash', ['-c', script, process.execPath, ...node], { encoding: 'utf8', cwd });
    expect(JSON.parse(stdout)).toMatchObject({ objects: [{ file: '-' }, { file: '/dev/fd/3' }], unevaluated: [], ignored: [] });
  });

  it('that never ends is given up', () => {
    const input = openSync('/dev/zero', 'r');
    try {
      const output: unknown = JSON.parse(execFileSync(process.execPath, [...node, '-'], { stdio: [input, 'pipe', 'inherit'], encoding: 'utf8', cwd }));
      expect(output).toMatchObject({ unevaluated: [{ file: '-', reason: 'too large: at most 256 MiB are read in one run' }] });
    } finally {
      closeSync(input);
    }
  });
});
