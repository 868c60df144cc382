import { objectsIn } from '../../../policies/sources/documents';
import { CONFIG_MAP, ignored, names, problems } from './read';

describe('documents of a file', () => {
  it('are all read, with the line of each', () => {
    expect(names(`# a comment\n\n---\n${CONFIG_MAP}---\n# nothing here\n---\n${CONFIG_MAP}...\n---\n${CONFIG_MAP}`)).toEqual(['ConfigMap/a:4', 'ConfigMap/a:11', 'ConfigMap/a:17']);
  });

  it('do not end at dashes inside a text', () => {
    const text = `${CONFIG_MAP}data:\n  x: |\n    a\n    ---\n    b\n`;
    expect(objectsIn(text, 'f').objects[0]?.object).toMatchObject({ data: { x: 'a\n---\nb\n' } });
  });

  it('one that is broken is reported with line and column, and the others are read', () => {
    const text = `${CONFIG_MAP}---\napiVersion: v1\nkind: Pod\n  metadata: {}\n---\n${CONFIG_MAP}`;
    expect(names(text)).toEqual(['ConfigMap/a:1', 'ConfigMap/a:10']);
    expect(problems(text)).toEqual(['8:11 not valid YAML: bad indentation of a mapping entry']);
    expect(objectsIn(text, 'f').documents).toBe(3);
  });

  it('with a key twice are read as kubectl reads them, and reported', () => {
    const text = `---\n${CONFIG_MAP}data: {a: x}\ndata:\n  a: z\n`;
    expect(objectsIn(text, 'f').objects[0]?.object).toMatchObject({ data: { a: 'z' } });
    expect(problems(text)).toEqual(['7:1 duplicated key: only the last of its values was evaluated']);
    expect(problems('{"apiVersion": "v1", "kind": "Pod",\n "kind": "Secret"}')).toEqual(['2:2 duplicated key: only the last of its values was evaluated']);
  });

  it('opens lists, also in lists, and typed lists whose items leave out their kind', () => {
    const list = JSON.stringify({
      apiVersion: 'v1', kind: 'List',
      items: [
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
        { apiVersion: 'v1', kind: 'SecretList', items: [{ metadata: { name: 's' } }] },
        { metadata: { name: 'lost' } },
        null,
      ],
    }, undefined, 1);
    expect(names(list)).toEqual(['Pod/p:5', 'Secret/s:16']);
    const expected = ['23:3 not a Kubernetes object: apiVersion and kind are missing or not text', '28:3 not a Kubernetes object: nothing'];
    expect(problems(list)).toEqual(expected);
    expect(problems(list, false)).toEqual(expected);
  });

  it('takes an empty list for one, and an object that is called a list for an object', () => {
    expect(objectsIn('apiVersion: v1\nkind: List\nitems:\n', 'f')).toMatchObject({ objects: [], unevaluated: [], documents: 1 });
    expect(objectsIn('apiVersion: v1\nkind: List\nitems: {a: {}}\n', 'f').unevaluated).toMatchObject([{ line: 3, reason: 'a List whose items are no list' }]);
    expect(names('apiVersion: example.com/v1\nkind: DenyList\nmetadata: {name: a}\nitems: [1]\n')).toEqual(['DenyList/a:1']);
    expect(names('apiVersion: example.com/v1\nkind: DenyList\nmetadata: {name: a}\nspec: {}\n')).toEqual(['DenyList/a:1']);
  });

  it('says of a key that nearly made an object what is wrong with it', () => {
    expect(problems('apiVersion: v1\nkind: 3')).toEqual(['1:1 not a Kubernetes object: kind is missing or not text']);
    expect(problems('apiVersion: ""\nkind: Pod')).toEqual(['1:1 not a Kubernetes object: apiVersion is missing or not text']);
  });
});

describe('what is no object', () => {
  it.each([
    ['- a\n- b', '1:1 not a Kubernetes object: a list'],
    ['just words', '1:1 not a Kubernetes object: the string "just words"'],
    ['services:\n  web: {}\n', '1:1 not a Kubernetes object: apiVersion and kind are missing or not text'],
    ['# kustomize\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization', '2:1 instructions for kustomize: check what `kustomize build` prints'],
  ])('is reported if someone asked for the file, and ignored in a folder: %j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(problems(text, false)).toEqual([]);
    expect(ignored(text)).toEqual([expected]);
  });

  it.each(['', '\n\n', '# only a comment\n', '---\n---\n', '~', '--- null'])('nor is an empty file: %j', (text) => {
    const empty = { file: 'f', reason: 'empty: there is no document in it' };
    expect(objectsIn(text, 'f')).toEqual({ objects: [], documents: 0, unevaluated: [empty], ignored: [] });
    expect(objectsIn(text, 'f', false)).toEqual({ objects: [], documents: 0, unevaluated: [], ignored: [empty] });
  });

  it('is reported in a folder too if it is broken, or nearly an object', () => {
    expect(problems('a: [', false)).toEqual([expect.stringContaining('not valid YAML')]);
    expect(problems('apiVersion: v1\n', false)).toEqual(['1:1 not a Kubernetes object: kind is missing or not text']);
    expect(problems('kind: Pod\n', false)).toEqual(['1:1 not a Kubernetes object: apiVersion is missing or not text']);
    expect(problems('kind: [bug, feature]\n', false)).toEqual([]);
  });

  it('may have a key twice, or comments in JSON: no manifest, no problem', () => {
    expect(problems('a: 1\na: 2\n', false)).toEqual([]);
    expect(ignored('// settings\n{"a": 1}')).toHaveLength(1);
    const settings = '{\n  // of a compiler\n  "a": [1, 2,], /* x */\n}\n// end\n';
    expect(problems(settings, false)).toEqual([]);
    expect(ignored(settings)).toEqual(['2:3 JSON with comments: no manifest']);
    expect(problems(settings)).toEqual(['2:3 not valid JSON: "/" where a name in double quotes should be']);
    expect(problems(settings.replace('"a"', '"apiVersion"'), false)).toHaveLength(1);
  });
});

describe('JSON', () => {
  it('may be indented with tabs', () => {
    expect(names('{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"metadata": {"name": "p"}\n}')).toEqual(['Pod/p:1']);
  });

  it('may be many values, one a line or not', () => {
    const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });
    expect(names(`${JSON.stringify(pod('a'))}\n${JSON.stringify(pod('b'), undefined, 2)}${JSON.stringify(pod('c'))}\n`)).toEqual(['Pod/a:1', 'Pod/b:2', 'Pod/c:8']);
    expect(names(`${JSON.stringify(pod('a'))}\n---\n${JSON.stringify(pod('b'))}\n---\n${CONFIG_MAP}`)).toEqual(['Pod/a:1', 'Pod/b:3', 'ConfigMap/a:5']);
  });

  it('of which one is broken does not take the others with it', () => {
    const pod = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}';
    const text = `${pod}\n{"apiVersion": "v1", "kind"}\n${pod}\n{"apiVersion": `;
    expect(names(text)).toEqual(['Pod/p:1', 'Pod/p:3']);
    expect(problems(text)).toEqual([
      '2:1 not a Kubernetes object: kind is missing or not text',
      '4:16 not valid JSON: it ends where a value should be',
    ]);
    expect(objectsIn(text, 'f').documents).toBe(4);
  });

  it.each([
    ['{"a": 1 "b": 2}', `1:9 not valid JSON: "\\"" where ',' or '}' should be`],
    ['{"a": "x\n", "b" 1}', '1:9 not valid JSON: a string is not closed on its line'],
    ['{"a": "x', '1:7 not valid JSON: a string is not closed'],
    ['[{"a": tru}]', '1:1 not a Kubernetes object: a list'],
    ['{"a": [1, 2}', `1:12 not valid JSON: "}" where ',' or ']' should be`],
    ['{"a": "\\x" ]', '1:8 not valid JSON: an escape that JSON does not have'],
    ['{"a": 01 "b": 2}', '1:7 not valid JSON: "0" where a value should be'],
  ])('that is broken is so in its own terms: %s', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it('in braces may still be YAML', () => {
    expect(names('{apiVersion: v1, kind: Pod, metadata: {name: p}} # no quotes')).toEqual(['Pod/p:1']);
    expect(names('{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}} # a comment')).toEqual(['Pod/p:1']);
  });

  it('nested too deeply is refused', () => {
    expect(problems(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)).toEqual(['1:1 nested more than 500 levels deep']);
    expect(problems('['.repeat(200_000))).toEqual([expect.stringMatching(/^1:\d+ .*nested more than 500 levels deep$/)]);
    expect(names(`{"apiVersion":"v1","kind":"A","spec":${'{"a":'.repeat(400)}1${'}'.repeat(401)}`)).toEqual(['A/undefined:1']);
  });
});

describe('size', () => {
  it('costs time in proportion: many documents', () => {
    const text = `---\n${CONFIG_MAP}`.repeat(20_000);
    expect(objectsIn(text, 'f').objects.at(-1)).toMatchObject({ line: 20_000 * 5 - 3 });
  });

  it('costs time in proportion: many fields located in one large list', () => {
    const item = '- apiVersion: v1\n  kind: Pod\n  metadata: {name: p}\n  spec:\n    hostPID: true\n';
    const { objects } = objectsIn(`apiVersion: v1\nkind: List\nitems:\n${item.repeat(20_000)}`, 'f');
    expect(objects.map(({ locate }) => locate('spec.hostPID').line)).toEqual(Array.from({ length: 20_000 }, (_, index) => 8 + index * 5));
    expect(objects.at(-1)).toMatchObject({ line: 20_000 * 5 - 1, column: 3 });
  });

  it('costs time in proportion: many fields located in one large JSON list', () => {
    const items = Array.from({ length: 20_000 }, () => ({ apiVersion: 'v1', kind: 'Pod', spec: { hostPID: true } }));
    const { objects } = objectsIn(JSON.stringify({ kind: 'List', items }, undefined, 1), 'f');
    expect(objects.map(({ locate }) => locate('spec.hostPID').line)).toEqual(items.map((_, index) => 8 + index * 7));
  });
});
