/**
 * Compact form of a set of CRDs: schema parts that occur more than once (Kubernetes' own PodSpec above all) stand once, under
 * `definitions`, and are referred to. Expanding shares the parts, so a set costs little memory however large it is written out.
 */
export interface CompactCrds {
  /** Release package the CRDs were taken from, `module@version`. */
  readonly source: string;
  /** Checksum of that package, as its registry states it. */
  readonly checksum: string;
  /** Command that makes the file. */
  readonly command: string;
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly crds: readonly CompactCrd[];
}

/** A CRD in compact form. */
export interface CompactCrd {
  readonly name: string;
  /** `spec` of the CRD, with references in its schemas. */
  readonly spec: unknown;
}

/** Key of a reference to a definition; no CRD schema has it, `$ref` being forbidden there. */
export const REFERENCE = '$ref';

/**
 * Puts definitions in the place of references. Parts are shared, never copied: treat the result as read-only.
 *
 * @throws Error for a reference to a definition that is not there
 */
export function expand(value: unknown, definitions: Readonly<Record<string, unknown>>, done = new Map<string, unknown>()): unknown {
  if (Array.isArray(value)) return value.map((item) => expand(item, definitions, done));
  if (value === null || typeof value !== 'object') return value;
  const reference = (value as Record<string, unknown>)[REFERENCE];
  if (typeof reference === 'string') {
    if (!done.has(reference)) {
      if (!(reference in definitions)) throw new Error(`no definition '${reference}'`);
      done.set(reference, expand(definitions[reference], definitions, done));
    }
    return done.get(reference);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item, definitions, done)]));
}
