import type { CheckCoverage, CheckResult, Finding } from '../../../policies';

const finding = (fields: Partial<Finding>): Finding => ({
  policy: 'privileged',
  title: 'Containers are not privileged',
  controls: ['cis-kubernetes-2.0.1:5.2.2', 'cis-kubernetes-1.12:5.2.2', 'cis-eks-1.8:4.2.1'],
  severity: 'critical',
  enforcement: 'mandatory',
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'team-a', name: 'web' },
  path: 'spec.template.spec.containers[0].securityContext.privileged',
  found: true,
  message: "container 'main' is privileged",
  remediation: 'Remove securityContext.privileged.',
  ...fields,
});

const patchOf = (container: string, securityContext: object) => ({ spec: { template: { spec: { containers: [{ name: container, securityContext }] } } } });

/** Text that every format has a sign of its own in, and that some cannot hold. */
export const ODD = 'a|b`c`<b>d</b>&*e*_f_[x](http://evil)]]>"\'\n#g @someone \u0000\u001b[31m\u202e\ud800 \u{1f600}';

const place = { file: 'deploy\\sub dir/web:1.yaml', line: 18, column: 13 };

/** Everything a report may have to show. */
export const FINDINGS = {
  blocking: finding({ container: 'main', patch: patchOf('main', { privileged: false }), ...place }),
  second: finding({
    policy: 'read-only-root-filesystem',
    title: 'Containers have a read-only root file system',
    controls: ['hardening:read-only-root-filesystem'],
    severity: 'low',
    container: 'main',
    path: 'spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem',
    found: null,
    message: "container 'main' can write to its root file system",
    patch: patchOf('main', { readOnlyRootFilesystem: true }),
    ...place,
    line: 16,
  }),
  advisory: finding({
    policy: 'image-digest',
    title: 'Images are pinned by digest, or verified',
    controls: ['cis-kubernetes-2.0.1:5.5.1'],
    severity: 'low',
    enforcement: 'advisory',
    container: 'main',
    path: 'spec.template.spec.containers[0].image',
    found: 'nginx:1.27',
    message: "container 'main' runs an image without a digest",
    remediation: 'Add the digest to the image.',
    ...place,
    line: 15,
  }),
  waived: finding({
    policy: 'host-network',
    severity: 'high',
    path: 'spec.template.spec.hostNetwork',
    message: "the pod shares the node's network",
    waived: { reason: 'serves webhooks', owner: 'net-team', expires: '2030-01-31', declared: 'metadata.annotations["waiver.kubeflow-cdk.dev/host-network"]' },
    ...place,
    line: 12,
  }),
  known: finding({ container: 'old', path: 'spec.template.spec.containers[1].securityContext.privileged', message: "container 'old' is privileged", baseline: true, ...place, line: 30 }),
  /** About a waiver that was given in code: it has no file, no control and no field. */
  unplaced: finding({
    policy: 'waiver-unused',
    title: 'Waivers cover a finding',
    controls: [],
    severity: 'low',
    object: { apiVersion: '', kind: 'DaemonSet', name: 'cni' },
    path: '',
    found: 'why',
    message: "the waiver of 'host-path' covers no finding",
    remediation: 'Remove the waiver.',
  }),
  /** Of a policy that a user wrote, on an object whose names are hostile. */
  odd: finding({
    policy: 'their-own',
    title: `title ${ODD}`,
    controls: ['house-rules:7'],
    severity: 'medium',
    object: { apiVersion: 'v1', kind: 'Pod', namespace: ODD, name: ODD },
    container: ODD,
    path: `metadata.labels[${JSON.stringify(ODD)}]`,
    found: { [ODD]: ODD },
    message: `message ${ODD}`,
    remediation: `remediation ${ODD}`,
    file: `/repo/${ODD}.yaml`,
    line: 2,
    column: 3,
  }),
} as const;

export const COVERAGE: CheckCoverage = {
  files: 2,
  documents: 7,
  ignored: [{ file: 'README.md', reason: 'no manifest by its name' }],
  objects: 3,
  resources: 1,
  exempt: 2,
  policies: 60,
  podTemplates: 2,
  containers: 4,
  baselineGone: 1,
  undecided: [
    { policy: 'run-as-non-root', object: { apiVersion: 'v1', kind: 'Pod', name: 'p' }, container: 'main', path: 'spec', reason: 'comes from the ServingRuntime' },
    { policy: 'run-as-non-root', object: { apiVersion: 'v1', kind: 'Pod', name: 'q' }, path: 'spec', reason: 'comes from the ServingRuntime' },
    { policy: 'capabilities', object: { apiVersion: 'v1', kind: 'Pod', name: 'p' }, path: 'spec', reason: 'the value is not known yet' },
  ],
  unevaluated: [
    { file: 'broken.yaml', line: 3, column: 5, reason: 'duplicate key' },
    { object: { apiVersion: 'batch/v1', kind: 'Job', namespace: 'team-a', name: 'j' }, index: 4, reason: 'spec.template.spec.containers is missing' },
    { index: 6, reason: `odd ${ODD}` },
  ],
};

export const FULL: CheckResult = {
  findings: [FINDINGS.advisory, FINDINGS.second, FINDINGS.blocking, FINDINGS.waived, FINDINGS.known, FINDINGS.unplaced, FINDINGS.odd],
  coverage: COVERAGE,
};

export const EMPTY: CheckResult = {
  findings: [],
  coverage: { files: 1, documents: 1, ignored: [], objects: 1, resources: 0, exempt: 0, policies: 60, podTemplates: 0, containers: 0, undecided: [], unevaluated: [] },
};

/** One finding on each of many objects. */
export function manyFindings(count: number): CheckResult {
  const findings = Array.from({ length: count }, (_, index) => ({ ...FINDINGS.blocking, object: { ...FINDINGS.blocking.object, name: `web-${index}` } }));
  return { findings, coverage: EMPTY.coverage };
}
