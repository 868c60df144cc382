import junit, { type TestCase, type TestSuite } from 'junit-report-builder';
import { stringify } from 'yaml';
import type { CheckResult } from '../check';
import { type Finding, isBlocking, type Unevaluated } from '../engine/finding';
import { showReference } from '../engine/object';
import { coverageText, verdict } from './coverage-text';
import { byObject } from './groups';
import { reporter } from './reporter';
import { tally } from './state';
import { place, showUnevaluated, showValue, showWaiver } from './text';
import { xmlText } from './xml-text';

const NAME = 'kubeflow-cdk check';

/**
 * JUnit XML: a suite an object, a case a finding. What blocks has failed, what is waived or known before is skipped,
 * advice has passed with a remark, and what was not evaluated is an error. Suites are made one by one as they are written.
 */
export const junitReporter = reporter('junit', function* (result) {
  const { blocking, waived, known } = tally(result.findings);
  const errors = result.coverage.unevaluated.length;
  const tests = result.findings.length + errors + 1;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${NAME}" tests="${tests}" failures="${blocking}" errors="${errors}" skipped="${waived + known}">`;
  yield suite(NAME, (cases) => coverageCases(result, cases));
  for (const findings of byObject(result.findings)) {
    const [{ object, file }] = findings;
    const name = showReference(object);
    yield suite(file === undefined ? name : `${name} (${place({ file })})`, (cases) => {
      for (const finding of findings) findingCase(finding, name, cases);
    });
  }
  yield '\n</testsuites>';
});

function suite(name: string, fill: (suite: TestSuite) => void): string {
  const made = junit.newBuilder().testSuite().name(xmlText(name));
  fill(made);
  return `\n${made.build().toString({ pretty: true, offset: 1 }).trimEnd()}`;
}

/** Something to count in every run, and an error for each thing that was not seen. */
function coverageCases(result: CheckResult, suite: TestSuite): void {
  newCase(suite, NAME, 'coverage').standardOutput(xmlText(`${verdict(result)}\nCoverage: ${coverageText(result.coverage)}`));
  for (const problem of result.coverage.unevaluated) unevaluatedCase(problem, suite);
}

function unevaluatedCase(problem: Unevaluated, suite: TestSuite): void {
  const name = `not evaluated: ${showUnevaluated(problem)}`;
  inFile(newCase(suite, NAME, name), problem).error(xmlText(problem.reason), 'not-evaluated', xmlText(`${showUnevaluated(problem)}: ${problem.reason}`));
}

function findingCase(finding: Finding, className: string, suite: TestSuite): void {
  const made = inFile(newCase(suite, className, `${finding.policy}: ${finding.message}`), finding);
  const details = xmlText(detailsOf(finding));
  const { waived } = finding;
  // The library has no place for a reason in what is skipped, so that it is said as output.
  if (waived) made.skipped().standardOutput(`${xmlText(`waived: ${showWaiver(waived)}\nby:    ${waived.declared}`)}\n${details}`);
  else if (finding.baseline) made.skipped().standardOutput(`known before: the baseline has it\n${details}`);
  else if (isBlocking(finding)) made.failure(xmlText(finding.message), finding.severity).stacktrace(details);
  else made.standardOutput(`advisory (${finding.severity})\n${details}`);
}

function newCase(suite: TestSuite, className: string, name: string): TestCase {
  return suite.testCase().className(xmlText(className)).name(xmlText(name));
}

function inFile(made: TestCase, { file }: { readonly file?: string }): TestCase {
  return file === undefined ? made : made.file(xmlText(file));
}

function detailsOf(finding: Finding): string {
  const { path, found, controls, remediation, patch } = finding;
  const at = place(finding);
  return [
    ...(at === '' ? [] : [`at:    ${at}`]),
    ...(path === '' ? [] : [`field: ${path}`, `found: ${showValue(found)}`]),
    ...(controls.length > 0 ? [`see:   ${controls.join(', ')}`] : []),
    `fix:   ${remediation}`,
    ...(patch ? [stringify(patch, { lineWidth: 0 }).trimEnd()] : []),
  ].join('\n');
}
