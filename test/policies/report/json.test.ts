import { jsonReporter } from '../../../policies/report/json';
import { EMPTY, FINDINGS, FULL } from './result';

const withFound = (found: unknown) => ({ findings: [{ ...FINDINGS.blocking, found }], coverage: EMPTY.coverage });

describe('the JSON report', () => {
  it.each([
    ['full', FULL],
    ['empty', EMPTY],
    ['with a field that is not set', { findings: [], coverage: { ...EMPTY.coverage, baselineGone: undefined } }],
  ])('is what JSON makes of the result: %s', (_name, { findings, coverage }) => {
    expect(jsonReporter.render({ findings, coverage })).toBe(JSON.stringify({ findings, coverage }, undefined, 2));
  });

  it('has the fields people script against', () => {
    const { object, remediation } = FINDINGS.blocking;
    expect(JSON.parse(jsonReporter.render(FULL))).toMatchObject({
      findings: [
        {},
        {},
        {
          policy: 'privileged', controls: ['cis-kubernetes-2.0.1:5.2.2', 'cis-kubernetes-1.12:5.2.2', 'cis-eks-1.8:4.2.1'], severity: 'critical', object, container: 'main',
          path: 'spec.template.spec.containers[0].securityContext.privileged', found: true, message: "container 'main' is privileged", remediation, line: 18, column: 13,
        },
        { waived: { reason: 'serves webhooks', owner: 'net-team', expires: '2030-01-31' } },
        { baseline: true },
        {},
        {},
      ],
      coverage: { documents: 7, objects: 3, resources: 1, exempt: 2, unevaluated: [{ file: 'broken.yaml' }, {}, {}], undecided: [{}, {}, {}] },
    });
  });

  it('holds values that JSON has no form for', () => {
    const self: Record<string, unknown> = { name: 'loop' };
    self.self = self;
    expect(JSON.parse(jsonReporter.render(withFound(self)))).toMatchObject({ findings: [{ found: { name: 'loop', self: '(refers to itself)' } }] });
    expect(JSON.parse(jsonReporter.render(withFound([12345678901234567890n])))).toMatchObject({ findings: [{ found: ['12345678901234567890'] }] });
    expect(JSON.parse(jsonReporter.render(withFound(undefined))).findings[0]).not.toHaveProperty('found');
  });
});
