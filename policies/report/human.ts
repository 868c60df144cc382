import { styleText } from 'node:util';
import { stringify } from 'yaml';
import type { CheckResult } from '../check';
import { hasPage, pageOf } from '../describe/catalogue';
import type { Finding, Unevaluated } from '../engine/finding';
import { showReference } from '../engine/object';
import type { Severity } from '../engine/policy';
import { coverageText, verdict } from './coverage-text';
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

/** For people: grouped by object, each finding with its field, the value found, and the benchmark reference; one fix an object. */
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
  open.forEach((finding, index) => {
    lines.push(...openFinding(finding, paint));
    // What is true of several in a row is said once, below the last of them.
    const next = open[index + 1];
    if (next && next.policy === finding.policy && next.controls.join() === finding.controls.join()) return;
    lines.push(...reference(finding).map((text) => paint('dim', text)));
    // A patch says better than advice what to do.
    if (!finding.patch) lines.push(`${INDENT}fix: ${printable(finding.remediation)}`);
  });
  lines.push(...fixes(open));
  for (const finding of findings) lines.push(...waivedFinding(finding, paint));
  return lines;
}

function openFinding(finding: Finding, paint: Paint): string[] {
  const { policy, severity, message, path, found, enforcement } = finding;
  const advisory = enforcement === 'advisory' ? paint('dim', ' (advisory)') : '';
  const at = place(finding);
  return [
    `  ${paint(SEVERITY_STYLE[severity], severity.padEnd(MARGIN))}  ${printable(message)}${advisory}  ${paint('dim', policy)}`,
    ...line([path === '' ? '' : printable(`${path}: ${showValue(found)}`), at && paint('dim', `(${printable(at)})`)]),
  ];
}

/** The benchmark, and where to read more. */
function reference({ controls, policy }: Finding): string[] {
  return line([showControls(controls), hasPage(policy) ? pageOf(policy) : '']);
}

function line(parts: readonly string[]): string[] {
  const text = parts.filter((part) => part !== '').join('  ');
  return text === '' ? [] : [INDENT + text];
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
  const hint = open.length > 0 ? `${paint('dim', 'Reasons, examples, and how to waive: kubeflow-cdk check --explain POLICY')}\n` : '';
  const style = tally(open).blocking > 0 ? 'red' : 'green';
  return `${hint}${paint(['bold', style], verdict(result))}\nCoverage: ${coverageText(result.coverage)}`;
}
