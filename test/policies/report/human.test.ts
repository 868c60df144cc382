import type { CheckResult, Finding } from '../../../policies';
import { humanReporter } from '../../../policies/report/human';
import { EMPTY, FINDINGS, FULL, manyFindings } from './result';

const plain = humanReporter.render(FULL);

describe('the human report', () => {
  it('groups by object, the worst first, with benchmark, field, value, place, and one fix for all', () => {
    const { blocking, second, advisory, waived, known } = FINDINGS;
    expect(humanReporter.render({ findings: [advisory, second, waived, blocking, known], coverage: EMPTY.coverage })).toBe(`Deployment/team-a/web  deploy\\sub dir/web:1.yaml
  critical  container 'main' is privileged  privileged  cis-kubernetes-2.0.1:5.2.2 (+2)
            spec.template.spec.containers[0].securityContext.privileged: true  (deploy\\sub dir/web:1.yaml:18:13)
  low       container 'main' can write to its root file system  read-only-root-filesystem  hardening:read-only-root-filesystem
            spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem: (not set)  (deploy\\sub dir/web:1.yaml:16:13)
  low       container 'main' runs an image without a digest (advisory)  image-digest  cis-kubernetes-2.0.1:5.5.1
            spec.template.spec.containers[0].image: "nginx:1.27"  (deploy\\sub dir/web:1.yaml:15:13)
            fix: Add the digest to the image.
  fix:
    spec:
      template:
        spec:
          containers:
            - name: main
              securityContext:
                privileged: false
                readOnlyRootFilesystem: true
  waived    the pod shares the node's network  host-network
            because serves webhooks, net-team, until 2030-01-31

Reasons, fixes, examples, and how to waive: kubeflow-cdk check --explain POLICY
2 blocking findings, 1 advisory, 1 waived, 1 in the baseline
Coverage: 60 policies on 1 object (0 pod templates, 0 containers); from 1 document in 1 file; 0 not evaluated`);
  });

  it('keeps one object in two files apart', () => {
    const text = humanReporter.render({ findings: [FINDINGS.blocking, { ...FINDINGS.blocking, file: 'b.yaml', column: undefined }], coverage: EMPTY.coverage });
    expect(text).toContain('\n\nDeployment/team-a/web  b.yaml\n');
    expect(text).toContain('privileged: true  (b.yaml:18:1)\n');
  });

  it('gives the same advice on several fields in a row once', () => {
    const other = { ...FINDINGS.advisory, container: 'other', path: 'spec.template.spec.containers[1].image' };
    const advice = (findings: CheckResult['findings']) => humanReporter.render({ findings, coverage: EMPTY.coverage }).match(/ fix: .*/g);
    expect(advice([FINDINGS.advisory, other])).toEqual([' fix: Add the digest to the image.']);
    expect(advice([FINDINGS.advisory, { ...other, remediation: 'Name a version.' }])).toEqual([' fix: Add the digest to the image.', ' fix: Name a version.']);
  });

  describe('on one value that violates several policies', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', namespace: 'a', name: 'all' };
    const on = (policy: string, severity: Finding['severity'], control: string): Finding => ({
      ...FINDINGS.unplaced, policy, severity, object: role, path: 'rules[0].resources[0]', found: '*', controls: [control, 'older:1'],
      message: `Role 'all' grants * on *, which includes ${policy}`, remediation: `Remove ${policy}.`, file: 'r.yaml', line: 6, column: 18,
    });
    const render = (...findings: Finding[]) => humanReporter.render({ findings, coverage: EMPTY.coverage });

    it('is one entry, the worst first, with each policy and its control', () => {
      expect(render(on('pods', 'medium', 'cis:4'), on('secrets', 'high', 'cis:2'), on('roles', 'high', 'cis:8'))).toBe(`Role/a/all  r.yaml
  high      Role 'all' grants * on *, which includes secrets  secrets  cis:2 (+1)
            and roles  roles  cis:8 (+1)
            and pods (medium)  pods  cis:4 (+1)
            rules[0].resources[0]: "*"  (r.yaml:6:18)
            fix: Remove secrets.
            fix: Remove roles.
            fix: Remove pods.

Reasons, fixes, examples, and how to waive: kubeflow-cdk check --explain POLICY
3 findings
Coverage: 60 policies on 1 object (0 pod templates, 0 containers); from 1 document in 1 file; 0 not evaluated`);
    });

    it('does not mix what blocks with advice', () => {
      expect(render({ ...on('pods', 'high', 'cis:4'), enforcement: 'advisory' }, on('secrets', 'low', 'cis:2'))).toContain(`
  low       Role 'all' grants * on *, which includes secrets  secrets  cis:2 (+1)
            rules[0].resources[0]: "*"  (r.yaml:6:18)
            fix: Remove secrets.
  high      Role 'all' grants * on *, which includes pods (advisory)  pods  cis:4 (+1)
            rules[0].resources[0]: "*"  (r.yaml:6:18)
`);
    });

    it('counts advice from the fourth on', () => {
      const text = render(...['a', 'b', 'c', 'd', 'e'].map((policy) => on(policy, 'high', 'cis:1')));
      expect(text.match(/ fix: .*/g)).toEqual([' fix: Remove a.', ' fix: Remove b.', ' fix: Remove c.', ' fix: 2 others: see --explain']);
      const four = render(...['a', 'b', 'c', 'd'].map((policy) => on(policy, 'high', 'cis:1')));
      expect(four.match(/ fix: .*/g)?.at(-1)).toBe(' fix: Remove d.');
    });

    it('advises once on what several policies advise alike, and not on what has a patch', () => {
      const text = render(on('a', 'high', 'cis:1'), { ...on('b', 'high', 'cis:1'), remediation: 'Remove a.' }, { ...on('c', 'high', 'cis:1'), patch: { rules: [] } });
      expect(text).toContain('\n            fix: Remove a.\n  fix:\n    rules: []\n\n');
    });
  });

  it('ends with a coverage line that leaves nothing out', () => {
    expect(plain.split('\n').at(-1)).toBe(
      'Coverage: 60 policies on 3 objects (2 pod templates, 4 containers) and 1 cloud resource; from 7 documents in 2 files; ' +
        '3 not evaluated: duplicate key (1), odd a|b`c`<b>d</b>&*e*_f_[x](http://evil)]]>"\'\\u000a#g @someone \\u0000\\u001b[31m\\u202e\ud800 \u{1f600} (1), spec.template.spec.containers is missing (1); ' +
        '3 checks undecided: comes from the ServingRuntime (2), the value is not known yet (1); 2 objects in exempt namespaces; ' +
        '1 of the baseline no longer found; 1 ignored: no manifest by its name',
    );
  });

  it('lists what was not evaluated, and where', () => {
    expect(plain).toContain('\nNot evaluated\n  broken.yaml:3:5: duplicate key\n  Job/team-a/j: spec.template.spec.containers is missing\n  object 7: odd ');
  });

  it('shows a finding without file, field and control', () => {
    expect(plain).toContain("\n\nDaemonSet/cni\n  low       the waiver of 'host-path' covers no finding  waiver-unused\n            fix: Remove the waiver.\n\n");
  });

  it('names no page, which a user of the package may not have', () => {
    expect(plain).not.toContain('docs/');
  });

  it('lets nothing in a manifest command the terminal', () => {
    expect([...plain].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
    expect(plain).not.toContain('\u202e');
    expect(plain).toContain('\\u001b[31m');
  });

  it('leaves out an object all of whose findings are known', () => {
    const text = humanReporter.render({ findings: [FINDINGS.known], coverage: EMPTY.coverage });
    expect(text.split('\n')[0]).toBe('0 blocking findings, 1 in the baseline');
  });

  it('is two lines if nothing is wrong', () => {
    expect(humanReporter.render(EMPTY)).toBe('0 findings\nCoverage: 60 policies on 1 object (0 pod templates, 0 containers); from 1 document in 1 file; 0 not evaluated');
  });

  it('colours only when asked, and the same text', () => {
    const coloured = humanReporter.render(FULL, { color: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[');
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('ends a long list with an overview by policy', () => {
    const { findings, coverage } = manyFindings(40);
    const rest = [FINDINGS.unplaced, FINDINGS.second, FINDINGS.second, FINDINGS.advisory, FINDINGS.waived, FINDINGS.known];
    expect(humanReporter.render({ findings: [...findings, ...rest], coverage })).toContain(`
By policy
  critical  40  privileged                 Containers are not privileged
  low        2  read-only-root-filesystem  Containers have a read-only root file system
  low        1  waiver-unused              Waivers cover a finding
  low        1  image-digest               Images are pinned by digest, or verified (advisory)

`);
    expect(plain).not.toContain('By policy');
  });

  it('cuts long values', () => {
    const text = humanReporter.render({ findings: [{ ...FINDINGS.blocking, found: 'x'.repeat(500) }], coverage: EMPTY.coverage });
    expect(text).toContain(`: "${'x'.repeat(116)}...  (`);
  });
});
