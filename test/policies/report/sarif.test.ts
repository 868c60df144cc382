import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import type { Log, Result, Run } from 'sarif';
import { type CheckResult, evaluate, type Finding, POLICIES, reporterFor, type ReportOptions, WAIVER_RULES } from '../../../policies';
import { uriOf } from '../../../policies/report/sarif-locations';
import { COVERAGE, EMPTY, FINDINGS, FULL, ODD } from './result';

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
const PCHAR = "[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}";
const SEGMENTS = `(?:${PCHAR})*(?:/(?:${PCHAR})*)*`;
/** RFC 3986, without authority but an empty one, query and fragment: what the log has. */
ajv.addFormat('uri', (text: string) => new RegExp(`^[a-z][a-z0-9+.-]*:(?://[a-z0-9.]*)?${SEGMENTS}$`).test(text));
ajv.addFormat('uri-reference', (text: string) => ajv.formats.uri instanceof Function && (ajv.formats.uri(text) === true || new RegExp(`^(?![^/]*:)${SEGMENTS}$`).test(text)));
ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
const schema = readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8');
const validate = ajv.compile(JSON.parse(schema));

/** The log, once the official schema has accepted it. */
function logOf(result: CheckResult, options?: ReportOptions): Log {
  const log: Log = JSON.parse(reporterFor('sarif')?.render(result, options) ?? '');
  if (!validate(log)) throw new Error(`not SARIF: ${ajv.errorsText(validate.errors)}`);
  return log;
}

function runOf(result: CheckResult, options?: ReportOptions): Run {
  const [run, ...others] = logOf(result, options).runs;
  if (!run || others.length > 0) throw new Error('not one run');
  return run;
}

function resultsOf(findings: readonly Finding[], options?: ReportOptions): Result[] {
  return runOf({ findings, coverage: EMPTY.coverage }, options).results ?? [];
}

function resultOf(finding: Finding, options?: ReportOptions): Result {
  const [result] = resultsOf([finding], options);
  if (!result) throw new Error('no result');
  return result;
}

const rulesOf = (result: CheckResult, options?: ReportOptions) => runOf(result, options).tool.driver.rules ?? [];
const hash = (finding: Finding) => resultOf(finding).partialFingerprints?.primaryLocationLineHash;

describe('SARIF', () => {
  it('holds against the official schema, which refuses what is wrong', () => {
    expect(() => logOf(FULL)).not.toThrow();
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: {} }] }] })).toBe(false);
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: { text: 'x' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a b' } } }] }] }] })).toBe(false);
  });

  it.each<[string, unknown]>([
    ['text', ODD], ['nothing', undefined], ['null', null], ['a number', 1.5], ['a list', [null, [1]]], ['a mapping', { tags: 'not a list of tags' }], ['a large integer', 2n ** 70n],
  ])('holds whatever was found: %s', (_name, found) => {
    expect(() => logOf({ findings: [{ ...FINDINGS.blocking, found }], coverage: COVERAGE })).not.toThrow();
  });

  it('holds what each policy finds in its failing example', () => {
    const { findings } = evaluate(POLICIES.flatMap((policy) => [policy.examples.fails].flat()));
    expect(findings.length).toBeGreaterThan(POLICIES.length / 2);
    expect(resultsOf(findings)).toHaveLength(findings.length);
  });

  it('says which tool ran', () => {
    const { name, version, informationUri } = runOf(EMPTY).tool.driver;
    const manifest: { version: string } = require('../../../package.json');
    expect({ name, version, informationUri }).toEqual({ name: 'kubeflow-cdk', version: manifest.version, informationUri: undefined });
  });

  it('has no results, not none, if nothing was found', () => {
    const run = runOf(EMPTY);
    expect(run.results).toEqual([]);
    expect(run.artifacts).toEqual([]);
    expect(run.invocations).toEqual([{ executionSuccessful: true, exitCode: 0, toolExecutionNotifications: [] }]);
    expect(run.columnKind).toBe('utf16CodeUnits');
  });
});

describe('SARIF rules', () => {
  it('are the policies that ran, what is said of waivers, and what else was found', () => {
    const ids = rulesOf(FULL).map(({ id }) => id);
    expect(ids).toEqual([...POLICIES.map(({ id }) => id), ...WAIVER_RULES.map(({ id }) => id), ...['host-network', 'image-digest', 'read-only-root-filesystem'].filter((id) => !POLICIES.some((policy) => policy.id === id)), 'their-own']);
    const some = POLICIES.filter(({ id }) => id === 'privileged');
    expect(rulesOf(EMPTY, { policies: some }).map(({ id }) => id)).toEqual(['privileged', 'waiver-unused', 'waiver-expired', 'waiver-malformed']);
  });

  it('explain themselves, and carry what code scanning sorts and filters by', () => {
    const rule = rulesOf(EMPTY).find(({ id }) => id === 'privileged');
    const policy = POLICIES.find(({ id }) => id === 'privileged');
    expect(rule).toMatchObject({
      name: 'Privileged',
      shortDescription: { text: policy?.title },
      fullDescription: { text: policy?.rationale },
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '9.5', precision: 'high' },
    });
    expect(rule?.help?.text).toContain(policy?.remediation);
    expect(rule?.help?.markdown).toMatch(/## What fails\n\n```yaml\n[^`]*privileged: true/);
    expect(rule?.help?.markdown).toMatch(/## What passes\n\n```yaml\n[^`]*privileged: false/);
    expect(rule?.properties?.tags).toEqual(['security', ...(policy?.controls ?? [])].slice(0, 20));
  });

  it('have a score for each severity', () => {
    const policies = POLICIES.slice(0, 1).flatMap((policy) => (['critical', 'high', 'medium', 'low'] as const).map((severity) => ({ ...policy, id: severity, severity, enforcement: severity === 'critical' ? ('mandatory' as const) : ('advisory' as const) })));
    const scores = rulesOf(EMPTY, { policies }).slice(0, 4).map(({ properties, defaultConfiguration }) => [properties?.['security-severity'], defaultConfiguration?.level]);
    expect(scores).toEqual([['9.5', 'error'], ['8.0', 'warning'], ['5.5', 'warning'], ['3.0', 'note']]);
  });
});

describe('SARIF results', () => {
  it('are findings with their rule, level, message and places', () => {
    const { blocking } = FINDINGS;
    const run = runOf({ findings: [blocking], coverage: EMPTY.coverage });
    const [result] = run.results ?? [];
    expect(result).toEqual({
      level: 'error',
      message: { text: "Container 'main' is privileged. Remove securityContext.privileged." },
      ruleId: 'privileged',
      ruleIndex: POLICIES.findIndex(({ id }) => id === 'privileged'),
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'deploy/sub%20dir/web%3A1.yaml', index: 0 }, region: { startLine: 18, startColumn: 13 } },
          logicalLocations: [
            { name: 'web', fullyQualifiedName: 'Deployment/team-a/web', kind: 'resource' },
            { name: 'privileged', fullyQualifiedName: `Deployment/team-a/web:${blocking.path}`, kind: 'property' },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/) },
      properties: { controls: blocking.controls, path: blocking.path, found: true, container: 'main', patch: blocking.patch },
    });
    expect(run.artifacts).toEqual([{ location: { uri: 'deploy/sub%20dir/web%3A1.yaml' } }]);
  });

  it('point to their rule and file by number', () => {
    const run = runOf(FULL);
    const results = run.results ?? [];
    expect(results.map(({ ruleId }) => ruleId)).toEqual(FULL.findings.map(({ policy }) => policy));
    expect(results.map(({ ruleIndex = -1 }) => run.tool.driver.rules?.[ruleIndex]?.id)).toEqual(FULL.findings.map(({ policy }) => policy));
    const files = results.flatMap(({ locations = [] }) => locations.flatMap(({ physicalLocation }) => physicalLocation?.artifactLocation ?? []));
    expect(files).toHaveLength(6);
    expect(files.map(({ index = -1 }) => run.artifacts?.[index]?.location?.uri)).toEqual(files.map(({ uri }) => uri));
  });

  it('have levels by enforcement', () => {
    expect(resultsOf([FINDINGS.blocking, FINDINGS.second, FINDINGS.advisory, { ...FINDINGS.advisory, severity: 'medium' }]).map(({ level }) => level)).toEqual(['error', 'error', 'note', 'warning']);
  });

  it('name the object if there is no file, and the start of the file if there is no line', () => {
    expect(resultOf(FINDINGS.unplaced).locations).toEqual([{ logicalLocations: [{ name: 'cni', fullyQualifiedName: 'DaemonSet/cni', kind: 'resource' }] }]);
    expect(resultOf({ ...FINDINGS.blocking, line: undefined, column: undefined }).locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 1, startColumn: 1 });
  });

  it('are suppressed where a waiver covers them, in the source or from outside', () => {
    const { waived } = FINDINGS;
    expect(resultOf(waived).suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'serves webhooks, net-team, until 2030-01-31', properties: { declared: waived.waived?.declared } },
    ]);
    expect(resultOf({ ...waived, waived: { reason: 'why', declared: 'waivers.yaml' } }).suppressions).toMatchObject([{ kind: 'external', justification: 'why' }]);
    expect(resultOf(FINDINGS.blocking).suppressions).toBeUndefined();
  });

  it('say what is new if there is a baseline', () => {
    expect(resultsOf([FINDINGS.blocking, FINDINGS.known]).map(({ baselineState }) => baselineState)).toEqual(['new', 'unchanged']);
    expect(resultOf(FINDINGS.blocking).baselineState).toBeUndefined();
  });
});

describe('SARIF fingerprints', () => {
  const { blocking } = FINDINGS;

  it('stay when lines, list positions and words move', () => {
    expect(hash({ ...blocking, line: 99, column: 1, message: 'said otherwise', file: 'moved.yaml', found: 'yes', path: blocking.path.replace('[0]', '[7]') })).toBe(hash(blocking));
  });

  it.each<[string, Partial<Finding>]>([
    ['policy', { policy: 'host-pid' }],
    ['namespace', { object: { ...blocking.object, namespace: 'b' } }],
    ['name', { object: { ...blocking.object, name: 'b' } }],
    ['kind', { object: { ...blocking.object, kind: 'Pod' } }],
    ['container', { container: 'b' }],
    ['path', { path: 'spec.b' }],
  ])('change with the %s', (_name, change) => {
    expect(hash({ ...blocking, ...change })).not.toBe(hash(blocking));
  });

  it('tell two alike in one file apart, but not two in two files', () => {
    const prints = resultsOf([blocking, blocking, { ...blocking, file: 'other.yaml' }]).map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash?.split(':')[1]);
    expect(prints).toEqual(['1', '2', '1']);
  });
});

describe('SARIF invocation', () => {
  it('did not succeed if something was not evaluated, and says what', () => {
    const [invocation] = runOf(FULL).invocations ?? [];
    expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(invocation?.toolExecutionNotifications).toMatchObject([
      { descriptor: { id: 'not-evaluated' }, level: 'error', message: { text: 'Not evaluated: duplicate key' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'broken.yaml' }, region: { startLine: 3, startColumn: 5 } } }] },
      { level: 'error', locations: [{ logicalLocations: [{ fullyQualifiedName: 'Job/team-a/j' }] }] },
      { level: 'error', locations: [] },
      { descriptor: { id: 'undecided' }, level: 'note', associatedRule: { id: 'run-as-non-root' }, message: { text: '2 checks of run-as-non-root undecided: comes from the ServingRuntime' } },
      { descriptor: { id: 'undecided' }, level: 'note', associatedRule: { id: 'capabilities' }, message: { text: '1 check of capabilities undecided: the value is not known yet' } },
    ]);
  });

  it('succeeded if there are findings only', () => {
    expect(runOf({ findings: [FINDINGS.blocking], coverage: EMPTY.coverage }).invocations).toMatchObject([{ executionSuccessful: true, exitCode: 1 }]);
  });

  it('keeps the numbers of the coverage', () => {
    expect(runOf(FULL).properties?.coverage).toEqual({ files: 2, documents: 7, ignored: 1, objects: 3, resources: 1, exempt: 2, policies: 60, podTemplates: 2, containers: 4, baselineGone: 1, undecided: 3, unevaluated: 3 });
  });
});

describe('SARIF file names', () => {
  it.each([
    ['./a/b.yaml', 'a/b.yaml'],
    ['a//b/../c.yaml', 'a/c.yaml'],
    ['../up.yaml', 'file:///up.yaml'],
    ['/up.yaml', 'file:///up.yaml'],
    ['../repo/a.yaml', 'a.yaml'],
    ['/other/../repo/a.yaml', 'a.yaml'],
    ['/repo/../up.yaml', 'file:///up.yaml'],
    ['/repo/deploy/x.yaml', 'deploy/x.yaml'],
    ['/repository/x.yaml', 'file:///repository/x.yaml'],
    ['C:\\work\\my file.yaml', 'file:///C:/work/my%20file.yaml'],
    ['a\\b.yaml', 'a/b.yaml'],
    ['a:b#c?d%[é].yaml', 'a%3Ab%23c%3Fd%25%5B%C3%A9%5D.yaml'],
    ['half \ud800.yaml', 'half%20%EF%BF%BD.yaml'],
    ['-', 'stdin'],
  ])('%s', (file, uri) => {
    const run = runOf({ findings: [{ ...FINDINGS.blocking, file }], coverage: EMPTY.coverage }, { root: '/repo' });
    expect(run.artifacts).toEqual([{ location: { uri } }]);
  });

  it('are relative to the root on Windows too', () => {
    expect(uriOf('C:\\work\\a\\b.yaml', 'C:\\work\\')).toBe('a/b.yaml');
    expect(uriOf('..\\b.yaml', 'C:\\work\\')).toBe('file:///C:/b.yaml');
  });

  it('may have a root that is relative itself, the root of all, or written in a roundabout way', () => {
    expect(uriOf('../b.yaml', 'some')).toBe(uriOf(`${process.cwd()}/b.yaml`, 'some'));
    expect(uriOf(`${process.cwd()}/some/b.yaml`, 'some')).toBe('b.yaml');
    expect(uriOf('/a/b.yaml', '/')).toBe('a/b.yaml');
    expect(uriOf('b.yaml', '/')).toBe('b.yaml');
    expect(uriOf('/a/b.yaml', '/x/../a//')).toBe('b.yaml');
  });

  it('that mean one file are one artifact', () => {
    const run = runOf({ findings: [FINDINGS.blocking, { ...FINDINGS.blocking, file: './deploy/sub dir/web:1.yaml' }], coverage: EMPTY.coverage });
    expect(run.artifacts).toHaveLength(1);
  });
});
