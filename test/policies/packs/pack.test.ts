import type { ResourceValidationArgs, ResourceValidationPolicy, StackValidationArgs } from '@pulumi/policy';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { type ObjectPolicy, type Policy, read, type ResourcePolicy } from '../../../policies';
import { packPolicies } from '../../../policies/packs/pack';
import { PackConfigError } from '../../../policies/packs/pack-config';
import { teamConfig } from '../../../policies/packs/team-config';
import { CLEAN_CONTAINER, CORE, deployment } from '../objects';

/** The SDK's own stand-in for inputs with unknown values: internal to it, so without types. */
const { unknownCheckingProxy, unknownStringValue } = jest.requireActual<{ unknownCheckingProxy(props: object): Record<string, unknown>; unknownStringValue: string }>('@pulumi/policy/proxy');

class NotApplicable extends Error {}

const NOW = () => new Date('2026-03-01');
const policies = pulumiPolicies(CORE);

function pulumiPolicies(from: readonly Policy[]): ResourceValidationPolicy[] {
  return packPolicies({ policies: from, now: NOW }).filter((policy): policy is ResourceValidationPolicy => 'validateResource' in policy);
}

/** Configuration as Pulumi passes it on: by Pulumi policy. */
interface Config {
  readonly violations?: object;
  readonly advice?: object;
}

/** What the pack says of a resource, as `policy: message`, just as the SDK would call it. */
function analyze(type: string, props: object, config: Config = {}, from = policies): string[] {
  const said: string[] = [];
  for (const { name, validateResource } of from) {
    if (typeof validateResource !== 'function') continue;
    const args = {
      type, urn: 'urn:x', name: 'x', props: unknownCheckingProxy(props), opts: {}, stackTags: new Map(),
      getConfig: () => ({ ...config[name as keyof Config] }),
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
/** The same, cut down to `policy: id`. */
function ids(said: readonly string[]): string[] {
  return said.map((line) => /^[\w ]+(?:\/a)?: [\w-]+/.exec(line)?.[0] ?? line);
}

const DEPLOYMENT = 'kubernetes:apps/v1:Deployment';
const privileged = { ...CLEAN_CONTAINER, securityContext: { ...CLEAN_CONTAINER.securityContext, privileged: true } };
const waived = (waiver: string) => deployment({ containers: [privileged] }, { annotations: { 'waiver.kubeflow-cdk.dev/privileged': waiver } });

describe('a Pulumi pack', () => {
  it('registers one Pulumi policy a level, however many policies it has: the SDK deserialises a resource for each', () => {
    expect(policies.map(({ name, enforcementLevel }) => [name, enforcementLevel])).toEqual([['violations', 'mandatory'], ['advice', 'advisory']]);
  });

  it('reports id, severity, title, field, value, fix and reference', () => {
    expect(analyze(DEPLOYMENT, deployment({ containers: [privileged] }))).toEqual([
      "violations: privileged (critical), Containers are not privileged: container 'main' is privileged (spec.template.spec.containers[0].securityContext.privileged: true). Remove securityContext.privileged, and grant the single capability or device that is needed. [cis-kubernetes-2.0.1:5.2.2]",
    ]);
  });

  it('reports every finding of every policy on an object', () => {
    const object = deployment({ hostPID: true, containers: [privileged, { ...privileged, name: 'other' }] });
    expect(ids(analyze(DEPLOYMENT, object))).toEqual(['violations: privileged', 'violations: privileged', 'violations: host-pid']);
  });

  it('shows what is waived, and blocks nothing for it', () => {
    expect(analyze(DEPLOYMENT, waived('driver'))).toEqual([
      "advice: privileged (critical), Containers are not privileged: container 'main' is privileged (spec.template.spec.containers[0].securityContext.privileged: true), waived: driver",
    ]);
  });

  it('judges the expiry of waivers', () => {
    expect(ids(analyze(DEPLOYMENT, waived('{"reason":"driver","expires":"2026-02-01"}')))).toEqual(['violations: privileged', 'violations: waiver-expired']);
  });

  it.each([
    ['kubernetes:core/v1:ConfigMap', { metadata: { name: 'x', annotations: { 'waiver.kubeflow-cdk.dev/host-path': 'why' } } }, 'waiver-unused'],
    ['kubernetes:core/v1:ConfigMap', { metadata: { name: 'x', annotations: { 'waiver.kubeflow-cdk.dev/hostpath': 'why' } } }, 'waiver-malformed'],
  ])('finds waivers that cover nothing also on what no policy looks at: %s %j', (type, props, id) => {
    expect(ids(analyze(type, props))).toEqual([`violations: ${id}`]);
  });

  it('tells of findings of advisory policies without blocking', () => {
    const mild = pulumiPolicies(CORE.map((policy) => (policy.id === 'privileged' ? { ...policy, enforcement: 'advisory' } : policy)));
    expect(ids(analyze(DEPLOYMENT, deployment({ hostPID: true, containers: [privileged] }), {}, mild))).toEqual(['violations: host-pid', 'advice: privileged']);
  });

  it('blocks on a policy that breaks off, even an advisory one', () => {
    const broken = pulumiPolicies([{ ...policyWithId('privileged'), enforcement: 'advisory', check: () => { throw new TypeError('oops'); } }]);
    expect(ids(analyze(DEPLOYMENT, deployment({ containers: [privileged] }), {}, broken))).toEqual(['violations: privileged']);
  });

  it('never guesses a value that the preview does not know, and says so', () => {
    const object = deployment({ hostNetwork: unknownStringValue, containers: [{ ...privileged, image: unknownStringValue }] });
    expect(analyze(DEPLOYMENT, object)).toEqual([
      expect.stringMatching(/^violations: privileged /),
      'advice: host-network, undecided: spec.template.spec.hostNetwork: the value is not known yet',
    ]);
  });

  it('has nothing to say of an unknown value that no policy asks for', () => {
    const object = deployment({ containers: [{ ...CLEAN_CONTAINER, image: unknownStringValue }] }, { annotations: { checksum: unknownStringValue } });
    expect(analyze(DEPLOYMENT, object)).toEqual([]);
    expect(analyze('kubernetes:core/v1:Secret', { metadata: { name: 'x' }, stringData: unknownStringValue })).toEqual([]);
  });

  it('judges the update anew after the preview', () => {
    const preview = deployment({ hostNetwork: unknownStringValue, containers: [CLEAN_CONTAINER] });
    const update = deployment({ hostNetwork: true, containers: [CLEAN_CONTAINER] });
    expect(ids(analyze(DEPLOYMENT, preview))).toEqual(['advice: host-network']);
    expect(analyze(DEPLOYMENT, update)).toEqual([expect.stringMatching(/^violations: host-network .*the pod shares/)]);
  });

  it('does not trouble people with what another object decides in every run', () => {
    const said = analyze('kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob', { metadata: { name: 'x' }, spec: { trainer: { image: 'x', resourcesPerNode: CLEAN_CONTAINER.resources } } });
    expect(said).toEqual([expect.stringMatching(/^advice n\/a: privilege-escalation, undecided: container 'node', spec\.trainer\..*; run-as-non-root, undecided/)]);
  });

  it('reports a workload that cannot be looked through, once', () => {
    expect(analyze(DEPLOYMENT, { metadata: { name: 'x' }, spec: {} })).toEqual(['violations: not-evaluated: spec.template.spec.containers is missing']);
  });

  it.each([
    ['kubernetes:core/v1:Namespace', { metadata: { name: 'n' } }, []],
    ['kubernetes:core/v1:Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { hostPID: true, containers: [] } }, ['host-pid']],
    ['kubernetes:kubeflow.org/v1:PyTorchJob', { spec: { pytorchReplicaSpecs: { Worker: { template: { spec: { containers: [privileged] } } } } } }, ['privileged']],
    ['kubernetes:helm.sh/v3:Release', { chart: 'x' }, []],
    ['kubernetes:yaml/v2:ConfigGroup', { yaml: 'x' }, []],
    ['aws:s3/bucket:Bucket', { kind: 'Pod', apiVersion: 'v1' }, []],
    ['kubernetes:apps/v1:DeploymentPatch', { kind: 'Deployment', metadata: { name: 'x' }, spec: { template: { spec: { hostPID: true, containers: [{ name: 'a' }] } } } }, ['host-pid']],
  ])('takes the object out of %s', (type, props, expected) => {
    expect(ids(analyze(type, props).filter((said) => !said.includes(' n/a: ')))).toEqual(expected.map((id) => `violations: ${id}`));
  });
});

describe('policies over the stack', () => {
  const about = { title: 'A rule', severity: 'low', enforcement: 'mandatory', controls: ['cis-eks-1.8:1.1', 'hardening:x'], rationale: 'Why.', remediation: 'How.' } as const;
  const none = { fails: deployment({}), passes: deployment({}) };
  const lonely: ObjectPolicy = {
    ...about,
    id: 'lonely',
    reach: 'stack',
    examples: none,
    appliesTo: ({ kind }) => kind === 'Namespace',
    check(object, report, { inventory }) {
      if (inventory.ofKind('NetworkPolicy', 'networking.k8s.io').some(({ metadata }) => metadata?.namespace === object.metadata?.name)) return;
      report.finding({ path: ['metadata', 'name'], found: object.metadata?.name, message: 'there is no NetworkPolicy in it' });
    },
  };
  const closed: ResourcePolicy = {
    ...about,
    id: 'closed',
    examples: none,
    resourceTypes: ['azure-native:storage:StorageAccount'],
    check: (resource, report) => {
      const value = read(resource.properties, 'allowBlobPublicAccess');
      if (value !== false) report.finding({ path: ['allowBlobPublicAccess'], found: value, message: `${resource.name} is public` });
    },
  };
  const resource = (type: string, name: string, props: object) => ({
    type, name, urn: `urn:${name}`, props: unknownCheckingProxy(props), opts: {}, dependencies: [], propertyDependencies: {},
  });
  const stack = (resources: unknown[], config: object = {}, options: object = {}): string[] => {
    const said: string[] = [];
    for (const policy of packPolicies({ policies: [lonely, closed], now: NOW, ...options })) {
      if (!('validateStack' in policy) || typeof policy.validateStack !== 'function') continue;
      const args = { resources, stackTags: new Map(), getConfig: () => config, notApplicable: (reason?: string): never => { throw new NotApplicable(reason); } };
      void policy.validateStack(args as unknown as StackValidationArgs, (message, urn) => void said.push(`${policy.name} ${urn}: ${message}`));
    }
    return said;
  };
  const namespace = resource('kubernetes:core/v1:Namespace', 'team-a', { metadata: { name: 'team-a' } });
  const networkPolicy = resource('kubernetes:networking.k8s.io/v1:NetworkPolicy', 'team-a/deny', { metadata: { name: 'deny', namespace: 'team-a' } });

  it('see all resources, and name the one at fault', () => {
    expect(stack([namespace])).toEqual(['stack-violations urn:team-a: lonely (low), A rule: there is no NetworkPolicy in it (metadata.name: "team-a"). How. [cis-eks-1.8:1.1]']);
    expect(stack([namespace, networkPolicy])).toEqual([]);
  });

  it('are left to the stack: one resource alone says nothing', () => {
    expect(analyze('kubernetes:core/v1:Namespace', { metadata: { name: 'team-a' } }, {}, pulumiPolicies([lonely]))).toEqual([]);
  });

  it('are waived and configured like others', () => {
    const waived = resource('kubernetes:core/v1:Namespace', 'team-a', { metadata: { name: 'team-a', annotations: { 'waiver.kubeflow-cdk.dev/lonely': 'no network here' } } });
    const waivers = [{ policy: 'lonely', object: { kind: 'Namespace', name: 'team-*' }, reason: 'all teams' }];
    expect(stack([namespace], { disabled: ['lonely'] })).toEqual([]);
    expect(stack([namespace], {}, { team: { waivers } })).toEqual([expect.stringMatching(/^stack-advice .*waived: all teams$/)]);
    expect(stack([namespace], {}, { team: { enforcement: new Map([['lonely', 'advisory']]) } })).toEqual([expect.stringMatching(/^stack-advice /)]);
    expect(stack([waived]).map((line) => line.split(' ')[0])).toEqual(expect.not.arrayContaining(['stack-violations']));
  });

  it('leave open what the preview does not know', () => {
    expect(stack([resource('kubernetes:core/v1:Namespace', 'x', { metadata: { name: unknownStringValue } })])).toEqual([
      'stack-advice undefined: lonely, undecided: : the value is not known yet',
    ]);
  });

  describe('of a provider that tells nothing yet, because its cluster does not exist', () => {
    const DENY = { metadata: { name: 'deny', namespace: 'team-a' } };
    const TEAM = { metadata: { name: 'team-a' } };
    const silent = (given: ReturnType<typeof resource>) => ({ ...given, props: unknownCheckingProxy({}) });
    /** Asks the resource policies of a pack, then those over the stack, as the engine does. */
    const inTurn = (validated: ReturnType<typeof resource>[], resources: unknown[]): string[] => {
      const said: string[] = [];
      for (const policy of packPolicies({ policies: [lonely, closed], now: NOW })) {
        const common = { stackTags: new Map(), getConfig: () => ({}), notApplicable: (reason?: string): never => { throw new NotApplicable(reason); } };
        if ('validateResource' in policy && typeof policy.validateResource === 'function') for (const each of validated) void policy.validateResource({ ...each, ...common } as unknown as ResourceValidationArgs, (message) => void said.push(message));
        if ('validateStack' in policy && typeof policy.validateStack === 'function') void policy.validateStack({ resources, ...common } as unknown as StackValidationArgs, (message, urn) => void said.push(`${policy.name} ${urn}: ${message}`));
      }
      return said;
    };

    it('judge what was asked for', () => {
      expect(inTurn([namespace], [silent(namespace)])).toEqual([expect.stringMatching(/^stack-violations urn:team-a: lonely .*\(metadata\.name: "team-a"\)/)]);
      expect(inTurn([namespace, networkPolicy], [silent(namespace), silent(networkPolicy)])).toEqual([]);
    });

    it('judge what it tells, as soon as it does', () => {
      const renamed = resource('kubernetes:core/v1:Namespace', 'team-a', { metadata: { name: 'team-b' } });
      expect(inTurn([renamed, networkPolicy], [resource('kubernetes:core/v1:Namespace', 'team-a', TEAM), silent(networkPolicy)])).toEqual([]);
      expect(inTurn([namespace], [renamed])).toEqual([expect.stringContaining('(metadata.name: "team-b")')]);
    });

    it('judge each resource by what was asked for it, not for another', () => {
      const other = resource('kubernetes:networking.k8s.io/v1:NetworkPolicy', 'team-b/deny', { metadata: { name: 'deny', namespace: 'team-b' } });
      expect(inTurn([namespace, other], [silent(namespace), silent(other)])).toHaveLength(1);
      expect(inTurn([networkPolicy], [silent(resource('kubernetes:networking.k8s.io/v1:NetworkPolicy', 'team-a/deny', DENY)), namespace])).toEqual([]);
    });

    it('judge the update by what the update asked for, not the preview', () => {
      const [unknown, known] = [unknownStringValue, 'team-a'].map((name) => resource('kubernetes:core/v1:Namespace', 'team-a', { metadata: { name } }));
      if (!unknown || !known) throw new Error('two were made');
      expect(inTurn([unknown, known], [silent(known)])).toEqual([expect.stringMatching(/^stack-violations urn:team-a: lonely /)]);
    });
  });

  it('judge cloud resources by type, whatever API version Azure puts into it', () => {
    const from = pulumiPolicies([closed]);
    for (const type of ['azure-native:storage:StorageAccount', 'azure-native:storage/v20240101:StorageAccount', 'azure-native:storage/v20231101preview:StorageAccount']) {
      expect(analyze(type, { allowBlobPublicAccess: true }, {}, from)).toEqual([expect.stringMatching(/^violations: closed .*\(allowBlobPublicAccess: true\)/)]);
      expect(analyze(type, { allowBlobPublicAccess: false }, {}, from)).toEqual([]);
    }
    expect(analyze('azure-native:storage:StorageAccount', { allowBlobPublicAccess: unknownStringValue }, {}, from)).toEqual([expect.stringMatching(/^advice: closed, undecided/)]);
    expect(analyze('pulumi:providers:aws', { allowBlobPublicAccess: true }, {}, from)).toEqual([]);
  });

  it('count only in the packs whose controls they have', () => {
    const pack = (controls: string[]) => ({ name: 'some', title: 'Some', controls });
    expect(stack([namespace], {}, { pack: pack(['cis-eks-']) })).toHaveLength(1);
    expect(stack([namespace], {}, { pack: pack(['cis-gke-']) })).toEqual([]);
  });
});

describe('the team\'s configuration', () => {
  it('is that of the command line, at an absolute path', async () => {
    await expect(teamConfig({})).resolves.toBeUndefined();
    await expect(teamConfig({ KUBEFLOW_CDK_POLICY_CONFIG: 'policies.yaml' })).rejects.toThrow("KUBEFLOW_CDK_POLICY_CONFIG is 'policies.yaml'; expected an absolute path");
    await expect(teamConfig({ KUBEFLOW_CDK_POLICY_CONFIG: '/nowhere/policies.yaml' })).rejects.toThrow(/cannot be read/);
  });
});

describe('the configuration of a Pulumi pack', () => {
  const object = deployment({ hostPID: true, containers: [privileged] });

  it('is declared to Pulumi', () => {
    expect(policies.map(({ configSchema }) => Object.keys(configSchema?.properties ?? {}))).toEqual([['disabled'], ['disabled', 'advisory']]);
  });

  it('switches single policies off', () => {
    expect(ids(analyze(DEPLOYMENT, object, { violations: { disabled: ['host-pid'] } }))).toEqual(['violations: privileged']);
    expect(analyze(DEPLOYMENT, waived('driver'), { advice: { disabled: ['privileged'] } })).toEqual([]);
  });

  it('does not call the waiver of a policy unused that is switched off', () => {
    const waiver = deployment({ containers: [CLEAN_CONTAINER] }, { annotations: { 'waiver.kubeflow-cdk.dev/privileged': 'driver' } });
    expect(ids(analyze(DEPLOYMENT, waiver))).toEqual(['violations: waiver-unused']);
    expect(analyze(DEPLOYMENT, waiver, { violations: { disabled: ['privileged'] } })).toEqual([]);
  });

  it('makes single policies advisory', () => {
    const config = { violations: { disabled: ['host-pid'] }, advice: { disabled: [], advisory: ['host-pid'] } };
    expect(ids(analyze(DEPLOYMENT, object, config))).toEqual(['violations: privileged', 'advice: host-pid']);
  });

  it.each<[Config, RegExp]>([
    [{ violations: { disabled: ['host-pdi'] } }, /^violations\.disabled\[0\]: this pack has no policy "host-pdi"; did you mean 'host-pid'\?$/],
    [{ advice: { advisory: ['host-pid', 'no-such-thing-at-all'] } }, /^advice\.advisory\[1\]: this pack has no policy "no-such-thing-at-all"; expected one of [a-z-]+, /],
    [{ violations: { disable: [] } }, /^violations: 'disable' is no property of its configuration; did you mean 'disabled'\?$/],
    [{ violations: { advisory: ['host-pid'] } }, /^violations: 'advisory' is no property of its configuration; expected one of disabled$/],
    [{ violations: { disabled: 'host-pid' } }, /^violations\.disabled is "host-pid"; expected a list of policy ids$/],
  ])('is refused if it would do nothing: %j', (config, message) => {
    expect(() => analyze(DEPLOYMENT, object, config)).toThrow(PackConfigError);
    expect(() => analyze('aws:s3/bucket:Bucket', {}, config)).toThrow(message);
  });

  it('knows only the policies of its own pack', () => {
    expect(() => analyze(DEPLOYMENT, object, { violations: { disabled: ['cpu-limits'] } }, pulumiPolicies(CORE.filter(({ id }) => !id.endsWith('limits'))))).toThrow(/no policy "cpu-limits"/);
  });
});

function policyWithId(id: string): Policy {
  const policy = CORE.find((candidate) => candidate.id === id);
  if (!policy) throw new Error(`no policy ${id}`);
  return policy;
}

describe('the folders of the packs', () => {
  const root = path.resolve(__dirname, '../../..');
  const version = (file: string): unknown => read(JSON.parse(readFileSync(path.join(root, file), 'utf8')), 'version');

  it.each(['all', 'cis-kubernetes', 'cis-eks', 'cis-gke', 'cis-aks', 'resource-limits'])('%s has what Pulumi needs, and the version of the package', (pack) => {
    expect(version(`policies/packs/${pack}/package.json`)).toBe(version('package.json'));
    expect(parse(readFileSync(path.join(root, `policies/packs/${pack}/PulumiPolicy.yaml`), 'utf8'))).toMatchObject({ runtime: { name: 'nodejs' }, main: 'index.js' });
  });
});
