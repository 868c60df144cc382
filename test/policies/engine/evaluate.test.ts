import fc from 'fast-check';
import { evaluate, isBlocking, type KubernetesObject, type Inventory, type ObjectPolicy, type Policy, type ResourcePolicy } from '../../../policies';
import { evaluateEach } from '../../../policies/engine/evaluate';
import { withUnknownValues, UnknownValueError } from '../../../policies/engine/unknown-value';
import { BARE_CONTAINER, brief, CLEAN_CONTAINER, CORE, deployment } from '../objects';

const about = { title: 'A rule', severity: 'low', enforcement: 'advisory', controls: ['x:1'], rationale: 'Why.', remediation: 'How.' } as const;
const rule = (id: string, check: ObjectPolicy['check'], more: Partial<ObjectPolicy> = {}): ObjectPolicy => ({
  ...about, id, check, appliesTo: () => true, examples: { fails: deployment({}), passes: deployment({}) }, ...more,
});

describe('evaluate', () => {
  it('gives a finding everything a report needs', () => {
    const { findings } = evaluate([deployment({ containers: [{ ...CLEAN_CONTAINER, securityContext: { ...CLEAN_CONTAINER.securityContext, privileged: true } }] })], { policies: CORE });
    expect(findings).toEqual([
      {
        policy: 'privileged',
        title: 'Containers are not privileged',
        controls: expect.arrayContaining(['cis-kubernetes-2.0.1:5.2.2']),
        severity: 'critical',
        enforcement: 'mandatory',
        object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'team-a', name: 'web' },
        container: 'main',
        path: 'spec.template.spec.containers[0].securityContext.privileged',
        found: true,
        message: "container 'main' is privileged",
        remediation: expect.stringContaining('privileged'),
        patch: { spec: { template: { spec: { containers: [{ name: 'main', securityContext: { privileged: false } }] } } } },
      },
    ]);
  });

  it('counts what it saw', () => {
    const objects = [deployment({ containers: [CLEAN_CONTAINER, { ...CLEAN_CONTAINER, name: 'b' }] }), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }];
    expect(evaluate(objects, { policies: CORE }).coverage).toEqual({ objects: 2, resources: 0, exempt: 0, policies: CORE.length, podTemplates: 1, containers: 2, undecided: [], unevaluated: [] });
  });

  it('reports what is no Kubernetes object as not evaluated', () => {
    const { coverage } = evaluateEach([{ kind: 'Pod' }, null], { policies: CORE });
    expect(coverage.unevaluated).toEqual([
      { index: 0, reason: 'not a Kubernetes object: apiVersion and kind are missing' },
      { index: 1, reason: 'not a Kubernetes object: apiVersion and kind are missing' },
    ]);
  });

  it('takes a policy that throws for a finding against it, and still runs the others', () => {
    const broken = rule('broken', () => { throw new TypeError('x is undefined'); });
    const { findings } = evaluate([deployment({ containers: [BARE_CONTAINER] })], { policies: [broken, ...CORE] });
    expect(findings[0]).toMatchObject({
      policy: 'broken',
      message: "policy 'broken' broke off on Deployment/team-a/web, which is therefore not known to pass (TypeError: x is undefined)",
    });
    expect(findings[0] && isBlocking(findings[0])).toBe(true);
    expect(brief(findings)).toContain('memory-limits main spec.template.spec.containers[0].resources.limits.memory');
  });

  it('keeps what a policy had found before it threw', () => {
    const halfway = rule('halfway', (_object, report) => {
      report.finding({ path: ['spec'], found: 1, message: 'found' });
      throw new Error('then lost');
    });
    expect(evaluate([deployment({ containers: [] })], { policies: [halfway] }).findings.map(({ message }) => message)).toEqual(['found', expect.stringContaining('then lost')]);
  });

  it('shows policies the other objects of the evaluation', () => {
    const seen: string[] = [];
    const spy = rule('spy', (_object, _report, context) => void seen.push(...context.inventory.ofKind('Deployment').map(({ metadata }) => String(metadata?.name))));
    evaluate([deployment({ containers: [] }), deployment({ containers: [] }, { name: 'other' })], { policies: [spy] });
    expect(seen).toEqual(['web', 'other', 'web', 'other']);
  });

  it('evaluates cloud resources with the policies of their type, with paths from their inputs', () => {
    const bucket = { type: 'aws:s3/bucket:Bucket', name: 'models', properties: { acl: 'public-read' } };
    const { acl, ...closed } = bucket.properties;
    const policy: ResourcePolicy = {
      ...about, id: 'private', examples: { fails: bucket, passes: { ...bucket, properties: closed } }, resourceTypes: ['aws:s3/bucket:Bucket'],
      check: ({ properties }, report) => report.finding({ path: ['acl'], found: properties.acl, message: `it is ${acl}`, fix: 'private' }),
    };
    const { findings, coverage } = evaluate([bucket, { ...bucket, type: 'aws:s3/object:Object' }], { policies: [policy] });
    expect(findings).toMatchObject([{ object: { apiVersion: 'aws', kind: 'aws:s3/bucket:Bucket', name: 'models' }, path: 'acl', found: 'public-read', patch: { acl: 'private' } }]);
    expect(coverage).toMatchObject({ objects: 0, resources: 2 });
  });

  it('makes what policies derive from all objects once', () => {
    let made = 0;
    const names = ({ objects }: Inventory) => {
      made++;
      return objects.map(({ metadata }) => metadata?.name);
    };
    const derived = rule('derived', (_object, report, context) => report.finding({ path: [], found: context.derive(names), message: 'seen' }));
    const { findings } = evaluate([deployment({ containers: [] }), deployment({ containers: [] }, { name: 'other' })], { policies: [derived] });
    expect(findings.map(({ found }) => found)).toEqual([['web', 'other'], ['web', 'other']]);
    expect(made).toBe(1);
  });

  it('lets a problem narrow its policy down: controls and enforcement', () => {
    const partly = rule('partly', (_object, report) => report.finding({ path: [], found: 1, message: 'x', controls: ['pss:restricted'], enforcement: 'mandatory' }));
    const objects = [deployment({ containers: [] })];
    expect(evaluate(objects, { policies: [partly] }).findings).toMatchObject([{ controls: ['pss:restricted'], enforcement: 'mandatory' }]);
    expect(evaluate(objects, { policies: [partly], enforcement: new Map([['partly', 'advisory']]) }).findings).toMatchObject([{ enforcement: 'advisory' }]);
  });

  it('does not judge objects of exempt namespaces, nor these, and counts them', () => {
    const everything = rule('everything', (_object, report) => report.finding({ path: [], found: 1, message: 'x' }));
    const objects = [deployment({ containers: [] }), deployment({ containers: [] }, { namespace: 'kube-system' }), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } }];
    const { findings, coverage } = evaluate(objects, { policies: [everything], parameters: { exemptNamespaces: ['kube-system'] } });
    expect(findings).toHaveLength(1);
    expect(coverage).toMatchObject({ objects: 1, exempt: 2 });
  });

  it('finds of another object that cannot be looked through what can be read', () => {
    const spy = rule('spy', (object, report, context) => {
      for (const other of context.inventory.objects) if (other !== object) report.finding({ path: [], found: context.podTemplates(other).length, message: 'pods' });
    });
    const { findings } = evaluate([deployment({ containers: [] }), deployment({ containers: 'none' }, { name: 'broken' })], { policies: [spy] });
    expect(findings.map(({ found }) => found)).toEqual([1, 1]);
  });

  it.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRolebinding', 'ClusterRoleBinding'],
    ['v1', 'pod', 'Pod'],
    ['v1', 'list', 'List'],
  ])('reports a kind in the wrong case, and judges what is meant: %s %s', (apiVersion, kind, right) => {
    const spy = rule('spy', (object, report) => report.finding({ path: [], found: object.kind, message: 'seen' }));
    const { findings, coverage } = evaluate([{ apiVersion, kind, metadata: { name: 'x' }, spec: { containers: [] } }], { policies: [spy] });
    expect(findings.map(({ found }) => found)).toEqual([right]);
    expect(coverage.unevaluated).toEqual([{ index: 0, object: { apiVersion, kind, name: 'x' }, reason: `there is no kind '${kind}' in ${apiVersion}; did you mean '${right}'?` }]);
  });

  it('leaves kinds of other groups alone, whatever they are called', () => {
    expect(evaluate([{ apiVersion: 'example.com/v1', kind: 'POD', metadata: { name: 'x' } }], { policies: CORE }).coverage.unevaluated).toEqual([]);
  });

  it('does not touch what it is given', () => {
    const object = deployment({ containers: [BARE_CONTAINER] });
    const before = structuredClone(object);
    evaluate([object]);
    expect(object).toEqual(before);
  });
});

describe('unknown values', () => {
  const unknown = Symbol('unknown');
  /** An object in which reading `unknown` throws, as in a preview. */
  const preview = (object: KubernetesObject): unknown => {
    const trap = (value: unknown): unknown =>
      typeof value !== 'object' || value === null
        ? value
        : new Proxy(value, {
            get(target, key) {
              const part: unknown = Reflect.get(target, key);
              if (part === unknown) throw new UnknownValueError('later');
              return trap(part);
            },
          });
    return withUnknownValues(trap(object), (error) => error instanceof UnknownValueError);
  };
  const check = (object: KubernetesObject) => evaluateEach([preview(object)], { policies: CORE });

  it('leaves a policy undecided for the container, and judges the rest', () => {
    const object = deployment({
      containers: [
        { ...CLEAN_CONTAINER, securityContext: { ...CLEAN_CONTAINER.securityContext, allowPrivilegeEscalation: unknown } },
        { ...CLEAN_CONTAINER, name: 'other', securityContext: { ...CLEAN_CONTAINER.securityContext, allowPrivilegeEscalation: true } },
      ],
    });
    const { byObject, coverage } = check(object);
    expect(brief(byObject.flat())).toEqual(['privilege-escalation other spec.template.spec.containers[1].securityContext.allowPrivilegeEscalation']);
    expect(coverage.undecided).toEqual([
      expect.objectContaining({ policy: 'privilege-escalation', container: 'main', path: 'spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation', reason: 'the value is not known yet' }),
    ]);
  });

  it('does not mind an unknown image, name or annotation', () => {
    const object = deployment({ containers: [{ ...CLEAN_CONTAINER, image: unknown }] }, { annotations: { 'waiver.kubeflow-cdk.dev/privileged': unknown } });
    const { byObject, coverage } = check(object);
    expect(byObject.flat()).toEqual([]);
    expect(coverage.undecided).toEqual([]);
  });

  it('decides nothing about pods if the pod template is unknown, and everything else', () => {
    const { byObject, coverage } = check({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: unknown } });
    expect(byObject.flat()).toEqual([]);
    const undecided = coverage.undecided.map(({ policy }) => policy);
    expect(undecided).toEqual(expect.arrayContaining(['privileged', 'host-pid', 'memory-limits', 'run-as-non-root']));
    expect(undecided).not.toContain('pod-security-enforced');
  });

  it('does not call a waiver unused while its policy is undecided', () => {
    const object = deployment({ containers: [CLEAN_CONTAINER], hostNetwork: unknown }, { annotations: { 'waiver.kubeflow-cdk.dev/host-network': 'needs the network of the node' } });
    expect(check(object).byObject.flat()).toEqual([]);
  });
});

describe('properties', () => {
  const boolean = fc.constantFrom(true, false, null, undefined, 'true', 0);
  const securityContext = fc.record({
    privileged: boolean,
    allowPrivilegeEscalation: boolean,
    runAsNonRoot: boolean,
    runAsUser: fc.constantFrom(0, 1000, undefined, '0'),
    capabilities: fc.constantFrom(undefined, null, { drop: ['ALL'] }, { add: ['NET_RAW'] }, { drop: 'ALL' }, 7),
  }, { requiredKeys: [] });
  const container = fc.record({ name: fc.constantFrom('a', 'b', undefined), image: fc.constant('x'), securityContext: fc.oneof(securityContext, fc.constant(null)), resources: fc.constantFrom(undefined, {}, { limits: { cpu: 1 } }, 'no') });
  const podSpec = fc.record({ containers: fc.array(container, { maxLength: 3 }), hostPID: boolean, securityContext: fc.oneof(securityContext, fc.constant(undefined)) });
  const object = fc.tuple(podSpec, fc.nat(5)).map(([spec, name]) => deployment(spec, { name: `d${name}` }));

  it('adding an object changes nothing about another', () => {
    fc.assert(
      fc.property(object, fc.array(object, { maxLength: 4 }), (one, others) => {
        const alone = evaluateEach([one], { policies: CORE }).byObject[0];
        expect(evaluateEach([...others, one], { policies: CORE }).byObject.at(-1)).toEqual(alone);
      }),
    );
  });

  it('the order of policies changes only the order of findings', () => {
    fc.assert(
      fc.property(object, fc.shuffledSubarray([...CORE], { minLength: CORE.length }), (one, policies) => {
        const sorted = (used: readonly Policy[]) => evaluate([one], { policies: used }).findings.map((finding) => JSON.stringify(finding)).sort();
        expect(sorted(policies)).toEqual(sorted(CORE));
      }),
    );
  });

  it('no content of custom resources makes the engine or a policy throw', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 5, key: fc.constantFrom('containers', 'spec', 'template', 'image', 'name', 'securityContext', 'volumes', 'a.b') }), (spec) => {
        const { findings } = evaluate([{ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' }, spec }], { policies: CORE });
        expect(findings.filter(({ message }) => message.includes('broke off'))).toEqual([]);
      }),
    );
  });
});

describe('cost', () => {
  /** How many properties are read in an evaluation of so many objects. */
  function reads(count: number): number {
    let total = 0;
    const counting = (value: unknown): unknown =>
      typeof value !== 'object' || value === null
        ? value
        : new Proxy(value, {
            get(target, key) {
              total++;
              return counting(Reflect.get(target, key));
            },
          });
    const objects = Array.from({ length: count }, (_, index) =>
      counting(index % 2 ? deployment({ containers: [BARE_CONTAINER] }, { name: `d${index}` }) : { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: `t${index}` }, spec: { a: { containers: [BARE_CONTAINER] } } }),
    );
    evaluateEach(objects, { policies: CORE });
    return total;
  }

  it('is linear in the number of objects', () => {
    const [small, medium, large] = [reads(100), reads(200), reads(400)];
    expect(large - medium).toBe(2 * (medium - small));
    expect(medium - small).toBeGreaterThan(1000);
  });
});
