import { type CloudResource, evaluate, POLICIES, type Subject, UnknownValueError } from '../../../../policies';

type Fields = Readonly<Record<string, unknown>>;

/** A resource of Azure called `main`; its type is given without the package. */
export function azure(type: string, properties: Fields, about: Partial<CloudResource> = {}): CloudResource {
  return { type: `azure-native:${type}`, name: 'main', properties, ...about };
}

/** The same with a URN, to be depended on. */
export function declared(type: string, name: string, properties: Fields, about: Partial<CloudResource> = {}): CloudResource {
  return azure(type, properties, { name, urn: urnOf(type, name), ...about });
}

/** A URN, as Pulumi writes them. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::project::azure-native:${type}::${name}`;
}

/** A mapping with a key whose value is not known yet. */
export function unknown(key: string, others: Fields = {}): Fields {
  return Object.defineProperty({ ...others }, key, {
    enumerable: true,
    get: () => {
      throw new UnknownValueError('the value is not known yet');
    },
  });
}

function evaluated(id: string, subjects: readonly Subject[]) {
  const policy = POLICIES.find((candidate) => candidate.id === id);
  if (!policy) throw new Error(`no policy ${id}`);
  return evaluate(subjects, { policies: [policy] });
}

/** `name path = found` of each finding of one policy, and `name? path` of what is undecided. */
export function check(id: string, ...subjects: readonly Subject[]): string[] {
  const { findings, coverage } = evaluated(id, subjects);
  return [
    ...findings.map(({ object, path, found }) => `${object.name} ${path} = ${JSON.stringify(found)}`),
    ...coverage.undecided.map(({ object, path }) => `${object.name}? ${path}`),
  ];
}

/** Messages of one policy's findings. */
export function messages(id: string, ...subjects: readonly Subject[]): string[] {
  return evaluated(id, subjects).findings.map(({ message }) => message);
}

/** Controls that a policy's findings violate, of one benchmark: `4.1` of `azure-3.0.0`. */
export function controls(id: string, benchmark: string, ...subjects: readonly Subject[]): string[] {
  const start = `cis-${benchmark}:`;
  return evaluated(id, subjects).findings.flatMap((finding) => finding.controls.filter((control) => control.startsWith(start)).map((control) => control.slice(start.length)));
}
