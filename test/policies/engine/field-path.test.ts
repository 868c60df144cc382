import fc from 'fast-check';
import { formatPath, parsePath, read } from '../../../policies';

describe('field paths', () => {
  it('are written as people write them', () => {
    expect(formatPath(['spec', 'containers', 0, 'name'])).toBe('spec.containers[0].name');
    expect(formatPath(['metadata', 'labels', 'app.kubernetes.io/name'])).toBe('metadata.labels["app.kubernetes.io/name"]');
    expect(formatPath([])).toBe('');
  });

  it('read back as they were written, whatever the keys', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.nat(99), fc.constantFrom('a', 'b.c', '"', 'x[0]'))), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });

  it.each(['spec..x', 'a[b]', 'a["]', '[1'])('refuses %s', (text) => {
    expect(() => parsePath(text)).toThrow(SyntaxError);
  });
});

describe('read', () => {
  it('follows a path, and takes null for absent', () => {
    const object = { a: [{ b: false, c: null }] };
    expect(read(object, 'a', 0, 'b')).toBe(false);
    expect(read(object, 'a', 0, 'c')).toBeUndefined();
    expect(read(object, 'a', 'b')).toBeUndefined();
    expect(read(object, 'toString')).toBeUndefined();
  });
});
