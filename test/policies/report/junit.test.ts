import { type CheckResult, reporterFor } from '../../../policies';
import { EMPTY, FINDINGS, FULL, manyFindings } from './result';
import { parseXml, type XmlElement } from './xml';

const report = (result: CheckResult): XmlElement => parseXml(reporterFor('junit')?.render(result) ?? '');
const casesOf = (suites: XmlElement): XmlElement[] => suites.children.flatMap(({ children }) => children);
const withChild = (element: XmlElement, name: string): XmlElement[] => casesOf(element).filter(({ children }) => children.some((child) => child.name === name));
const caseOf = (result: CheckResult, start: string): XmlElement => {
  const found = casesOf(report(result)).find(({ attributes }) => attributes.name?.startsWith(start));
  if (!found) throw new Error(`no case ${start}`);
  return found;
};
const one = (finding: CheckResult['findings'][number]): CheckResult => ({ findings: [finding], coverage: EMPTY.coverage });

/** What readers of JUnit XML rely on: names, numbers that are right, and at most one outcome a case. */
function expectSchema(suites: XmlElement): void {
  expect(suites.name).toBe('testsuites');
  expectCounts(suites, casesOf(suites));
  for (const suite of suites.children) {
    expect(suite.name).toBe('testsuite');
    expect(suite.attributes.name).toEqual(expect.stringMatching(/./));
    expectCounts(suite, suite.children);
    for (const each of suite.children) {
      expect(each.name).toBe('testcase');
      expect(Object.keys(each.attributes).filter((name) => name !== 'file')).toEqual(['classname', 'name']);
      const outcomes = each.children.filter(({ name }) => name !== 'system-out');
      expect(outcomes.length).toBeLessThanOrEqual(1);
      for (const { name } of outcomes) expect(['failure', 'error', 'skipped']).toContain(name);
    }
  }
}

function expectCounts({ attributes: { tests, failures, errors, skipped } }: XmlElement, cases: readonly XmlElement[]): void {
  const having = (name: string) => String(cases.filter(({ children }) => children.some((child) => child.name === name)).length);
  expect({ tests, failures, errors, skipped }).toEqual({ tests: String(cases.length), failures: having('failure'), errors: having('error'), skipped: having('skipped') });
}

describe('JUnit', () => {
  it.each([
    ['everything', FULL],
    ['nothing', EMPTY],
    ['many', manyFindings(300)],
  ])('has the form that readers expect: %s', (_name, result) => {
    expectSchema(report(result));
  });

  it('has failures for what blocks, skips for exceptions and what is known, errors for what was not seen', () => {
    const suites = report(FULL);
    const names = (child: string) => withChild(suites, child).map(({ attributes }) => attributes.name?.split(':')[0]);
    expect(names('failure')).toEqual(['read-only-root-filesystem', 'privileged', 'waiver-unused', 'their-own']);
    expect(names('skipped')).toEqual(['host-network', 'privileged']);
    expect(names('error')).toEqual(['not evaluated', 'not evaluated', 'not evaluated']);
    expect(suites.attributes).toMatchObject({ tests: '11', failures: '4', skipped: '2', errors: '3' });
  });

  it('has a suite an object, after one on the run', () => {
    expect(report({ ...FULL, findings: FULL.findings.filter((finding) => finding !== FINDINGS.odd) }).children.map(({ attributes }) => attributes.name)).toEqual([
      'kubeflow-cdk check',
      'Deployment/team-a/web (deploy\\sub dir/web:1.yaml)',
      'DaemonSet/cni',
    ]);
  });

  it('says in a failure where, what, why and how', () => {
    const { attributes, children } = caseOf(one(FINDINGS.blocking), 'privileged');
    expect(attributes).toEqual({ classname: 'Deployment/team-a/web', name: "privileged: container 'main' is privileged", file: 'deploy\\sub dir/web:1.yaml' });
    expect(children).toMatchObject([{ name: 'failure', attributes: { message: "container 'main' is privileged", type: 'critical' } }]);
    expect(children[0]?.text).toBe(`at:    deploy\\sub dir/web:1.yaml:18:13
field: spec.template.spec.containers[0].securityContext.privileged
found: true
see:   cis-kubernetes-2.0.1:5.2.2, cis-kubernetes-1.12:5.2.2, cis-eks-1.8:4.2.1
fix:   Remove securityContext.privileged.
spec:
  template:
    spec:
      containers:
        - name: main
          securityContext:
            privileged: false`);
  });

  it('lets advice pass with a remark', () => {
    const { children } = caseOf(one(FINDINGS.advisory), 'image-digest');
    expect(children.map(({ name }) => name)).toEqual(['system-out']);
    expect(children[0]?.text).toMatch(/^advisory \(low\)\nat: .*\n/);
  });

  it('gives the reason of an exception', () => {
    const [, out] = caseOf(one(FINDINGS.waived), 'host-network').children;
    expect(out?.text).toMatch(/^waived: serves webhooks, net-team, until 2030-01-31\nby: {4}metadata\.annotations\["waiver\.kubeflow-cdk\.dev\/host-network"\]\nat: /);
    const [, known] = caseOf(one(FINDINGS.known), 'privileged').children;
    expect(known?.text).toMatch(/^known before: the baseline has it\n/);
  });

  it('tells what was not evaluated, and why', () => {
    expect(caseOf(FULL, 'not evaluated: broken.yaml:3:5')).toMatchObject({
      attributes: { file: 'broken.yaml' },
      children: [{ name: 'error', attributes: { message: 'duplicate key', type: 'not-evaluated' }, text: 'broken.yaml:3:5: duplicate key' }],
    });
  });

  it('has one case in a clean run, with the coverage', () => {
    const cases = casesOf(report(EMPTY));
    expect(cases.map(({ attributes }) => attributes.name)).toEqual(['coverage']);
    expect(cases[0]?.children[0]?.text).toBe('0 findings\nCoverage: 60 policies on 1 object (0 pod templates, 0 containers); from 1 document in 1 file; 0 not evaluated');
  });

  it('keeps odd text, but for what XML cannot hold', () => {
    const { attributes, children } = caseOf(one(FINDINGS.odd), 'their-own');
    const kept = 'a|b`c`<b>d</b>&*e*_f_[x](http://evil)]] >"\'\n#g @someone [31m\u202e \u{1f600}';
    expect(attributes.name).toBe(`their-own: message ${kept}`);
    expect(children[0]?.text).toContain(`remediation ${kept}`);
  });

  it('drops half a character, and nothing before it', () => {
    expect(caseOf(one({ ...FINDINGS.blocking, message: 'a\udc00b\ud800c' }), 'privileged').attributes.name).toBe('privileged: abc');
  });

  it('survives every end of a section of characters', () => {
    const text = caseOf(one({ ...FINDINGS.blocking, remediation: ']]>]]>]]]]>>' }), 'privileged').children[0]?.text;
    expect(text).toContain('fix:   ]] >]] >]]]] >>');
  });
});
