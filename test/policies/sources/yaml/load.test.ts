import { loadYaml } from '../../../../policies/sources/yaml/load';

const value = (text: string) => {
  const parsed = loadYaml(text);
  return 'value' in parsed ? parsed.value : parsed;
};

describe('loadYaml', () => {
  it('merges anchors', () => {
    expect(value('base: &b {a: 1, b: 2}\nmore: {<<: *b, b: 3}\nboth:\n  <<: [*b, {c: 4, a: 5}]')).toEqual({ base: { a: 1, b: 2 }, more: { a: 1, b: 3 }, both: { a: 1, b: 2, c: 4 } });
  });

  it('makes text of keys', () => {
    expect(value('1: a\n0x10: b\ntrue: c\non: d')).toEqual(expect.objectContaining({ 1: 'a', 16: 'b' }));
    expect(value('on: push')).toEqual({ true: 'push' });
    expect(value('1.5: a\n"2": b')).toEqual({ 1.5: 'a', 2: 'b' });
  });

  it('takes values in quotes for text, and follows tags', () => {
    expect(value('[yes, "yes", \'1\', !!str 1, !!int "0644", !!float "1", !!bool "on", !!null "", ! 12]')).toEqual([true, 'yes', '1', '1', 420, 1, true, null, '12']);
    expect(value('!!int x')).toMatchObject({ reason: expect.stringContaining('cannot resolve a node') });
  });

  it('does not mind tags that nobody knows: kubectl reads past them', () => {
    expect(value('a: !Ref b\nc: !Sub {d: !GetAtt 1}\ne: !Join [x, yes]\nf: !Nothing\ng: !!timestamp 2024-01-01\n')).toEqual({ a: 'b', c: { d: '1' }, e: ['x', true], f: '', g: '2024-01-01' });
  });

  it.each([
    ['a: b: c', { line: 1, column: 5, reason: 'not valid YAML: bad indentation of a mapping entry' }],
    ['a:\n\t- b', { line: 2, column: 1, reason: expect.stringContaining('tab') }],
    ['a: [1', { line: 2, column: 1, reason: expect.stringContaining('flow collection') }],
    ['a: *b', { line: 1, column: 6, reason: 'not valid YAML: unidentified alias "b"' }],
    ['a: \u0000', { line: 1, column: 4, reason: expect.stringContaining('null byte') }],
    ['a: \u0001', { reason: expect.stringContaining('non-printable') }],
    ['%YAML 2.0\n---\na: 1', { reason: expect.stringContaining('YAML version') }],
    ['%YAML 1.1\na: 1', { reason: expect.stringContaining('directives end mark') }],
  ])('says what is wrong with %j, and where', (text, expected) => {
    expect(value(text)).toMatchObject(expected);
  });

  it('reports the second of two equal keys; the last one counts', () => {
    expect(loadYaml('a: 1\nb: 2\na: {c: 3, c: 4}')).toEqual({ value: { a: { c: 4 }, b: 2 }, repeated: { line: 3, column: 11 } });
    expect(loadYaml('a: 1\na: 2\nb: [')).toMatchObject({ reason: expect.stringContaining('not valid YAML') });
  });

  it('refuses alias bombs and cycles instead of hanging', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array.from({ length: 10 }, () => `*a${n}`).join(', ')}]`)];
    expect(value(bomb.join('\n'))).toMatchObject({ reason: expect.stringMatching(/^aliases expand to \d+ nodes; at most 1000000 are read$/), line: 1, column: 1 });
    expect(value('a: &a\n  b: *a')).toMatchObject({ reason: 'an alias refers to what contains it' });
    expect(value('- &a [*a]')).toMatchObject({ reason: 'an alias refers to what contains it' });
  });

  it('refuses merges that would copy without end', () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join(', ');
    const merges = Array.from({ length: 1000 }, (_, index) => `m${index}: {<<: *b}`).join('\n');
    expect(value(`base: &b {${keys}}\n${merges}`)).toMatchObject({ reason: expect.stringContaining('merge keys exceeded') });
  });

  it('refuses what is nested too deeply, and reads what is nested deeply', () => {
    expect(value(`${'['.repeat(200_000)}`)).toMatchObject({ reason: 'nested more than 500 levels deep' });
    expect(value(Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'))).toMatchObject({ reason: 'nested more than 500 levels deep' });
    expect(value(`${'[ '.repeat(490)}${']'.repeat(490)}`)).not.toHaveProperty('reason');
    expect(value(Array.from({ length: 490 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'))).not.toHaveProperty('reason');
  });

  it('reads very long lines', () => {
    expect(value(`a: ${'x'.repeat(2_000_000)}`)).toEqual({ a: 'x'.repeat(2_000_000) });
  });

  it('reads large lists with positions, and refuses in them what it refuses elsewhere', () => {
    const list = `items:\n${'- {a: 1, b: two}\n'.repeat(80_000)}`;
    expect(loadYaml(list)).toMatchObject({ positions: expect.anything() });
    expect(loadYaml(`${list}- {a: 1, a: 2}\n`)).toMatchObject({ repeated: { line: 80_002, column: 10 } });
    expect(loadYaml(`${list}- [\n`)).toMatchObject({ reason: expect.stringContaining('not valid YAML') });
    expect(loadYaml(`${list}- &x [*x]\n`)).toMatchObject({ reason: 'an alias refers to what contains it' });
  });
});
