import { checkSources, EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE, exitCode, packNamed, POLICIES, type Sources } from '../../policies';
import { baselineOf } from '../../policies/config/baseline';
import { objectsIn } from '../../policies/sources/documents';
import { CORE } from './objects';

const sources = (text: string): Sources => ({ ...objectsIn(text, 'pod.yaml'), files: 1, ignored: [] });
const POD = `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: team-a}
spec:
  containers:
    - name: main
      image: x
      securityContext:
        privileged: PRIVILEGED
        allowPrivilegeEscalation: false
        runAsNonRoot: true
        capabilities: {drop: [ALL]}
      resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1, memory: 1Gi}}
`;
const clean = POD.replace('PRIVILEGED', 'no');
const failing = POD.replace('PRIVILEGED', 'yes');

describe('checkSources', () => {
  it('gives findings their place', () => {
    const { findings, coverage } = checkSources(sources(`---\n${failing}`), { policies: CORE });
    expect(findings).toMatchObject([{ policy: 'privileged', file: 'pod.yaml', line: 10, column: 9 }]);
    expect(coverage).toEqual({ files: 1, documents: 1, ignored: [], objects: 1, resources: 0, exempt: 0, policies: CORE.length, podTemplates: 1, containers: 1, undecided: [], unevaluated: [] });
  });

  it('gives the place of an object that cannot be evaluated', () => {
    const { coverage } = checkSources(sources(`${clean}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n`));
    expect(coverage.unevaluated).toEqual([
      { file: 'pod.yaml', line: 15, column: 1, object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' }, reason: 'spec.template.spec.containers is missing' },
    ]);
  });
});

describe('what counts', () => {
  const pack = (name: string) => [packNamed(name)].flatMap((found) => found ?? []);
  const bare = POD.replace(/      resources.*\n/, '').replace('PRIVILEGED', 'yes');

  it('is what the chosen packs have, of a finding with controls in several of them', () => {
    const found = (...names: string[]) => checkSources(sources(bare), { policies: CORE, packs: names.flatMap(pack) }).findings.map(({ policy }) => policy);
    expect(found('cis-kubernetes')).toEqual(['privileged']);
    expect(found('cis-gke')).toEqual(['privileged']);
    expect(found('resource-limits')).toEqual(['cpu-requests', 'cpu-limits', 'memory-requests', 'memory-limits']);
    expect(found('cis-azure')).toEqual([]);
    expect(checkSources(sources(bare), { packs: pack('resource-limits') }).coverage.policies).toBe(POLICIES.filter(({ controls }) => controls.some((control) => control.startsWith('resource-limits:'))).length);
  });

  it('is always what is wrong with waivers', () => {
    const text = clean.replace('namespace: team-a}', 'namespace: team-a, annotations: {waiver.kubeflow-cdk.dev/host-path: because}}');
    expect(checkSources(sources(text), { policies: CORE, packs: pack('resource-limits') }).findings.map(({ policy }) => policy)).toEqual(['waiver-unused']);
  });

  it('is what the baseline does not have', () => {
    const baseline = baselineOf(checkSources(sources(failing), { policies: CORE }).findings);
    const result = checkSources(sources(`# moved\n${bare}`), { policies: CORE, baseline });
    expect(result.findings.map(({ policy, baseline: known }) => `${policy} ${known ?? 'new'}`)).toEqual(['privileged true', 'cpu-requests new', 'cpu-limits new', 'memory-requests new', 'memory-limits new']);
    expect(exitCode(checkSources(sources(failing), { policies: CORE, baseline }))).toBe(EXIT_CLEAN);
    expect(checkSources(sources(clean), { policies: CORE, baseline }).coverage.baselineGone).toBe(1);
  });
});

describe('a preview that hides what stays as it is', () => {
  const bucket = { type: 'aws:s3/bucket:Bucket', urn: 'urn:pulumi:s::p::aws:s3/bucket:Bucket::models', custom: true, inputs: { acl: 'public-read' } };
  const preview = (same: number) => JSON.stringify({ steps: [{ op: 'update', urn: bucket.urn, oldState: bucket, newState: bucket }], changeSummary: { update: 1, ...(same > 0 && { same }) } });
  const check = (text: string) => checkSources({ ...objectsIn(text, 'preview.json'), files: 1 });

  it('lets nothing be concluded from what is missing', () => {
    const whole = check(preview(0)).findings.map(({ policy }) => policy);
    const part = check(preview(3));
    expect(whole).toEqual(expect.arrayContaining(['aws-s3-public-acl', 'aws-s3-public-access-block']));
    expect(part.findings.map(({ policy }) => policy)).not.toContain('aws-s3-public-access-block');
    expect(part.coverage.undecided).toContainEqual(expect.objectContaining({ policy: 'aws-s3-public-access-block', reason: expect.stringContaining('--show-sames') }));
  });
});

describe('exit code', () => {
  const code = (text: string, policies = CORE) => exitCode(checkSources(sources(text), { policies }));

  it('is clean without findings, and with waived or advisory ones', () => {
    expect(code(clean)).toBe(EXIT_CLEAN);
    expect(code(failing.replace('namespace: team-a}', 'namespace: team-a, annotations: {waiver.kubeflow-cdk.dev/privileged: because}}'))).toBe(EXIT_CLEAN);
    expect(code(failing, CORE.map((policy) => ({ ...policy, enforcement: 'advisory' as const })))).toBe(EXIT_CLEAN);
  });

  it('tells findings, and outranks them with what was not evaluated', () => {
    expect(code(failing)).toBe(EXIT_FINDINGS);
    expect(code(`${failing}---\n[`)).toBe(EXIT_INCOMPLETE);
    expect(code(`${clean}---\na: 1\n`)).toBe(EXIT_INCOMPLETE);
    expect([EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE]).toEqual([0, 1, 2]);
  });
});
