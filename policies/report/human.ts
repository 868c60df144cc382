import { styleText } from 'node:util';
import { stringify } from 'yaml';
import type { CheckResult } from '../check';
import type { Finding, Unevaluated } from '../engine/finding';
import { showReference } from '../engine/object';
import type { Severity } from '../engine/policy';
import { coverageText, verdict } from './coverage-text';
import { continuations, type Entry, fold } from './fold';
import { byObject, byPolicy } from './groups';
import { mergePatches } from './merge-patches';
import { reporter } from './reporter';
import { isOpen, openFindings, tally, urgency } from './state';
import { place, printable, showControls, showUnevaluated, showValue, showWaiver } from './text';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { critical: ['bold', 'red'], high: 'red', medium: 'yellow', low: 'cyan' };
/** Width of the longest severity, so that messages stand below each other. */
const MARGIN = 'critical'.length;
const INDENT = ' '.repeat(MARGIN + 4);
/** From so many open findings on, a table by policy gives the overview. */
const MANY = 30;
/** More advice than this on one value is counted. */
const ADVICE_SHOWN = 3;

/** For people: grouped by object and value, each finding with its benchmark reference; one fix an object. */
export const humanReporter = reporter('human', function* (result, { color = false } = {}) {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  for (const findings of byObject(result.findings)) {
    const section = objectSection(findings, paint);
    if (section.length > 1) yield `${section.join('\n')}\n\n`;
  }
  if (result.coverage.unevaluated.length > 0) yield `${unevaluatedSection(result.coverage.unevaluated, paint)}\n\n`;
  const open = result.findings.filter(isOpen);
  if (open.length >= MANY) yield `${policySection(open, paint)}\n\n`;
  yield summary(result, open, paint);
});

/** The object, what is wrong with it, how to put it right, and under which exceptions it stands; the object alone if all is known. */
function objectSection(findings: readonly [Finding, ...Finding[]], paint: Paint): string[] {
  const [first] = findings;
  const file = first.file === undefined ? '' : `  ${paint('dim', printable(place({ file: first.file })))}`;
  const open = openFindings(findings);
  const lines = [paint('bold', printable(showReference(first.object))) + file];
  const entries = fold(open);
  entries.forEach((entry, index) => {
    lines.push(...openEntry(entry, paint));
    // Advice on several in a row is given once, below the last of them.
    const texts = advice(entry);
    const next = entries[index + 1];
    if (!next || advice(next).join('\n') !== texts.join('\n')) lines.push(...texts.map((text) => `${INDENT}fix: ${text}`));
  });
  lines.push(...fixes(open));
  for (const finding of findings) lines.push(...waivedFinding(finding, paint));
  return lines;
}

/** What is wrong with a value, by each policy that it violates, and where it is. */
function openEntry(entry: Entry, paint: Paint): string[] {
  const [first] = entry;
  const { severity, message, path, found, enforcement } = first;
  const advisory = enforcement === 'advisory' ? paint('dim', ' (advisory)') : '';
  const at = place(first);
  const where = [path === '' ? '' : printable(`${path}: ${showValue(found)}`), at && paint('dim', `(${printable(at)})`)].filter((part) => part !== '');
  return [
    `  ${paint(SEVERITY_STYLE[severity], severity.padEnd(MARGIN))}  ${printable(message)}${advisory}  ${reference(first, paint)}`,
    ...continuations(entry).map(({ finding, text }) => `${INDENT}${printable(text)}  ${reference(finding, paint)}`),
    ...(where.length > 0 ? [INDENT + where.join('  ')] : []),
  ];
}

/** The policy, and the benchmark it is from. */
function reference({ controls, policy }: Finding, paint: Paint): string {
  return paint('dim', printable([policy, showControls(controls)].filter((part) => part !== '').join('  ')));
}

/** What to do where no patch says it better. */
function advice(entry: Entry): readonly string[] {
  const texts = [...new Set(entry.filter(({ patch }) => !patch).map(({ remediation }) => printable(remediation)))];
  // A line that counts one is as long as that one.
  if (texts.length <= ADVICE_SHOWN + 1) return texts;
  return [...texts.slice(0, ADVICE_SHOWN), `${texts.length - ADVICE_SHOWN} others: see --explain`];
}

/** Everything that can be patched, as one patch if the parts agree. */
function fixes(findings: readonly Finding[]): string[] {
  return mergePatches(findings).flatMap((patch, index) => {
    const lines = stringify(patch, { lineWidth: 0 }).trimEnd().split('\n');
    return [index === 0 ? '  fix:' : '  and then:', ...lines.map((text) => `    ${text}`)];
  });
}

function waivedFinding({ waived, message, policy, container }: Finding, paint: Paint): string[] {
  if (!waived) return [];
  const subject = container === undefined ? policy : `${policy} (${container})`;
  return [`  ${'waived'.padEnd(MARGIN)}  ${printable(message)}  ${printable(subject)}`, `${INDENT}because ${printable(showWaiver(waived))}`].map((text) => paint('dim', text));
}

function unevaluatedSection(unevaluated: readonly Unevaluated[], paint: Paint): string {
  const lines = unevaluated.map((problem) => `  ${printable(showUnevaluated(problem))}: ${printable(problem.reason)}`);
  return [paint(['bold', 'red'], 'Not evaluated'), ...lines].join('\n');
}

function policySection(open: readonly Finding[], paint: Paint): string {
  const rows = byPolicy(open, urgency);
  const digits = Math.max(...rows.map(({ count }) => String(count).length));
  const width = Math.max(...rows.map(({ example }) => example.policy.length));
  const lines = rows.map(({ example: { policy, severity, title, enforcement }, count }) => {
    const advisory = enforcement === 'advisory' ? paint('dim', ' (advisory)') : '';
    return `  ${paint(SEVERITY_STYLE[severity], severity.padEnd(MARGIN))}  ${String(count).padStart(digits)}  ${policy.padEnd(width)}  ${printable(title)}${advisory}`;
  });
  return [paint('bold', 'By policy'), ...lines].join('\n');
}

function summary(result: CheckResult, open: readonly Finding[], paint: Paint): string {
  const hint = open.length > 0 ? `${paint('dim', 'Reasons, fixes, examples, and how to waive: kubeflow-cdk check --explain POLICY')}\n` : '';
  const style = tally(open).blocking > 0 ? 'red' : 'green';
  return `${hint}${paint(['bold', style], verdict(result))}\nCoverage: ${coverageText(result.coverage)}`;
}
