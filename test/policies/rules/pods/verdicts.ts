import { evaluate, type Finding, type KubernetesObject, type Policy, type PolicyParameters, POLICIES } from '../../../../policies';
import { evaluateEach } from '../../../../policies/engine/evaluate';
import { UnknownValueError, withUnknownValues } from '../../../../policies/engine/unknown-value';

type Fields = Readonly<Record<string, unknown>>;

export const POD = 'spec.template.spec';
export const MAIN = `${POD}.containers[0]`;
export const WINDOWS = { os: { name: 'windows' } } as const;
/** The other way to say Windows, which the Pod Security Standards do not read. */
export const WINDOWS_BY_SELECTOR = { nodeSelector: { 'kubernetes.io/os': 'windows' } } as const;
/** Stands for a value that a preview does not know yet. */
export const UNKNOWN = Symbol('unknown');

function policy(id: string): Policy {
  const found = POLICIES.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no policy ${id}`);
  return found;
}

/** Findings of one policy. */
export function findings(id: string, object: KubernetesObject, parameters: Partial<PolicyParameters> = {}): readonly Finding[] {
  return evaluate([object], { policies: [policy(id)], parameters }).findings;
}

/** `path | found | message` of each finding of one policy. */
export function check(id: string, object: KubernetesObject, parameters: Partial<PolicyParameters> = {}): string[] {
  return findings(id, object, parameters).map(({ path, found, message }) => `${path} | ${JSON.stringify(found)} | ${message}`);
}

/** What an object violates: `cis` (of Kubernetes, the newest), `baseline`, `restricted`, joined by spaces. */
export function violated(id: string, object: KubernetesObject, podSecurityVersion = 'latest'): string {
  const controls = findings(id, object, { podSecurityVersion }).flatMap((finding) => finding.controls);
  const names: [string, string][] = [
    ['cis', 'cis-kubernetes-2.0.1:'],
    ['baseline', 'pss:baseline'],
    ['restricted', 'pss:restricted'],
  ];
  return names.flatMap(([name, start]) => (controls.some((control) => control.startsWith(start)) ? [name] : [])).join(' ');
}

/** `container? path` of what one policy leaves undecided in a preview, and its findings there. */
export function inPreview(id: string, object: KubernetesObject): { undecided: string[]; findings: string[] } {
  const preview = withUnknownValues(trap(object), (error) => error instanceof UnknownValueError);
  const { coverage, byObject } = evaluateEach([preview], { policies: [policy(id)] });
  const brief = ({ container, path }: { container?: string; path: string }) => [container, path].filter((part) => part !== undefined).join(' ');
  return { undecided: coverage.undecided.map(brief), findings: byObject.flat().map(brief) };
}

/** Reading {@link UNKNOWN} in the result throws, as in a preview. */
function trap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get: (target, key) => {
      const part: unknown = Reflect.get(target, key);
      if (part === UNKNOWN) throw new UnknownValueError('not known yet');
      return trap(part);
    },
  });
}

/** A container that states nothing wrong about what is given to it, under a name of its own. */
export function container(name: string, securityContext: Fields = {}): Fields {
  return { name, image: 'registry.example.com/app:1.0', securityContext };
}
