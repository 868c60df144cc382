import type { Recorded, Recording } from '../components/record';
import { compare, type Renames } from './compare';
import type { Schema } from './schema';

/** What the inputs of a resource of a provider are in the API: one part of it or several, and where fields have other names there. */
export interface InApi {
  readonly schemas: () => readonly Schema[];
  readonly renames?: Renames;
}

/** How the resources of a provider are compared. */
export interface Mapping {
  /** What resource types begin with, e.g. `aws:`. */
  readonly prefix: string;
  /** By type of resource. */
  readonly inApi: Readonly<Record<string, InApi>>;
  /** Types for which models say nothing that could be compared. */
  readonly unspoken: readonly string[];
  /** Values that an API takes though its model has them not, as `type path=value`, with where that is said. */
  readonly behind: Readonly<Record<string, string>>;
}

/** What there is to say of recorded resources. All must be empty but `compared`. */
export interface Verdict {
  /** Values that an API refuses. */
  readonly contradictions: readonly string[];
  /** Types that nobody has said what they are in the API. */
  readonly unmapped: readonly string[];
  /** What the mapping has for nothing: types of which there was no value to compare, and values that models have by now. */
  readonly idle: readonly string[];
  /** Values compared, as type and path. */
  readonly compared: readonly string[];
}

/** Compares what programs registered with the APIs that it is made through. */
export function verdict(recordings: readonly Recording<unknown>[], { prefix, inApi, unspoken, behind }: Mapping): Verdict {
  const resources = recordings.flatMap((recording) => recording.resources).filter(({ custom, type }) => custom && type.startsWith(prefix));
  const results = resources.flatMap((resource) => comparisons(resource, inApi[resource.type]));
  const compared = unique(results.flatMap((result) => result.compared));
  const refused = new Map<string, string>(results.flatMap(({ contradictions }) => contradictions));
  return {
    contradictions: [...refused].filter(([value]) => !(value in behind)).map(([value, says]) => `${value}: ${says}`),
    unmapped: unique(resources.map(({ type }) => type).filter((type) => !(type in inApi) && !unspoken.includes(type))),
    idle: [...Object.keys(inApi).filter((type) => !compared.some((each) => each.startsWith(`${type} `))), ...Object.keys(behind).filter((value) => !refused.has(value))],
    compared,
  };
}

function comparisons({ type, inputs }: Recorded, inApi: InApi | undefined) {
  return (inApi?.schemas() ?? []).map((schema) => {
    const { compared, contradictions } = compare(inputs, schema, inApi?.renames);
    return {
      compared: compared.map((path) => `${type} ${withoutIndices(path)}`),
      contradictions: contradictions.map(({ path, value, says }) => [`${type} ${withoutIndices(path)}=${value}`, says] as const),
    };
  });
}

function withoutIndices(path: string): string {
  return path.replace(/\[\d+\]/g, '');
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
