import { reporterFor, REPORTERS } from '../../../policies';
import { EMPTY, FULL, manyFindings } from './result';

describe('reporters', () => {
  it('are these, the default first', () => {
    expect(REPORTERS.map(({ format }) => format)).toEqual(['human', 'json', 'sarif', 'junit', 'markdown']);
    expect(reporterFor('xml')).toBeUndefined();
  });

  it.each(REPORTERS.map((each) => [each.format, each] as const))('%s gives the same report whole and in pieces, each time', (_format, reporter) => {
    for (const result of [FULL, EMPTY, manyFindings(200)]) {
      const whole = reporter.render(result);
      expect([...reporter.pieces(result)].join('')).toBe(whole);
      expect(reporter.render(result)).toBe(whole);
      expect(whole).not.toMatch(/\n$/);
    }
  });

  it.each(REPORTERS.filter(({ format }) => format !== 'markdown').map((each) => [each.format, each] as const))('%s never holds a long report as one text', (_format, reporter) => {
    const pieces = [...reporter.pieces(manyFindings(2000))];
    expect(pieces.length).toBeGreaterThan(3);
    for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeLessThan(256 * 1024);
  });

  it('load the libraries of rare formats only when they are used', () => {
    jest.isolateModules(() => {
      const loaded: string[] = [];
      for (const library of ['node-sarif-builder', 'junit-report-builder', 'markdown-table']) {
        jest.doMock(library, () => {
          loaded.push(library);
          return jest.requireActual(library);
        });
      }
      const { reporterFor: fresh }: typeof import('../../../policies') = require('../../../policies');
      fresh('human')?.render(FULL);
      fresh('json')?.render(FULL);
      expect(loaded).toEqual([]);
      for (const format of ['sarif', 'junit', 'markdown']) fresh(format)?.render(FULL);
      expect(loaded).toEqual(['node-sarif-builder', 'junit-report-builder', 'markdown-table']);
    });
  });
});
