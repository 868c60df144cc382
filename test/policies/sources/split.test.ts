import { splitDocuments, splitJson } from '../../../policies/sources/split';

const split = (text: string) => splitDocuments(text).map((document) => [document.linesBefore, document.text]);

describe('splitDocuments', () => {
  it.each<[string, string, unknown]>([
    ['no marker', 'a: 1\n', [[0, 'a: 1\n']]],
    ['markers', '---\na\n---\nb\n', [[0, '---\na\n'], [2, '---\nb\n']]],
    ['content on the line of the marker', '--- {a: 1}\n--- b', [[0, '--- {a: 1}\n'], [1, '--- b']]],
    ['an end', 'a\n...\n# c\n...\nb', [[0, 'a\n'], [3, '\nb']]],
    ['directives, and comments before them', '# x\n%YAML 1.1\n%TAG ! tag:x,1:\n---\na\n---\nb\n', [[0, '# x\n%YAML 1.1\n%TAG ! tag:x,1:\n---\na\n'], [5, '---\nb\n']]],
    ['directives of a later document', 'a\n...\n%YAML 1.2\n---\nb\n', [[0, 'a\n'], [1, '\n%YAML 1.2\n---\nb\n']]],
    ['Windows line ends', '---\r\na\r\n---\r\n', [[0, '---\r\na\r\n']]],
    ['the line ends of old Macs', 'a: 1\r---\rb: 2\r', [[0, 'a: 1\n'], [1, '---\nb: 2\n']]],
    ['a byte order mark where files were put together', '---\na\n\uFEFF---\nb\n', [[0, '---\na\n'], [2, '---\nb\n']]],
    ['dashes that are no marker', '----\n--- a\n ---\n---b\n', [[0, '----\n'], [1, '--- a\n ---\n---b\n']]],
    ['percent signs in content', 'a: 1\n%b\n---\nc', [[0, 'a: 1\n%b\n'], [2, '---\nc']]],
    ['only comments', '# a\n---\n# b\n--- # c\n\n', []],
  ])('%s', (_name, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('does not look through the rest of the file for each document', () => {
    const began = performance.now();
    expect(splitDocuments('---\na: 1\n'.repeat(200_000))).toHaveLength(200_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('splitJson', () => {
  const parts = (text: string) => splitJson({ text, linesBefore: 10 }).map((part) => [part.linesBefore, part.text]);

  it('leaves alone what is not several values', () => {
    for (const text of ['{"a": 1}', 'a: 1', '{a: 1}\n{b: 1}', '{{ x }}\n{{ y }}', '{"a": 1} # x', '{"a": ']) expect(parts(text)).toEqual([[10, text]]);
  });

  it('counts lines', () => {
    expect(parts('{"a":\n1}\n\n{"b": 2}[3]')).toEqual([[10, '{"a":\n1}'], [13, '{"b": 2}'], [13, '[3]']]);
  });
});
