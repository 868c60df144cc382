import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Journal } from '../../../local/engine/journal';

const object = (kind: string, name: string, namespace?: string) => ({ apiVersion: 'v1', kind, metadata: { name, ...(namespace && { namespace }) }, data: { secret: 'value' } });
const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'journal-')), 'deep', 'journal.json');

describe('Journal', () => {
  it('has nothing unfinished at first, nor after a finished run', () => {
    const journal = new Journal(newFile());
    expect(journal.unfinished()).toEqual([]);
    journal.begin([object('Namespace', 'a')]);
    journal.finish();
    expect(journal.unfinished()).toEqual([]);
  });

  it('keeps identities only, in order, and for this user alone', () => {
    const file = newFile();
    new Journal(file).begin([object('Namespace', 'a'), object('Secret', 'b', 'a')]);
    expect(new Journal(file).unfinished()).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b', namespace: 'a' } },
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('does not forget what earlier unfinished runs set out to do', () => {
    const journal = new Journal(newFile());
    journal.begin([object('ConfigMap', 'old', 'a')]);
    journal.begin([object('ConfigMap', 'new', 'a')]);
    expect(journal.unfinished().map(({ metadata }) => metadata.name)).toEqual(['old', 'new']);
  });
});
