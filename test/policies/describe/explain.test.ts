import { parseAllDocuments } from 'yaml';
import { type ObjectPolicy, POLICIES } from '../../../policies';
import { described, describePolicy, explainPolicy, listPolicies } from '../../../policies/describe';
import { exampleYaml } from '../../../policies/describe/example-yaml';
import { OBJECT_POLICY, RESOURCE_POLICY } from './policies';

describe('explainPolicy', () => {
  it('says all that is known of a policy', () => {
    expect(explainPolicy(OBJECT_POLICY)).toBe(`no-roots: Containers *do not* run as root
high, mandatory

Why
  Root in a container is root on the node, if anything goes wrong. Roles with * in <rules>
  matter | too. Many words follow here. Many words follow here. Many words follow here.
  Many words follow here. Many words follow here. Many words follow here. Many words
  follow here. Many words follow here.

What to do
  Set runAsNonRoot to true.

Controls
  CIS Kubernetes          5.2.9 (2.0.1, 1.12)
  CIS Kubernetes          5.2.9, 5.2.10 (1.11)
  CIS EKS                 4.2.1 (1.8)
  Pod Security Standards  restricted

Packs
  cis-kubernetes
  cis-eks
  pss-restricted

Fails
  apiVersion: v1
  kind: Pod
  metadata:
    name: example
    namespace: team-a
  spec:
    containers:
      - name: main
        securityContext:
          runAsUser: 0

Passes
  apiVersion: v1
  kind: Pod
  metadata:
    name: example
    namespace: team-a
  spec:
    containers:
      - name: main
        securityContext:
          runAsNonRoot: true
  ---
  apiVersion: v1
  kind: ServiceAccount
  metadata:
    name: sa

How to waive it
  On the object:
    metadata:
      annotations:
        waiver.kubeflow-cdk.dev/no-roots: why it is needed

  In a waiver file, for an object that cannot be edited:
    waivers:
      - policy: no-roots
        object:
          kind: Pod
          namespace: team-a
          name: example
        reason: why it is needed`);
  });

  it('shows cloud resources as Pulumi YAML, and waives them in a file only', () => {
    const text = explainPolicy(RESOURCE_POLICY);
    expect(text).toContain(`
Passes
  resources:
    logs:
      type: aws:s3/bucketV2:BucketV2
      properties:
        bucket: logs
    block:
      type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
      properties:
        blockPublicAcls: true
        bucket: \${logs.id}
`);
    expect(text).toContain(`
How to waive it
  In a waiver file:
    waivers:
      - policy: buckets-not-public
        object:
          kind: aws:s3/bucketV2:BucketV2
          name: logs
        reason: why it is needed`);
    expect(text).not.toContain('waiver.kubeflow-cdk.dev');
  });

  it('takes the object at fault for the example of a waiver', () => {
    const [fails] = [OBJECT_POLICY.examples.fails].flat();
    const other = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'sa' } };
    const policy: ObjectPolicy = {
      ...OBJECT_POLICY,
      examples: { fails: [other, ...(fails ? [fails] : [])], passes: [] },
      appliesTo: ({ kind }) => kind === 'Pod',
      check: (_object, report) => report.finding({ path: ['spec'], found: null, message: 'the pod is at fault' }),
    };
    expect(explainPolicy(policy)).toMatch(/object:\n {10}kind: Pod\n {10}namespace: team-a\n {10}name: example\n/);
  });

  it('explains what is said about waivers, which cannot be waived', () => {
    const rule = described('waiver-unused');
    expect(rule && explainPolicy(rule)).toMatch(/^waiver-unused: Waivers cover a finding\nlow, mandatory\n\nWhy\n[^]*\n\nWhat to do\n {2}Remove the waiver[^\n]*$/);
    expect(described('unheard-of')).toBeUndefined();
  });

  it.each(POLICIES.map((policy) => [policy.id, policy] as const))('explains %s in lines that fit, with examples that are YAML', (_id, policy) => {
    const text = explainPolicy(policy);
    expect(text).toContain(`\nFails\n`);
    for (const example of [policy.examples.fails, policy.examples.passes]) {
      const documents = parseAllDocuments(exampleYaml(example));
      expect([...documents].flatMap(({ errors }) => errors)).toEqual([]);
      expect(JSON.parse(JSON.stringify([...documents].map((document) => document.toJS()))).length).toBeGreaterThan(0);
    }
  });
});

describe('listPolicies', () => {
  it('is a table of policies, and one of packs', () => {
    const text = listPolicies([OBJECT_POLICY, RESOURCE_POLICY]);
    expect(text.split('\n').slice(0, 5)).toEqual([
      'POLICY              SEVERITY  ENFORCEMENT  TITLE                            CONTROLS',
      'no-roots            high      mandatory    Containers *do not* run as root  Kubernetes 5.2.9, EKS 4.2.1, pss:restricted',
      'buckets-not-public  critical  advisory     Buckets are not public           AWS 2.1.4',
      '',
      'PACK             POLICIES  TITLE',
    ]);
    expect(text).toMatch(/\ncis-aws {10}1 {9}CIS AWS/);
    expect(text).toMatch(/\ncis-gke {10}0 {9}CIS GKE/);
  });

  it('names every policy once', () => {
    const ids = listPolicies(POLICIES).split('\n\n')[0]?.split('\n').slice(1).map((line) => line.split(' ')[0]);
    expect(ids).toEqual(POLICIES.map(({ id }) => id));
  });
});

describe('describePolicy', () => {
  it('is what is said of it, as data', () => {
    const { appliesTo: _appliesTo, check: _check, ...about } = OBJECT_POLICY;
    expect(describePolicy(OBJECT_POLICY)).toEqual({ ...about, reach: 'object', packs: ['cis-kubernetes', 'cis-eks', 'pss-restricted'] });
    expect(describePolicy(RESOURCE_POLICY)).toMatchObject({ reach: 'stack', resourceTypes: RESOURCE_POLICY.resourceTypes, packs: ['cis-aws'] });
  });
});
