import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { readSources } from '../../../policies';
import { objectsIn } from '../../../policies/sources/documents';
import { scratchFolder } from './files';

const { root, write } = scratchFolder();
const names = (text: string) => objectsIn(text, 'f').objects.map(({ object, line }) => `${object.kind}/${object.metadata?.name}:${line}`);
const problems = (text: string) => objectsIn(text, 'f').unevaluated.map(({ line, column, reason }) => `${line}:${column} ${reason}`);
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

describe('documents of a file', () => {
  it('are all read, with the line of each', () => {
    expect(names(`# a comment\n\n---\n${CONFIG_MAP}---\n# nothing here\n---\n${CONFIG_MAP}...\n---\n${CONFIG_MAP}`)).toEqual(['ConfigMap/a:4', 'ConfigMap/a:11', 'ConfigMap/a:17']);
  });

  it('do not end at dashes inside a text', () => {
    const text = `${CONFIG_MAP}data:\n  x: |\n    a\n    ---\n    b\n`;
    expect(objectsIn(text, 'f').objects[0]?.object).toMatchObject({ data: { x: 'a\n---\nb\n' } });
  });

  it('take directives with them', () => {
    expect(names(`%YAML 1.2\n---\n${CONFIG_MAP}`)).toEqual(['ConfigMap/a:3']);
  });

  it('may have Windows line ends', () => {
    expect(names(`---\r\n${CONFIG_MAP.replaceAll('\n', '\r\n')}---\r\n${CONFIG_MAP.replaceAll('\n', '\r\n')}`)).toEqual(['ConfigMap/a:2', 'ConfigMap/a:7']);
  });

  it('one that is broken is reported with line and column, and the others are read', () => {
    const text = `${CONFIG_MAP}---\napiVersion: v1\nkind: Pod\n  metadata: {}\n---\n${CONFIG_MAP}`;
    expect(names(text)).toEqual(['ConfigMap/a:1', 'ConfigMap/a:10']);
    expect(problems(text)).toEqual([expect.stringMatching(/^8:11 not valid YAML: bad indentation of a mapping entry$/)]);
  });

  it('opens lists, also in lists, and typed lists whose items leave out their kind', () => {
    const list = JSON.stringify({
      apiVersion: 'v1', kind: 'List',
      items: [
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
        { apiVersion: 'v1', kind: 'SecretList', items: [{ metadata: { name: 's' } }] },
        { metadata: { name: 'lost' } },
      ],
    });
    expect(names(list)).toEqual(['Pod/p:1', 'Secret/s:1']);
    expect(problems(list)).toEqual([expect.stringMatching(/^1:\d+ not a Kubernetes object: apiVersion and kind are missing or not text$/)]);
  });

  it.each([
    ['- a\n- b', '1:1 not a Kubernetes object: a list'],
    ['just words', '1:1 not a Kubernetes object: the string "just words"'],
    ['a: 1', '1:1 not a Kubernetes object: apiVersion and kind are missing or not text'],
    ['apiVersion: v1\nkind: 3', '1:1 not a Kubernetes object: kind is missing or not text'],
    ['~', '1:1 not a Kubernetes object: nothing'],
  ])('says what is no object: %j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it.each(['', '\n\n', '# only a comment\n', '---\n---\n'])('says that a file is empty: %j', (text) => {
    expect(objectsIn(text, 'f')).toEqual({ objects: [], documents: 0, unevaluated: [{ file: 'f', reason: 'empty: there is no document in it' }] });
  });
});

describe('YAML as Kubernetes reads it', () => {
  const value = (text: string) => objectsIn(`${CONFIG_MAP}x: ${text}\n`, 'f').objects[0]?.object.x;

  it.each<[string, unknown]>([
    ['yes', true],
    ['Off', false],
    ['"yes"', 'yes'],
    ['2024-01-01', '2024-01-01'],
    ['0x10', 16],
    ['1e3', 1000],
    ['~', null],
    ['12:30', '12:30'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('merges anchors', () => {
    expect(value('\n  base: &b {a: 1, b: 2}\n  more: {<<: *b, b: 3}')).toEqual({ base: { a: 1, b: 2 }, more: { a: 1, b: 3 } });
  });

  it('refuses duplicate keys, unknown tags and Helm templates, with a hint', () => {
    expect(problems(`${CONFIG_MAP}kind: Pod\n`)).toEqual([expect.stringMatching(/^5:\d+ not valid YAML: duplicated mapping key$/)]);
    expect(problems('a: !Ref b')).toEqual([expect.stringContaining('unknown tag !<!Ref>')]);
    expect(problems(`${CONFIG_MAP}x: {{ .Values.b }}\n`)).toEqual(['5:4 a mapping stands for a key; it looks like a template: render it first']);
    expect(problems(`${CONFIG_MAP}{{- if .Values.b }}\nx: 1\n{{- end }}\n`)).toEqual([expect.stringMatching(/^\d+:\d+ not valid YAML: .*; it looks like a template: render it first$/)]);
    expect(value("'{{inputs.parameters.a}}'")).toBe('{{inputs.parameters.a}}');
  });

  it('reads JSON that is indented with tabs', () => {
    expect(names('{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {"name": "p"}\n}')).toEqual(['Pod/p:1']);
  });

  it('refuses alias bombs and cycles instead of hanging', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array.from({ length: 10 }, () => `*a${n}`).join(', ')}]`)];
    expect(problems(CONFIG_MAP + bomb.join('\n'))).toEqual([expect.stringMatching(/^1:1 aliases expand to \d+ nodes; at most 1000000 are read$/)]);
    expect(problems(`${CONFIG_MAP}a: &a\n  b: *a`)).toEqual(['1:1 an alias refers to what contains it']);
  });

  it('refuses what is nested too deeply', () => {
    expect(problems('['.repeat(200_000))).toEqual([expect.stringMatching(/nest|depth/i)]);
    expect(problems('{"a":'.repeat(5000) + '1' + '}'.repeat(5000))).toEqual([expect.stringMatching(/nest|depth/i)]);
  });
});

describe('positions', () => {
  const text = `${CONFIG_MAP}---\n# second\napiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {app.x/y: z}}\nspec:\n  containers:\n    - name: one\n      image: x\n    - name: two\n      securityContext:\n        privileged: true\n`;
  const locate = (path: string) => {
    const { line, column } = objectsIn(text, 'f').objects[1]?.locate(path) ?? { line: 0, column: 0 };
    return `${line}:${column}`;
  };

  it('are those of the key', () => {
    expect(locate('spec.containers[1].securityContext.privileged')).toBe('16:9');
    expect(locate('metadata.labels["app.x/y"]')).toBe('9:30');
    expect(locate('spec.containers[0]')).toBe('12:7');
  });

  it('are the nearest around a field that is missing', () => {
    expect(locate('spec.containers[0].resources.limits.cpu')).toBe('12:7');
    expect(locate('spec.containers[1].securityContext.runAsUser')).toBe('15:7');
    expect(locate('spec.hostPID')).toBe('10:1');
    expect(locate('nothing.of.it')).toBe('7:1');
  });

  it('hold in the items of a list', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  spec:\n    hostPID: true\n';
    const [object] = objectsIn(list, 'f').objects;
    expect(object).toMatchObject({ line: 4, column: 3 });
    expect(object?.locate('spec.hostPID')).toEqual({ line: 7, column: 5 });
  });
});

describe('readSources', () => {
  it('reads files of any name and folders of manifests, and lists what it ignored', () => {
    write('all/a.yaml', CONFIG_MAP);
    write('all/sub/b.yml', CONFIG_MAP);
    write('all/sub/c.json', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}');
    write('all/README.md', '# words');
    write('all/node_modules/x.yaml', CONFIG_MAP);
    const given = write('odd.txt', CONFIG_MAP);
    const sources = readSources([path.join(root, 'all'), given]);
    expect(sources.objects.map(({ file }) => path.relative(root, file))).toEqual(['all/a.yaml', 'all/sub/b.yml', 'all/sub/c.json', 'odd.txt']);
    expect(sources.ignored.map((file) => path.relative(root, file))).toEqual(['all/README.md', 'all/node_modules']);
    expect(sources).toMatchObject({ files: 4, documents: 4, unevaluated: [] });
  });

  it('reports what cannot be read, and reads the rest', () => {
    const good = write('bad/good.yaml', CONFIG_MAP);
    const latin = write('bad/latin.yaml', Uint8Array.of(0x61, 0x3a, 0x20, 0xe9));
    const utf16 = write('bad/utf16.yaml', Uint8Array.of(0xff, 0xfe, 0x61, 0x00));
    const missing = path.join(root, 'missing.yaml');
    const empty = path.join(root, 'empty');
    mkdirSync(empty);
    const sources = readSources([good, latin, utf16, missing, empty]);
    expect(sources.objects).toHaveLength(1);
    expect(sources.unevaluated).toEqual([
      { file: missing, reason: 'no such file or folder' },
      { file: empty, reason: 'no .yaml, .yml or .json file in this folder' },
      { file: latin, reason: 'not UTF-8 text' },
      { file: utf16, reason: 'UTF-16; expected UTF-8' },
    ]);
  });

  it('goes through folders that link to themselves once, and reads a byte order mark', () => {
    write('loop/a.yaml', `\uFEFF${CONFIG_MAP}`);
    symlinkSync(path.join(root, 'loop'), path.join(root, 'loop', 'again'));
    expect(readSources([path.join(root, 'loop')]).objects.map(({ object }) => object.kind)).toEqual(['ConfigMap']);
  });

  it('is linear in the number of documents', () => {
    const text = `---\n${CONFIG_MAP}`.repeat(20_000);
    expect(objectsIn(text, 'f').objects.at(-1)).toMatchObject({ line: 20_000 * 5 - 3 });
  });

  it('reads standard input', () => {
    const file = write('input.yaml', CONFIG_MAP);
    const program = [
      "const { transformFileSync } = require('@swc/core');",
      "require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, { module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code, file);",
      `const { readSources } = require(${JSON.stringify(path.resolve(__dirname, '../../../policies'))});`,
      "console.log(JSON.stringify(readSources(['-'])));",
    ].join('\n');
    const input = openSync(file, 'r');
    try {
      const output: unknown = JSON.parse(execFileSync(process.execPath, ['-e', program], { stdio: [input, 'pipe', 'inherit'], encoding: 'utf8', cwd: path.resolve(__dirname, '../../..') }));
      expect(output).toMatchObject({ objects: [{ file: '-', line: 1, object: { kind: 'ConfigMap' } }], documents: 1, unevaluated: [] });
    } finally {
      closeSync(input);
    }
  });
});
