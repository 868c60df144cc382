import { styleText } from 'node:util';
import { stringify } from 'yaml';
import type { CheckResult } from '../check';
import { type Finding, isBlocking, type Unevaluated } from '../engine/finding';
import { showReference } from '../engine/object';
import type { Severity } from '../engine/policy';
import type { Reporter } from './reporter';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { critical: ['bold', 'red'], high: 'red', medium: 'yellow', low: 'cyan' };
/** Longer values are cut: a finding shows what stands there, not the whole file. */
const LONGEST_VALUE = 120;

/** For people: grouped by object, each finding with its field, the value found, the fix and the benchmark reference. */
export const humanReporter: Reporter = {
  format: 'human',
  render(result, { color = false } = {}) {
    const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
    const sections = [...byObject(result.findings)].map((findings) => objectSection(findings, paint));
    if (result.coverage.unevaluated.length > 0) sections.push(unevaluatedSection(result.coverage.unevaluated, paint));
    return [...sections, summary(result, paint)].join('\n\n');
  },
};

function byObject(findings: readonly Finding[]): Iterable<readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { apiVersion, kind, namespace, name } = finding.object;
    const key = JSON.stringify([apiVersion, kind, namespace, name, finding.file]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return groups.values();
}

function objectSection(findings: readonly Finding[], paint: Paint): string {
  const [first] = findings;
  if (!first) return '';
  const place = first.file === undefined ? '' : `  ${paint('dim', first.file)}`;
  const reported = findings.filter(({ waived }) => !waived).map((finding) => openFinding(finding, paint));
  const waived = findings.filter(({ waived }) => waived).map((finding) => waivedFinding(finding, paint));
  return [paint('bold', showReference(first.object)) + place, ...reported, ...waived].join('\n');
}

function openFinding(finding: Finding, paint: Paint): string {
  const { policy, severity, message, path, found, controls, patch, remediation, enforcement } = finding;
  const level = enforcement === 'advisory' ? `${severity}, advisory` : severity;
  const lines = [`  ${paint(SEVERITY_STYLE[severity], level)}  ${message}  ${paint('dim', policy)}`];
  if (path !== '') lines.push(`    at    ${path}${position(finding)}`, `    found ${showValue(found)}`);
  lines.push(...fix(patch, remediation));
  if (controls[0] !== undefined) lines.push(`    see   ${controls[0]}`);
  return lines.join('\n');
}

function waivedFinding({ waived, message, policy, container }: Finding, paint: Paint): string {
  if (!waived) return '';
  const until = waived.expires ? `, until ${waived.expires}` : '';
  const by = waived.owner ? `, ${waived.owner}` : '';
  const subject = container === undefined ? policy : `${policy} (${container})`;
  return paint('dim', `  waived  ${message}  ${subject}\n    because ${waived.reason}${by}${until}`);
}

function position({ file, line, column }: Finding): string {
  return file === undefined || line === undefined ? '' : `  (${file}:${line}:${column ?? 1})`;
}

function showValue(found: unknown): string {
  if (found === null) return 'nothing: it is not set';
  const text = JSON.stringify(found);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 3)}...` : text;
}

function fix(patch: Finding['patch'], remediation: string): string[] {
  if (!patch) return [`    fix   ${remediation}`];
  const lines = stringify(patch, { lineWidth: 0 }).trimEnd().split('\n');
  return lines.map((line, index) => (index === 0 ? `    fix   ${line}` : `          ${line}`));
}

function unevaluatedSection(unevaluated: readonly Unevaluated[], paint: Paint): string {
  const lines = unevaluated.map(({ file, line, column, object, reason }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    return `  ${[place, object && showReference(object)].filter((part) => part).join(' ') || 'an object'}: ${reason}`;
  });
  return [paint(['bold', 'red'], 'Not evaluated'), ...lines].join('\n');
}

function summary({ findings, coverage }: CheckResult, paint: Paint): string {
  const blocking = findings.filter(isBlocking).length;
  const waived = findings.filter((finding) => finding.waived).length;
  const advisory = findings.length - blocking - waived;
  const parts = [count(blocking, 'finding'), ...(advisory > 0 ? [`${advisory} advisory`] : []), ...(waived > 0 ? [`${waived} waived`] : [])];
  const verdict = paint(blocking > 0 ? 'red' : 'green', parts.join(', '));
  const { files, documents, objects, podTemplates, containers, policies, undecided, unevaluated, ignored } = coverage;
  const seen = [
    `${count(policies, 'policy', 'policies')} on ${count(objects, 'object')} (${count(podTemplates, 'pod template')}, ${count(containers, 'container')})`,
    `from ${count(documents, 'document')} in ${count(files, 'file')}`,
    `${unevaluated.length} not evaluated`,
    ...(undecided.length > 0 ? [`${count(undecided.length, 'check')} undecided: stated in another object`] : []),
    ...(ignored.length > 0 ? [`${count(ignored.length, 'file')} ignored: no manifest by ${ignored.length === 1 ? 'its' : 'their'} name`] : []),
  ];
  return `${verdict}\nCoverage: ${seen.join('; ')}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
