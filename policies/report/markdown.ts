import markdownTable from 'markdown-table';
import { stringify } from 'yaml';
import { codeBlock } from '../describe/markdown-text';
import type { CheckResult } from '../check';
import type { Finding } from '../engine/finding';
import { showReference } from '../engine/object';
import { coverageText, verdict } from './coverage-text';
import { continuations, type Entry, fold } from './fold';
import { byObject } from './groups';
import { code, plain } from './markdown-escape';
import { mergePatches } from './merge-patches';
import { reporter } from './reporter';
import { openFindings, tally, urgency } from './state';
import { counted, place, showControls, showUnevaluated, showValue, showWaiver } from './text';

/** A comment on GitHub may have 65,536 characters; one on GitLab, many more. */
const LIMIT = 65_000;
/** Room for the lines that say what did not fit. */
const RESERVE = 500;
/** What could not be evaluated takes at most this part of the room. */
const UNEVALUATED_SHARE = 1 / 4;
/** No row is shorter, so that no more than fit are tried. */
const SHORTEST_ROW = 10;
/** What a row says after its first finding is cut here, so that one row is never too long for the page. */
const LONGEST_CONTINUATION = 200;
/** By this line a program finds the comment again that it made before. */
const MARKER = '<!-- kubeflow-cdk check -->';

type Group = readonly [Finding, ...Finding[]];

/** Markdown for a comment on a pull request: what matters most comes first, and what does not fit is counted. */
export const markdownReporter = reporter('markdown', (result) => {
  const tail = `**Coverage:** ${plain(coverageText(result.coverage), LIMIT)}`;
  const page = new Page(LIMIT - tail.length - RESERVE);
  page.add(`${MARKER}\n### ${icon(result)} kubeflow-cdk check: ${verdict(result)}`);
  addUnevaluated(page, result);
  addOpen(page, result);
  addWaived(page, result);
  return [`${page.text}\n\n${tail}`];
});

/** Sections, as long as there is room. */
class Page {
  private readonly sections: string[] = [];

  constructor(private room: number) {}

  get text(): string {
    return this.sections.join('\n\n');
  }

  fits(section: string, room = this.room): boolean {
    return section.length + 2 <= room;
  }

  share(part: number): number {
    return this.room * part;
  }

  add(section: string): void {
    this.room -= section.length + 2;
    this.sections.push(section);
  }

  /** Adds as many rows as fit. @returns how many */
  addRows(rows: number, section: (rows: number) => string, room = this.room): number {
    let [fit, tooMany] = [0, Math.min(rows, Math.floor(room / SHORTEST_ROW)) + 1];
    while (tooMany - fit > 1) {
      const middle = Math.floor((fit + tooMany) / 2);
      if (this.fits(section(middle), room)) fit = middle;
      else tooMany = middle;
    }
    if (fit > 0) this.add(section(fit));
    return fit;
  }
}

function icon({ findings, coverage }: CheckResult): string {
  if (coverage.unevaluated.length > 0) return ':warning:';
  return tally(findings).blocking > 0 ? ':x:' : ':white_check_mark:';
}

function addUnevaluated(page: Page, { coverage: { unevaluated } }: CheckResult): void {
  const lines = unevaluated.map((problem) => `- ${code(showUnevaluated(problem))}: ${plain(problem.reason)}`);
  const shown = page.addRows(lines.length, (rows) => ['**Not evaluated**, so that the answer is incomplete:\n', ...lines.slice(0, rows)].join('\n'), page.share(UNEVALUATED_SHARE));
  if (shown < lines.length) page.add(`${lines.length - shown} more were not evaluated; this comment has no room for them.`);
}

function addOpen(page: Page, { findings }: CheckResult): void {
  const groups = [...byObject(findings)].flatMap((group): Group[] => {
    const [first, ...others] = openFindings(group);
    return first ? [[first, ...others]] : [];
  });
  // Findings of a group come worst first, and so do groups.
  groups.sort(([a], [b]) => urgency(a) - urgency(b));
  let left = groups.reduce((sum, group) => sum + group.length, 0);
  for (const group of groups) {
    const entries = fold(group);
    const whole = objectSection(group[0], entries) + fixSection(group);
    if (page.fits(whole)) {
      page.add(whole);
      left -= group.length;
      continue;
    }
    const shown = page.addRows(entries.length, (rows) => objectSection(group[0], entries.slice(0, rows)));
    left -= entries.slice(0, shown).flat().length;
    if (shown < entries.length) break;
  }
  if (left > 0) page.add(`${counted(left, 'more finding')}; this comment has no room for ${left === 1 ? 'it' : 'them'}.`);
  if (groups.length > 0) page.add('Reasons, fixes, examples, and how to waive: `kubeflow-cdk check --explain POLICY`');
}

function objectSection({ object, file }: Finding, entries: readonly Entry[]): string {
  const inFile = file === undefined ? '' : ` in ${code(place({ file }))}`;
  return `#### ${code(showReference(object))}${inFile}\n\n${tableOf(['severity', 'problem', 'field', 'found', 'control'], entries.map(entryRow))}`;
}

function entryRow(entry: Entry): readonly string[] {
  const [{ severity, enforcement, policy, message, path, line, found, controls }] = entry;
  const at = [...(path === '' ? [] : [code(path)]), ...(line === undefined ? [] : [`line ${line}`])].join('<br>');
  const more = continuations(entry).map(({ finding, text }) => {
    const reference = [code(finding.policy), plain(showControls(finding.controls))].filter((part) => part !== '');
    return `<br>${plain(text, LONGEST_CONTINUATION)}<br>${reference.join(' ')}`;
  });
  return [
    enforcement === 'advisory' ? `${severity}, advisory` : severity,
    `${plain(message)}<br>${code(policy)}${more.join('')}`,
    at,
    path === '' ? '' : code(showValue(found)),
    plain(showControls(controls)),
  ];
}

/** How to put an object right, behind a line that opens it. */
function fixSection(group: Group): string {
  const patches = mergePatches(group).map((patch) => codeBlock(stringify(patch, { lineWidth: 0 }).trimEnd(), 'yaml'));
  const advice = new Map(group.filter(({ patch }) => !patch).map(({ policy, remediation }) => [policy, remediation]));
  const lines = [...advice].map(([policy, remediation]) => `- ${code(policy)}: ${plain(remediation)}`);
  const parts = [...patches, ...(lines.length > 0 ? [lines.join('\n')] : [])];
  return `\n\n<details><summary>How to fix it</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
}

function addWaived(page: Page, { findings }: CheckResult): void {
  const rows = findings.flatMap(({ waived, object, message, policy }) =>
    waived ? [[code(showReference(object)), `${plain(message)}<br>${code(policy)}`, plain(showWaiver(waived))]] : [],
  );
  const section = (shown: number): string =>
    `<details><summary>${rows.length} waived</summary>\n\n${tableOf(['object', 'problem', 'exception'], rows.slice(0, shown))}\n\n</details>`;
  const shown = page.addRows(rows.length, section);
  if (shown < rows.length) page.add(`${rows.length - shown} more waived; this comment has no room for them.`);
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([head, ...rows], { alignDelimiters: false });
}
