import { evaluate as evaluateAll, type KubernetesObject, type ObjectWaiver, type EvaluateOptions, type ResourcePolicy, type Subject } from '../../../../policies';
import { CLEAN_CONTAINER, CORE, deployment } from '../../objects';

const evaluate = (objects: Iterable<Subject>, options: EvaluateOptions = {}) => evaluateAll(objects, { policies: CORE, ...options });
const KEY = 'waiver.kubeflow-cdk.dev/';
const NOW = new Date('2026-03-01T12:00:00Z');
const privileged = (name: string) => ({ ...CLEAN_CONTAINER, name, securityContext: { ...CLEAN_CONTAINER.securityContext, privileged: true } });
const waived = (value: unknown, policy = 'privileged', containers: object[] = [privileged('main')]): KubernetesObject =>
  deployment({ containers }, { annotations: { [KEY + policy]: value } });
/** Policy, container and waiver reason (or `open`) of each finding. */
const state = (object: KubernetesObject, waivers: readonly ObjectWaiver[] = []) =>
  evaluate([object], { now: NOW, waivers }).findings.map(({ policy, container, waived: by }) => [policy, container ?? '-', by?.reason ?? 'open'].join(' '));
const messages = (object: KubernetesObject) => evaluate([object], { now: NOW }).findings.filter(({ policy }) => policy.startsWith('waiver-')).map(({ message }) => message);

describe('waivers on the object', () => {
  it('may be plain text', () => {
    const [finding] = evaluate([waived('sets up the network of the node')], { now: NOW }).findings;
    expect(finding?.waived).toEqual({ reason: 'sets up the network of the node', declared: 'metadata.annotations["waiver.kubeflow-cdk.dev/privileged"]' });
  });

  it('may have owner and expiry, and hold on their last day', () => {
    const [finding, ...others] = evaluate([waived('{"reason":"driver","owner":"team-gpu","expires":"2026-03-01"}')], { now: NOW }).findings;
    expect(finding?.waived).toMatchObject({ reason: 'driver', owner: 'team-gpu', expires: '2026-03-01' });
    expect(others).toEqual([]);
  });

  it('cover the named containers only', () => {
    const value = '{"reason":"driver","containers":["main"]}';
    expect(state(waived(value, 'privileged', [privileged('main'), privileged('other')]))).toEqual(['privileged main driver', 'privileged other open']);
  });

  it('cover only their own policy', () => {
    expect(state(waived('wrong one', 'host-path'))).toEqual(['privileged main open', 'waiver-unused - open']);
  });

  it('cover what is about the pod as a whole', () => {
    const object = deployment({ containers: [CLEAN_CONTAINER], hostNetwork: true }, { annotations: { [`${KEY}host-network`]: 'node agent' } });
    expect(state(object)).toEqual(['host-network - node agent']);
  });
});

describe('waivers in a pod template', () => {
  const jobs = (annotations: object): KubernetesObject => {
    const template = (more: object) => ({ template: { spec: { template: { metadata: more, spec: { containers: [privileged('main')] } } } } });
    return { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'j', namespace: 'n' }, spec: { replicatedJobs: [{ name: 'a', ...template({ annotations }) }, { name: 'b', ...template({}) }] } };
  };

  it('cover that template only', () => {
    expect(state(jobs({ [`${KEY}privileged`]: 'first only' }))).toEqual(['privileged main first only', 'privileged main open']);
  });

  it('are found unused like any', () => {
    expect(state(jobs({ [`${KEY}host-path`]: 'first only' }))).toContain('waiver-unused - open');
  });

  it('count once on a Pod, whose metadata is both', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotations: { [`${KEY}host-path`]: 'nothing' } }, spec: { containers: [CLEAN_CONTAINER] } };
    expect(state(pod)).toEqual(['waiver-unused - open']);
  });

  it('are read in the sections of an InferenceService', () => {
    const object = { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'i' }, spec: { predictor: { annotations: { [`${KEY}host-ipc`]: 'shared memory of the GPUs' }, hostIPC: true, model: {} } } };
    expect(state(object)).toEqual(['host-ipc - shared memory of the GPUs']);
  });
});

describe('findings on waivers', () => {
  it('an expired one covers nothing', () => {
    expect(state(waived('{"reason":"driver","expires":"2026-02-28"}'))).toEqual(['privileged main open', 'waiver-expired - open']);
    expect(messages(waived('{"reason":"driver","expires":"2026-02-28"}'))).toEqual(["the waiver of 'privileged' expired after 2026-02-28"]);
  });

  it('nothing expires if no day is given', () => {
    expect(evaluate([waived('{"reason":"driver","expires":"1999-01-01"}')]).findings).toMatchObject([{ policy: 'privileged', waived: { reason: 'driver' } }]);
  });

  it('an unused one, or an unused container in it, is named', () => {
    expect(messages(waived('not needed', 'privileged', [CLEAN_CONTAINER]))).toEqual(["the waiver of 'privileged' covers no finding"]);
    expect(messages(waived('{"reason":"driver","containers":["main","gone","lost"]}'))).toEqual(["the waiver of 'privileged' covers no finding in 'gone', 'lost'"]);
  });

  it('an unknown policy is suggested for', () => {
    expect(messages(waived('x', 'privilegd'))).toEqual(["there is no policy 'privilegd'; did you mean 'privileged'?"]);
    expect(messages(waived('x', 'something-else-altogether'))).toEqual(["there is no policy 'something-else-altogether'"]);
  });

  it.each<[unknown, string]>([
    ['', "reason is \"\"; expected why the exception is needed"],
    ['{"reason":"x"', 'the value starts like JSON but is none'],
    ['{"containers":["a"]}', 'reason is missing; expected why the exception is needed'],
    ['{"reason":"x","expires":"2026-02-30"}', 'expires is "2026-02-30"; expected a day as YYYY-MM-DD'],
    ['{"reason":"x","expires":"soon"}', 'expires is "soon"'],
    ['{"reason":"x","containers":"a"}', 'containers is "a"; expected a list of container names'],
    ['{"reason":"x","owner":1}', 'owner is 1; expected a name'],
    ['{"reason":"x","expire":"2026-01-01"}', "'expire' is no field of a waiver; expected reason, containers, expires, owner"],
    [7, 'the value is 7; expected text'],
  ])('a malformed one covers nothing: %s', (value, problem) => {
    const object = waived(value);
    expect(messages(object)).toEqual([expect.stringContaining(`the waiver of 'privileged' cannot be understood: ${problem}`)]);
    expect(state(object)[0]).toBe('privileged main open');
  });

  it('says nothing of a waiver whose policy does not run', () => {
    expect(evaluate([waived('driver')], { policies: CORE.filter(({ id }) => id.endsWith('limits')), now: NOW }).findings).toEqual([]);
  });

  it('does not call a waiver unused if its policy broke off', () => {
    const broken = CORE.map((policy) => (policy.id === 'privileged' ? { ...policy, check: () => { throw new Error('x'); } } : policy));
    expect(evaluate([waived('driver')], { policies: broken }).findings.map(({ policy }) => policy)).toEqual(['privileged']);
  });

  it('stand at the annotation', () => {
    expect(evaluate([waived('x', 'host-path', [CLEAN_CONTAINER])]).findings[0]).toMatchObject({
      path: 'metadata.annotations["waiver.kubeflow-cdk.dev/host-path"]', found: 'x', severity: 'low', enforcement: 'mandatory',
    });
  });
});

describe('waivers given apart from objects', () => {
  const waiver: ObjectWaiver = { policy: 'privileged', object: { kind: 'Deployment', namespace: 'team-a', name: 'web' }, reason: 'vendor manifest' };
  const object = deployment({ containers: [privileged('main')] });

  it('cover the object they name', () => {
    expect(state(object, [waiver])).toEqual(['privileged main vendor manifest']);
    expect(state(object, [{ ...waiver, object: { kind: 'Deployment', name: 'web' } }])).toEqual(['privileged main vendor manifest']);
  });

  it.each<[string, Partial<ObjectWaiver['object']>]>([
    ['namespace', { namespace: 'team-b' }],
    ['name', { name: 'other' }],
    ['kind', { kind: 'StatefulSet' }],
    ['apiVersion', { apiVersion: 'apps/v2' }],
  ])('cover no other: %s', (_field, different) => {
    expect(state(object, [{ ...waiver, object: { ...waiver.object, ...different } }])).toEqual(['privileged main open', 'waiver-unused - open']);
  });

  it.each<[string, Partial<ObjectWaiver['object']>]>([
    ['name', { name: 'we*' }],
    ['namespace', { namespace: '*' }],
    ['kind', { kind: '*', name: 'web' }],
  ])('may leave part of the object open: %s', (_field, pattern) => {
    expect(state(object, [{ ...waiver, object: { ...waiver.object, ...pattern } }])).toEqual(['privileged main vendor manifest']);
    expect(state(object, [{ ...waiver, object: { ...waiver.object, name: '*.eb' } }])).toEqual(['privileged main open', 'waiver-unused - open']);
  });

  it('may name a control instead of a policy: then they cover every policy that decides it', () => {
    const both = deployment({ hostPID: true, hostIPC: true, containers: [CLEAN_CONTAINER] });
    const reports = evaluate([both], { waivers: [{ ...waiver, policy: 'cis-gke-1.9:4.2.1' }] }).findings;
    expect(reports.map(({ policy, waived: by }) => `${policy} ${by?.reason}`)).toEqual(['host-pid vendor manifest', 'host-ipc vendor manifest']);
  });

  it.each([
    ['cis-kubernetes-2.0.1:5.2.99', /^there is no policy 'cis-kubernetes-2\.0\.1:5\.2\.99'; did you mean 'cis-kubernetes-2\.0\.1:5\.2\.\d+'\?$/],
    ['privilegd', /^there is no policy 'privilegd'; did you mean 'privileged'\?$/],
  ])('say what was probably meant: %s', (policy, message) => {
    expect(evaluate([], { waivers: [{ ...waiver, policy }] }).findings).toMatchObject([{ policy: 'waiver-malformed', message: expect.stringMatching(message) }]);
  });

  it('may do so in files only: an annotation has no place for the colon', () => {
    expect(messages(waived('why', 'pss:baseline'))).toEqual([expect.stringMatching(/^there is no policy 'pss:baseline'/)]);
  });

  it('cover cloud resources by their type and name', () => {
    const bucket = { type: 'aws:s3/bucket:Bucket', name: 'models', properties: {} };
    const none = { title: 'T', severity: 'low', enforcement: 'mandatory', controls: [], rationale: 'R.', remediation: 'R.', examples: { fails: bucket, passes: bucket } } as const;
    const policy: ResourcePolicy = { ...none, id: 'never', resourceTypes: [bucket.type], check: (_resource, report) => report.finding({ path: [], found: 1, message: 'x' }) };
    const waivers = [{ policy: 'never', object: { kind: 'aws:s3/*', name: 'models' }, reason: 'demo data' }];
    expect(evaluate([bucket], { policies: [policy], waivers }).findings).toMatchObject([{ waived: { reason: 'demo data' } }]);
  });

  it('are judged like any: unknown policy, bad date, expiry, with where they are written', () => {
    const source = { file: 'waivers.yaml', line: 3, column: 5 };
    const problems = (changed: Partial<ObjectWaiver>) =>
      evaluate([], { now: NOW, waivers: [{ ...waiver, source, ...changed }] }).findings.map(({ policy, file, line, column }) => `${policy} ${file}:${line}:${column}`);
    expect(problems({ policy: 'privilege' })).toEqual(['waiver-malformed waivers.yaml:3:5']);
    expect(problems({ expires: 'never' })).toEqual(['waiver-malformed waivers.yaml:3:5']);
    expect(problems({ expires: '2025-01-01' })).toEqual(['waiver-expired waivers.yaml:3:5']);
    expect(problems({})).toEqual(['waiver-unused waivers.yaml:3:5']);
  });
});

describe('policies that may not be waived', () => {
  const options = { now: NOW, notWaivable: ['privileged'] };

  it('stay findings, and the waiver is one too', () => {
    const { findings } = evaluate([waived('driver')], options);
    expect(findings.map(({ policy, waived: by }) => [policy, by])).toEqual([['privileged', undefined], ['waiver-malformed', undefined]]);
    expect(findings[1]?.message).toBe("'privileged' may not be waived: the configuration of this check says so");
  });

  it('are not waived through a control of theirs either', () => {
    const waivers = [{ policy: 'cis-kubernetes-2.0.1:5.2.2', object: { kind: 'Deployment', name: 'web' }, reason: 'driver' }];
    const { findings } = evaluate([deployment({ containers: [privileged('main')] })], { ...options, waivers });
    expect(findings.map(({ policy }) => policy)).toEqual(['privileged', 'waiver-malformed']);
  });

  it('leave other waivers alone', () => {
    expect(evaluate([waived('driver', 'host-path', [CLEAN_CONTAINER])], options).findings.map(({ policy }) => policy)).toEqual(['waiver-unused']);
  });
});
