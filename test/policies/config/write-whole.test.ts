import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWhole } from '../../../policies/config/write-whole';

describe('writing a file whole', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'write-whole-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = (name: string): string => path.join(folder, name);

  it('makes it, or replaces what was in it', () => {
    writeWhole(at('a'), ['one ', 'two']);
    writeWhole(at('a'), ['three']);
    expect(readFileSync(at('a'), 'utf8')).toBe('three');
  });

  it('leaves the old one, and nothing else, if the new one cannot be finished', () => {
    writeFileSync(at('a'), 'old');
    expect(() => writeWhole(at('a'), (function* () { yield 'half'; throw new Error('no more'); })())).toThrow('no more');
    expect([readFileSync(at('a'), 'utf8'), readdirSync(folder)]).toEqual(['old', ['a']]);
  });

  it('writes through a link, and leaves the link', () => {
    writeFileSync(at('a'), 'old');
    symlinkSync(at('a'), at('link'));
    writeWhole(at('link'), ['new']);
    expect([lstatSync(at('link')).isSymbolicLink(), readFileSync(at('a'), 'utf8')]).toEqual([true, 'new']);
  });

  it('writes to a device without replacing it', () => {
    writeWhole('/dev/null', ['gone']);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('says what cannot be written', () => {
    expect(() => writeWhole(folder, ['x'])).toThrow(/EISDIR/);
    expect(() => writeWhole(at('no/such'), ['x'])).toThrow(/ENOENT/);
  });

  // Root may write anyway.
  (process.getuid?.() === 0 ? it.skip : it)('does not replace a file that may not be written', () => {
    writeFileSync(at('fixed'), 'old', { mode: 0o444 });
    expect(() => writeWhole(at('fixed'), ['x'])).toThrow(/EACCES/);
  });
});
