// Keeps what was checked, how long it took and what came of it.
import Table from 'cli-table3';

export class Report {
  #rows = [];

  /** Runs one check. What it returns, if a string, is shown; what it throws is its failure. Returns whether it passed. */
  async check(name, body) {
    const started = performance.now();
    const finish = (passed, detail) => {
      const seconds = (performance.now() - started) / 1000;
      this.#rows.push({ name, passed, seconds, detail });
      process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${seconds.toFixed(1).padStart(6)} s  ${name}${detail ? `: ${detail}` : ''}\n`);
      return passed;
    };
    try {
      const detail = await body();
      return finish(true, typeof detail === 'string' ? detail : '');
    } catch (error) {
      return finish(false, error.message);
    }
  }

  /** As {@link check}, for what everything after it needs. */
  async require(name, body) {
    if (!(await this.check(name, body))) throw new Error(`cannot go on without: ${name}`);
  }

  get failed() {
    return this.#rows.filter(({ passed }) => !passed).length;
  }

  table() {
    const table = new Table({ head: ['check', '', 's', 'detail'], colWidths: [52, 6, 8, 90], wordWrap: true, style: { head: [], border: [] } });
    for (const { name, passed, seconds, detail } of this.#rows) table.push([name, passed ? 'ok' : 'FAIL', { content: seconds.toFixed(1), hAlign: 'right' }, detail]);
    return `${table.toString()}\n${this.#rows.length} checks, ${this.failed} failed`;
  }
}
