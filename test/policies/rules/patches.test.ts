import { DEFAULT_PARAMETERS, type Finding, type KubernetesObject, POLICIES, type PolicyParameters, type Subject } from '../../../policies';
import { evaluateEach } from '../../../policies/engine/evaluate';
import { type CloudResource, type Fields, isCloudResource, isFields } from '../../../policies/engine/object';
import { mergePatches } from '../../../policies/report/merge-patches';
import { withContainer } from '../objects';
import { azure, unknown } from './azure/run';

const examples = POLICIES.map(({ id, examples: { fails, parameters } }) => [id, [fails].flat(), parameters ?? {}] as const);

describe('the patch that a finding offers', () => {
  it.each(examples)('mends the failing example of %s, and breaks nothing else', (id, subjects, parameters) => {
    const before = run(subjects, parameters);
    for (const [index, findings] of before.entries()) {
      for (const finding of findings) {
        if (!finding.patch) continue;
        const after = run(subjects.with(index, patched(subject(subjects, index), finding.patch)), parameters);
        expect([finding.policy, problems(after).includes(problem(finding, index))]).toEqual([finding.policy, false]);
        expect([finding.policy, problems(after).filter((each) => !problems(before).includes(each))]).toEqual([finding.policy, []]);
      }
    }
    expect(before.flat().map(({ policy }) => policy)).toContain(id);
  });

  it.each(examples)('mends, with all others on the example of %s, what they are for', (_id, subjects, parameters) => {
    const before = run(subjects, parameters);
    const after = run(subjects.map((_, index) => patchedByAll(subject(subjects, index), before[index] ?? [])), parameters);
    const unpatched = before.flatMap((findings, index) => findings.filter(({ patch }) => !patch).map((finding) => problem(finding, index)));
    expect(problems(after).filter((each) => !unpatched.includes(each))).toEqual([]);
  });
});

const GIGABYTE = { cpu: '2', memory: '1Gi' };
const TINY = { cpu: '1m', memory: '1Mi' };

it.each<[string, KubernetesObject]>([
  ['requests above the limits to start from', withContainer({ resources: { requests: GIGABYTE } })],
  ['limits below the requests to start from', withContainer({ resources: { limits: TINY } })],
  ['a limit below its request', withContainer({ resources: { requests: GIGABYTE, limits: TINY } })],
  ['a limit of the pod below the request to start from', withContainer({ resources: {} }, { resources: { limits: TINY } })],
  ['an amount in the place of resources', withContainer({ resources: '1Gi' })],
  ['an amount in the place of requests', withContainer({ resources: { requests: 5, limits: TINY } })],
  ['an amount in the place of limits', withContainer({ resources: { requests: GIGABYTE, limits: '1Gi' } })],
  ['a list in the place of limits', withContainer({ resources: { requests: GIGABYTE, limits: [TINY] } })],
  ['user 0', withContainer({ securityContext: { runAsUser: 0 } })],
  ['user 0 where root is allowed', withContainer({ securityContext: { runAsUser: 0, runAsNonRoot: false } })],
  ['user 0 of the pod where root is allowed', withContainer({ securityContext: {} }, { securityContext: { runAsUser: 0, runAsNonRoot: false } })],
  ['user 0 of the pod where the container allows root', withContainer({ securityContext: { runAsNonRoot: false } }, { securityContext: { runAsUser: 0 } })],
  ['user 0 of both', withContainer({ securityContext: { runAsUser: 0 } }, { securityContext: { runAsUser: 0 } })],
  ['text in the place of a security context', withContainer({ securityContext: 'strict' }, { securityContext: 'strict' })],
  ['text in the place of capabilities', withContainer({ securityContext: { capabilities: 'none', seccompProfile: 'RuntimeDefault' } })],
])('all patches together mend %s', (_what, object) => {
  const [before = []] = run([object]);
  const [after = []] = run([patchedByAll(object, before)]);
  const left = new Set(before.filter(({ patch }) => !patch).map(({ policy }) => policy));
  expect(after.filter(({ policy }) => !left.has(policy)).map(({ message }) => message)).toEqual([]);
  expect(before.length).toBeGreaterThan(after.length);
});

const ACCOUNT = 'storage:StorageAccount';
const CLUSTER = 'containerservice:ManagedCluster';
const NOT_KEPT = { targetResourceId: '/providers/Microsoft.Network/virtualNetworks/main', enabled: false };
const SCALE_SET = { virtualMachineProfile: { securityProfile: { uefiSettings: { secureBootEnabled: false } } } };

it.each<[string, CloudResource, Fields]>([
  ['azure-vm-trusted-launch', azure('compute:VirtualMachine', {}), { securityProfile: { securityType: 'TrustedLaunch', uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } } }],
  ['azure-vm-trusted-launch', azure('compute:VirtualMachineScaleSet', SCALE_SET), { virtualMachineProfile: { securityProfile: { securityType: 'TrustedLaunch', uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } } } }],
  ['azure-sql-audit-retention', azure('sql:ServerBlobAuditingPolicy', { state: 'Disabled' }), { state: 'Enabled' }],
  ['azure-sql-auditing-enabled', azure('sql:ServerBlobAuditingPolicy', { state: 'Disabled', retentionDays: 30 }), { state: 'Enabled' }],
  ['azure-storage-default-deny', azure(ACCOUNT, {}), { networkRuleSet: { defaultAction: 'Deny' } }],
  ['azure-storage-default-deny', azure(ACCOUNT, { networkRuleSet: { bypass: 'AzureServices' } }), { networkRuleSet: { defaultAction: 'Deny' } }],
  ['azure-storage-default-deny', azure(ACCOUNT, { networkRuleSet: { bypass: 'None' } }), { networkRuleSet: { defaultAction: 'Deny', bypass: 'AzureServices' } }],
  ['azure-storage-default-deny', azure(ACCOUNT, { networkRuleSet: { bypass: 'Logging' } }), { networkRuleSet: { defaultAction: 'Deny', bypass: 'Logging, AzureServices' } }],
  ['azure-storage-trusted-services', azure(ACCOUNT, { networkRuleSet: { defaultAction: 'Deny', bypass: 'Logging' } }), { networkRuleSet: { bypass: 'Logging, AzureServices' } }],
  ['azure-storage-trusted-services', azure(ACCOUNT, { networkRuleSet: { defaultAction: 'Deny', bypass: ['Logging'] } }), { networkRuleSet: { bypass: 'AzureServices' } }],
  ['aks-azure-rbac', azure(CLUSTER, { disableLocalAccounts: true }), { aadProfile: { managed: true, enableAzureRBAC: true } }],
  ['azure-flow-log-retention', azure('network:FlowLog', NOT_KEPT), { enabled: true, retentionPolicy: { enabled: true, days: 90 } }],
  ['azure-flow-log-retention', azure('network:FlowLog', { ...NOT_KEPT, retentionPolicy: { days: 0 } }), { enabled: true }],
  ['azure-flow-log-retention', azure('network:FlowLog', { ...NOT_KEPT, enabled: true, retentionPolicy: { enabled: false, days: 120 } }), { retentionPolicy: { enabled: true, days: 120 } }],
])('the patch of %s mends all that is one thing', (id, resource, patch) => {
  const [before = []] = run([resource]);
  const finding = before.find(({ policy }) => policy === id);
  expect(finding?.patch).toEqual(patch);
  const [after = []] = run([patched(resource, patch)]);
  const paths = (findings: readonly Finding[]) => findings.map(({ policy, path }) => `${policy} ${path}`);
  expect(paths(after)).toEqual(paths(before).filter((path) => paths(after).includes(path)));
  expect(paths(after)).not.toContain(`${id} ${finding?.path}`);
});

it.each<[string, CloudResource, Fields]>([
  ['azure-storage-default-deny', azure(ACCOUNT, { networkRuleSet: unknown('bypass') }), { networkRuleSet: { defaultAction: 'Deny' } }],
  ['azure-flow-log-retention', azure('network:FlowLog', unknown('retentionPolicy', NOT_KEPT)), { enabled: true }],
])('the patch of %s leaves out what is not known yet', (id, resource, patch) => {
  expect(run([resource]).flat().find(({ policy }) => policy === id)?.patch).toEqual(patch);
});

it.each([{ cpu: 2, memory: 1.5 }, { cpu: 1, memory: 1 }])('all patches together keep to a proportion of %j', (maxLimitRequestRatio) => {
  for (const resources of [{}, { requests: GIGABYTE }, { requests: TINY }, { limits: GIGABYTE }, { limits: TINY }]) {
    const object = withContainer({ resources });
    const [before = []] = run([object], { maxLimitRequestRatio });
    const [after = []] = run([patchedByAll(object, before)], { maxLimitRequestRatio });
    expect(after.filter(({ controls }) => controls.some((control) => control.startsWith('resource-limits:')))).toEqual([]);
  }
});

it('is none where elements of a list cannot be told apart', () => {
  const container = { name: 'main', image: 'registry.example.com/app:1.0' };
  const twins = withContainer({}, { containers: [container, container] });
  const object = { ...twins, spec: { template: { spec: { containers: [container, container] } } } };
  expect(run([object]).flat().flatMap(({ container: name, patch }) => (name !== undefined && patch ? [patch] : []))).toEqual([]);
});

function run(subjects: readonly Subject[], parameters: Partial<PolicyParameters> = {}): readonly (readonly Finding[])[] {
  return evaluateEach(subjects, { policies: POLICIES, parameters: { ...DEFAULT_PARAMETERS, ...parameters } }).byObject;
}

function problem({ policy, container, path }: Finding, index: number): string {
  return [policy, index, container, path].join(' ');
}

function problems(byObject: readonly (readonly Finding[])[]): string[] {
  return byObject.flatMap((findings, index) => findings.map((finding) => problem(finding, index)));
}

function subject(subjects: readonly Subject[], index: number): Subject {
  const found = subjects[index];
  if (!found) throw new RangeError(`no subject ${index}`);
  return found;
}

function patchedByAll(before: Subject, findings: readonly Finding[]): Subject {
  return mergePatches(findings).reduce<Subject>(patched, before);
}

/** The subject as a patch makes it: of a cloud resource, its inputs. */
function patched(before: Subject, patch: Fields): Subject {
  if (isCloudResource(before)) return { ...before, properties: merged(before.properties, patch) };
  return { ...merged(before, patch), apiVersion: before.apiVersion, kind: before.kind };
}

/** A strategic merge whose lists of mappings are merged by name. */
function merged(before: unknown, patch: Fields): Fields {
  const result: Record<string, unknown> = isFields(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = Array.isArray(value) ? mergedList(result[key], value) : isFields(value) ? merged(result[key], value) : value;
  }
  return result;
}

function mergedList(before: unknown, patch: readonly unknown[]): readonly unknown[] {
  if (patch.length === 0 || !patch.every((element) => isFields(element) && typeof element.name === 'string')) return patch;
  const result: unknown[] = Array.isArray(before) ? [...before] : [];
  for (const element of patch.filter(isFields)) {
    const index = result.findIndex((each) => isFields(each) && each.name === element.name);
    if (element.$patch === 'delete') result.splice(index, index < 0 ? 0 : 1);
    else if (index < 0) result.push(element);
    else result[index] = merged(result[index], element);
  }
  return result;
}
