import { checkSources, EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE, exitCode, POLICIES, reporterFor, type Sources } from '../../policies';
import { objectsIn } from '../../policies/sources/documents';

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
      resources: {limits: {cpu: 1, memory: 1Gi}}
`;
const clean = POD.replace('PRIVILEGED', 'no');
const failing = POD.replace('PRIVILEGED', 'yes');

describe('checkSources', () => {
  it('gives findings their place', () => {
    const { findings, coverage } = checkSources(sources(`---\n${failing}`));
    expect(findings).toMatchObject([{ policy: 'privileged', file: 'pod.yaml', line: 10, column: 9 }]);
    expect(coverage).toEqual({ files: 1, documents: 1, ignored: [], objects: 1, policies: POLICIES.length, podTemplates: 1, containers: 1, undecided: [], unevaluated: [] });
  });

  it('gives the place of an object that cannot be evaluated', () => {
    const { coverage } = checkSources(sources(`${clean}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n`));
    expect(coverage.unevaluated).toEqual([
      { file: 'pod.yaml', line: 15, column: 1, object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' }, reason: 'spec.template.spec.containers is missing' },
    ]);
  });
});

describe('exit code', () => {
  const code = (text: string, policies = POLICIES) => exitCode(checkSources(sources(text), { policies }));

  it('is clean without findings, and with waived or advisory ones', () => {
    expect(code(clean)).toBe(EXIT_CLEAN);
    expect(code(failing.replace('namespace: team-a}', 'namespace: team-a, annotations: {waiver.kubeflow-cdk.dev/privileged: because}}'))).toBe(EXIT_CLEAN);
    expect(code(failing, POLICIES.map((policy) => ({ ...policy, enforcement: 'advisory' as const })))).toBe(EXIT_CLEAN);
  });

  it('tells findings, and outranks them with what was not evaluated', () => {
    expect(code(failing)).toBe(EXIT_FINDINGS);
    expect(code(`${failing}---\n[`)).toBe(EXIT_INCOMPLETE);
    expect(code(`${clean}---\na: 1\n`)).toBe(EXIT_INCOMPLETE);
    expect([EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE]).toEqual([0, 1, 2]);
  });
});

describe('reports', () => {
  const result = checkSources(sources(`${failing}---\n${failing.replace('name: p, namespace: team-a}', 'name: q, annotations: {waiver.kubeflow-cdk.dev/privileged: \'{"reason":"driver","owner":"gpu","expires":"2030-01-01"}\'}}')}---\na: 1\n`));

  it('the human one groups by object and shows field, value, fix, reference and coverage', () => {
    expect(reporterFor('human')?.render(result)).toBe(`Pod/team-a/p  pod.yaml
  critical  container 'main' is privileged  privileged
    at    spec.containers[0].securityContext.privileged  (pod.yaml:9:9)
    found true
    fix   spec:
            containers:
              - name: main
                securityContext:
                  privileged: false
    see   cis-kubernetes-2.0.1:5.2.2

Pod/q  pod.yaml
  waived  container 'main' is privileged  privileged (main)
    because driver, gpu, until 2030-01-01

Not evaluated
  pod.yaml:29:1: not a Kubernetes object: apiVersion and kind are missing or not text

1 finding, 1 waived
Coverage: ${POLICIES.length} policies on 2 objects (2 pod templates, 2 containers); from 3 documents in 1 file; 1 not evaluated`);
  });

  it('the human one gives the remediation where no patch can be given, and says what is not set', () => {
    const text = reporterFor('human')?.render(checkSources(sources(clean.replace('resources: {limits: {cpu: 1, memory: 1Gi}}', 'ports: [{containerPort: 1, hostPort: 2}]'))));
    expect(text).toContain('    found 2\n    fix   Remove hostPort and reach the pod through a Service.\n');
    expect(text).toContain("low  container 'main' has no CPU limit  cpu-limits\n    at    spec.containers[0].resources.limits.cpu  (pod.yaml:6:7)\n    found nothing: it is not set");
  });

  it('the human one colours only when asked', () => {
    expect(reporterFor('human')?.render(result)).not.toContain('\u001b[');
    expect(reporterFor('human')?.render(result, { color: true })).toContain('\u001b[');
  });

  it('the JSON one has the fields people script against', () => {
    const parsed: unknown = JSON.parse(reporterFor('json')?.render(result) ?? '');
    expect(parsed).toMatchObject({
      findings: [
        {
          policy: 'privileged', controls: expect.arrayContaining(['cis-kubernetes-2.0.1:5.2.2']), severity: 'critical',
          object: { apiVersion: 'v1', kind: 'Pod', namespace: 'team-a', name: 'p' }, container: 'main',
          path: 'spec.containers[0].securityContext.privileged', found: true, message: "container 'main' is privileged",
          remediation: expect.any(String), file: 'pod.yaml', line: 9, column: 9,
        },
        { waived: { reason: 'driver', owner: 'gpu', expires: '2030-01-01', declared: expect.any(String) } },
      ],
      coverage: { documents: 3, objects: 2, unevaluated: [{ file: 'pod.yaml', line: 29, column: 1 }] },
    });
  });

  it('has no others', () => {
    expect(reporterFor('xml')).toBeUndefined();
  });
});
