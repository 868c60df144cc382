import { type CloudResource, evaluate, POLICIES, type Subject, UnknownValueError } from '../../../../policies';

type Fields = Readonly<Record<string, unknown>>;

/** A resource called `main` in no particular project. */
export function resource(type: string, properties: Fields, more: Partial<CloudResource> = {}): CloudResource {
  return { type, name: 'main', properties, ...more };
}

/** A URN of a resource, as Pulumi writes them. */
export function urn(type: string, name = 'main'): string {
  return `urn:pulumi:test::project::${type}::${name}`;
}

/** A resource with a URN, to be depended on. */
export function declared(type: string, name: string, properties: Fields, more: Partial<CloudResource> = {}): CloudResource {
  return resource(type, properties, { name, urn: urn(type, name), ...more });
}

/** Properties of which some are not known yet. */
export function unknown(properties: Fields, ...keys: readonly string[]): Fields {
  const copy = { ...properties };
  for (const key of keys) {
    const get = (): never => {
      throw new UnknownValueError('the value is not known yet');
    };
    Object.defineProperty(copy, key, { enumerable: true, configurable: true, get });
  }
  return copy;
}

/** `name: path = found` of each finding of one policy, and `name? path` of what is undecided. */
export function check(id: string, ...subjects: readonly Subject[]): string[] {
  const policy = POLICIES.find((candidate) => candidate.id === id);
  if (!policy) throw new Error(`no policy ${id}`);
  const { findings, coverage } = evaluate(subjects, { policies: [policy] });
  return [
    ...findings.map(({ object, path, found }) => `${object.name}: ${path} = ${JSON.stringify(found)}`),
    ...coverage.undecided.map(({ object, path }) => `${object.name}? ${path}`),
  ];
}

/** Messages of one policy's findings. */
export function messages(id: string, ...subjects: readonly Subject[]): string[] {
  const policy = POLICIES.find((candidate) => candidate.id === id);
  return evaluate(subjects, { policies: policy ? [policy] : [] }).findings.map(({ message }) => message);
}

/** The findings of one policy, whole. */
export function findings(id: string, ...subjects: readonly Subject[]) {
  return evaluate(subjects, { policies: POLICIES.filter((policy) => policy.id === id) }).findings;
}
