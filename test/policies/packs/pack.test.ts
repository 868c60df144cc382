import type { ResourceValidationArgs, ResourceValidationPolicy } from '@pulumi/policy';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { POLICIES, read } from '../../../policies';
import { packPolicies } from '../../../policies/packs/pack';
import { CLEAN_CONTAINER, deployment } from '../objects';

/** The SDK's own stand-in for inputs with unknown values: internal to it, so without types. */
const { unknownCheckingProxy, unknownStringValue } = jest.requireActual<{ unknownCheckingProxy(props: object): Record<string, unknown>; unknownStringValue: string }>('@pulumi/policy/proxy');

class NotApplicable extends Error {}

const NOW = () => new Date('2026-03-01');
const policies = packPolicies(POLICIES, NOW).filter((policy): policy is ResourceValidationPolicy => 'validateResource' in policy);

/** What the pack says of a resource, as `policy: message`, just as the SDK would call it. */
function analyze(type: string, props: object, from = policies): string[] {
  const said: string[] = [];
  for (const { name, validateResource } of from) {
    if (typeof validateResource !== 'function') continue;
    const args = {
      type, urn: 'urn:x', name: 'x', props: unknownCheckingProxy(props), opts: {}, stackTags: new Map(),
      notApplicable(reason?: string): never { throw new NotApplicable(reason); },
    } as unknown as ResourceValidationArgs;
    try {
      void validateResource(args, (message) => void said.push(`${name}: ${message}`));
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
      said.push(`${name} n/a: ${error.message}`);
    }
  }
  return said;
}
const DEPLOYMENT = 'kubernetes:apps/v1:Deployment';
const privileged = { ...CLEAN_CONTAINER, securityContext: { ...CLEAN_CONTAINER.securityContext, privileged: true } };

describe('a Pulumi pack', () => {
  it('has one policy of Pulumi for each of ours, with its level, so that each can be configured', () => {
    expect(policies.map(({ name }) => name)).toEqual([...POLICIES.map(({ id }) => id), 'not-evaluated', 'waivers', 'waived-findings']);
    expect(policies.find(({ name }) => name === 'privileged')).toMatchObject({ enforcementLevel: 'mandatory', severity: 'critical', description: 'Containers are not privileged' });
    expect(policies.at(-1)).toMatchObject({ enforcementLevel: 'advisory' });
  });

  it('reports field, value, fix and reference', () => {
    expect(analyze(DEPLOYMENT, deployment({ containers: [privileged] }))).toEqual([
      "privileged: container 'main' is privileged (spec.template.spec.containers[0].securityContext.privileged: true). Remove securityContext.privileged, and grant the single capability or device that is needed. [cis-kubernetes-2.0.1:5.2.2]",
    ]);
  });

  it('shows what is waived, and blocks nothing for it', () => {
    const object = deployment({ containers: [privileged] }, { annotations: { 'waiver.kubeflow-cdk.dev/privileged': 'driver' } });
    expect(analyze(DEPLOYMENT, object)).toEqual(["waived-findings: container 'main' is privileged (privileged), waived: driver"]);
  });

  it('judges the expiry of waivers', () => {
    const object = deployment({ containers: [privileged] }, { annotations: { 'waiver.kubeflow-cdk.dev/privileged': '{"reason":"driver","expires":"2026-02-01"}' } });
    expect(analyze(DEPLOYMENT, object).map((said) => said.split(':')[0])).toEqual(['privileged', 'waivers']);
  });

  it('never guesses a value that the preview does not know', () => {
    const object = deployment({ hostNetwork: unknownStringValue, containers: [{ ...privileged, image: unknownStringValue }] });
    expect(analyze(DEPLOYMENT, object)).toEqual([
      expect.stringMatching(/^privileged: /),
      'host-network n/a: spec.template.spec.hostNetwork: the value is not known yet',
    ]);
  });

  it('judges the update anew after the preview', () => {
    const preview = deployment({ hostNetwork: unknownStringValue, containers: [CLEAN_CONTAINER] });
    const update = deployment({ hostNetwork: true, containers: [CLEAN_CONTAINER] });
    expect(analyze(DEPLOYMENT, preview)).toEqual([expect.stringMatching(/^host-network n\/a/)]);
    expect(analyze(DEPLOYMENT, update)).toEqual([expect.stringMatching(/^host-network: the pod shares/)]);
  });

  it('reports a workload that cannot be looked through, once', () => {
    expect(analyze(DEPLOYMENT, { metadata: { name: 'x' }, spec: {} })).toEqual(['not-evaluated: not evaluated: spec.template.spec.containers is missing']);
  });

  it.each([
    ['kubernetes:core/v1:Namespace', { metadata: { name: 'n' } }, ['pod-security-enforced']],
    ['kubernetes:core/v1:Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { hostPID: true, containers: [] } }, ['host-pid']],
    ['kubernetes:kubeflow.org/v1:PyTorchJob', { spec: { pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [privileged] } } } } } }, ['privileged']],
    ['kubernetes:helm.sh/v3:Release', { chart: 'x' }, []],
    ['kubernetes:yaml/v2:ConfigGroup', { yaml: 'x' }, []],
    ['aws:s3/bucket:Bucket', { kind: 'Pod', apiVersion: 'v1' }, []],
    ['kubernetes:apps/v1:DeploymentPatch', { kind: 'Deployment', metadata: { name: 'x' }, spec: { template: { spec: { hostPID: true, containers: [{ name: 'a' }] } } } }, ['host-pid']],
  ])('takes the object out of %s', (type, props, expected) => {
    expect(analyze(type, props).flatMap((said) => (said.includes(' n/a: ') ? [] : [said.split(':')[0]]))).toEqual(expected);
  });
});

describe('the folders of the packs', () => {
  const root = path.resolve(__dirname, '../../..');
  const version = (file: string): unknown => read(JSON.parse(readFileSync(path.join(root, file), 'utf8')), 'version');

  it.each(['all', 'cis-kubernetes', 'resource-limits'])('%s has what Pulumi needs, and the version of the package', (pack) => {
    expect(version(`policies/packs/${pack}/package.json`)).toBe(version('package.json'));
    expect(readFileSync(path.join(root, `policies/packs/${pack}/PulumiPolicy.yaml`), 'utf8')).toContain('runtime: nodejs');
  });
});
