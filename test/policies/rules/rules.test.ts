import { type CloudResource, DEFAULT_PARAMETERS, evaluate, inPacks, type KubernetesObject, PACKS, POLICIES, type Policy, type Subject } from '../../../policies';
import { isCloudResource } from '../../../policies/engine/object';
import { withUnknownValues } from '../../../policies/engine/unknown-value';

/** Runs one policy as its examples want it run. */
const check = (policy: Policy, subjects: readonly Subject[]) =>
  evaluate(subjects, { policies: [policy], parameters: { ...DEFAULT_PARAMETERS, ...policy.examples.parameters } });
const each = POLICIES.map((policy) => [policy.id, policy] as const);

describe('every policy', () => {
  it.each(each)('%s fails its failing example and passes its passing one', (_id, policy) => {
    expect(check(policy, [policy.examples.fails].flat()).findings).not.toHaveLength(0);
    const { findings, coverage } = check(policy, [policy.examples.passes].flat());
    expect(findings).toEqual([]);
    expect(coverage.undecided).toEqual([]);
  });

  it('has an id that fits in an annotation key, once', () => {
    const ids = POLICIES.map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('explains itself in sentences', () => {
    const wrong = POLICIES.filter(({ title, rationale, remediation }) => title.length < 11 || title.endsWith('.') || !rationale.endsWith('.') || !remediation.endsWith('.'));
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('has controls in the form that reports promise, each once, and is in a pack', () => {
    const form = /^(cis-(kubernetes|eks|gke|aks|aws|gcp|azure)-\d+(\.\d+)*:\d+(\.\d+)+|pss:(baseline|restricted)|resource-limits:[a-z-]+|hardening:[a-z0-9-]+)$/;
    for (const { id, controls } of POLICIES) {
      expect([id, controls.filter((control) => !form.test(control))]).toEqual([id, []]);
      expect([id, new Set(controls).size]).toEqual([id, controls.length]);
      expect([id, inPacks(controls, PACKS)]).toEqual([id, true]);
    }
  });

  it.each(each)('%s narrows findings down only to controls of its own', (_id, policy) => {
    for (const { controls } of check(policy, [policy.examples.fails].flat()).findings) expect(policy.controls).toEqual(expect.arrayContaining([...controls]));
  });
});

describe('no policy breaks off', () => {
  const JUNK: readonly unknown[] = [null, 0, -1.5, '', 'text', true, [], [null], ['text', 1], {}, { a: null }, [[]], [{}]];

  it.each(each)('%s, whatever stands in the place of any field', (_id, policy) => {
    const examples = [[policy.examples.fails].flat(), [policy.examples.passes].flat()];
    for (const subjects of examples) {
      for (const path of pathsIn(subjects)) {
        for (const junk of JUNK) {
          const { findings } = check(policy, replaced(subjects, path, junk));
          const senseless = findings.filter(({ message }) => /broke off|\[object Object\]|undefined/.test(message));
          expect(senseless.map(({ message }) => `${path.join('.')} = ${JSON.stringify(junk)}: ${message}`)).toEqual([]);
        }
      }
    }
  });

  it.each(each)('%s, whatever field a preview does not know', (_id, policy) => {
    const subjects = [policy.examples.passes].flat();
    const known = (path: readonly string[]) => isCloudResource(subjects[Number(path[0])]) && path[1] !== 'properties';
    for (const path of pathsIn(subjects)) {
      if (known(path)) continue;
      const { findings } = check(policy, unknownAt(subjects, path));
      expect(findings.filter(({ message }) => message.includes('broke off')).map(({ message }) => `${path.join('.')}: ${message}`)).toEqual([]);
    }
  });
});

describe('controls', () => {
  const controlsOf = (start: string) => new Set(POLICIES.flatMap(({ controls }) => controls).filter((control) => control.startsWith(start)).map((control) => control.slice(start.length)));
  const numbers = (section: string, to: number) => Array.from({ length: to }, (_, index) => `${section}.${index + 1}`);

  it('of CIS Kubernetes 2.0.1, section 5, are all decided', () => {
    const all = [...numbers('5.1', 13), ...numbers('5.2', 12), ...numbers('5.3', 2), ...numbers('5.4', 2), '5.5.1', ...numbers('5.6', 4)];
    expect(all.filter((id) => !controlsOf('cis-kubernetes-2.0.1:').has(id))).toEqual([]);
    expect(all.filter((id) => !controlsOf('cis-kubernetes-1.12:').has(id))).toEqual([]);
  });

  it.each([
    ['cis-eks-1.8:', ['2.1.1', ...numbers('4.1', 13), ...numbers('4.2', 5), '4.3.1', '4.3.2', '4.4.1', '4.4.2', '4.5.1', '4.5.2', ...numbers('5.1', 4), '5.2.1', '5.3.1', ...numbers('5.4', 5)].filter((id) => id !== '4.1.13')],
    ['cis-gke-1.9:', [...numbers('4.1', 10), '4.2.1', '4.3.1', '4.3.2', '4.4.1', '4.4.2', '4.5.1', ...numbers('4.6', 4), '5.1.1', '5.1.4', '5.2.1', '5.2.2', '5.3.1', '5.4.1', ...numbers('5.5', 7), ...numbers('5.6', 5), '5.6.7', '5.7.1', ...numbers('5.8', 3), ...numbers('5.9', 2), '5.10.2', '5.10.3', '5.10.4']],
    ['cis-aks-1.8:', ['2.1.1', ...numbers('4.1', 12), ...numbers('4.2', 5), '4.4.1', '4.4.2', '4.5.1', '4.5.2', ...numbers('4.6', 3), ...numbers('5.1', 3), '5.2.1', '5.3.1', ...numbers('5.4', 5), '5.5.1', '5.5.2']],
    ['resource-limits:', ['cpu-limits', 'cpu-requests', 'memory-limits', 'memory-requests', 'namespace-quota', 'namespace-limit-range']],
    ['pss:', ['baseline', 'restricted']],
    ['hardening:', ['read-only-root-filesystem']],
  ])('of %s that objects and resources can decide are all decided', (start, ids) => {
    expect(ids.filter((id) => !controlsOf(start).has(id))).toEqual([]);
  });

  it('follow the numbering of older benchmarks', () => {
    const old = (id: string, version: string) => POLICIES.find((policy) => policy.id === id)?.controls.filter((control) => control.startsWith(`cis-kubernetes-${version}:`));
    expect(old('capabilities', '1.11')).toEqual(['cis-kubernetes-1.11:5.2.9', 'cis-kubernetes-1.11:5.2.10']);
    expect(old('host-port', '1.11')).toEqual(['cis-kubernetes-1.11:5.2.13']);
    expect(old('seccomp-profile', '1.11')).toEqual(['cis-kubernetes-1.11:5.6.2']);
    expect(old('seccomp-profile', '1.10')).toEqual(['cis-kubernetes-1.10:5.7.2']);
  });
});

/** Every path below the subjects but what makes them subjects. */
function pathsIn(subjects: readonly Subject[]): (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const at = [...path, key];
      const given = at.length === 2 && ['apiVersion', 'kind', 'type', 'name', 'properties'].includes(key);
      if (at.length > 1 && !given) paths.push(at);
      walk(part, at);
    }
  };
  walk(subjects, []);
  return paths;
}

function replaced(subjects: readonly Subject[], path: readonly string[], value: unknown): readonly Subject[] {
  const copy = structuredClone([...subjects]);
  place(copy, path, (at, key) => void Reflect.set(at, key, value));
  return copy;
}

/** The subjects with one value that cannot be read, just as the packs hand them over. */
function unknownAt(subjects: readonly Subject[], path: readonly string[]): readonly Subject[] {
  const copy = structuredClone([...subjects]);
  const unknown = new Error('unknown');
  place(copy, path, (at, key) => void Object.defineProperty(at, key, { enumerable: true, configurable: true, get: () => { throw unknown; } }));
  return copy.map((subject): Subject => {
    const lazily = (value: unknown): object => Object(withUnknownValues(value, (error) => error === unknown));
    return isCloudResource(subject) ? { ...subject, properties: asFields(lazily(subject.properties)) } : asObject(lazily(subject));
  });
}

function place(root: unknown, path: readonly string[], act: (at: object, key: string) => void): void {
  const key = path.at(-1);
  const at = path.slice(0, -1).reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), root);
  if (typeof at === 'object' && at !== null && key !== undefined) act(at, key);
}

const asObject = (value: object): KubernetesObject => value as KubernetesObject;
const asFields = (value: object): CloudResource['properties'] => value as CloudResource['properties'];
